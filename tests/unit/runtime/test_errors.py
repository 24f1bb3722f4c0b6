"""Each error carries the name and status that AWS's model gives it."""

from __future__ import annotations

import pytest

from bot.runtime import errors
from bot.runtime.wire_model import error_status, operation


@pytest.mark.parametrize(
    "error",
    [
        errors.AccessDeniedError,
        errors.BadGatewayError,
        errors.ConflictError,
        errors.DependencyFailedError,
        errors.InternalServerError,
        errors.ResourceNotFoundError,
        errors.ThrottlingError,
        errors.ValidationError,
    ],
)
def test_an_error_has_its_status_from_the_model(error: type[errors.LexRuntimeError]) -> None:
    assert error.status == error_status(error.code)


def test_an_operation_knows_which_members_travel_where() -> None:
    put = operation("PutSession")
    assert set(put.members("uri")) == {"botId", "botAliasId", "localeId", "sessionId"}
    assert set(put.members("header")) == {"responseContentType"}
    assert set(put.members(None)) == {"messages", "sessionState", "requestAttributes"}
