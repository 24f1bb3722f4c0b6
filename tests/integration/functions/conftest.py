"""An account of moto's, with the credentials and the region that a function has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest

from infra.capacity.quick_moto import quick_moto

REGION, ACCOUNT = "us-east-1", "123456789012"


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, REGION)
    with quick_moto():
        yield


def client_of(service: str, region: str = REGION) -> Any:
    """A client; botocore makes its operations at run time, so it has no type."""
    return botocore.session.get_session().create_client(service, region_name=region)
