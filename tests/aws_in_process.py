"""A client of moto's DynamoDB in this process, quick to make.

A session parses the service's model, megabytes of JSON, for its first client; one session for all
tests does so once. The client is new for each test, and so is what stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, cast

import pytest
from botocore.session import Session, get_session

from infra.capacity.quick_moto import quick_moto

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_REGION = "eu-west-1"


@cache
def _session() -> Session:
    session = get_session()
    session.set_credentials("test", "test")
    return session


@contextmanager
def empty_dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    """An empty DynamoDB of its own, for as long as it lasts; clients of others find it too."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", _REGION)
    with quick_moto():
        client = _session().create_client("dynamodb", region_name=_REGION)
        yield cast("DynamoDBClient", client)
