"""An account of moto's, with the credentials and the region that a function has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.aws_in_process import quick_moto

REGION, ACCOUNT = "us-east-1", "123456789012"


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, REGION)
    with quick_moto():
        yield
