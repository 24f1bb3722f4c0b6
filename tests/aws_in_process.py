"""A client of moto's DynamoDB in this process, quick to make.

A session parses the service's model, megabytes of JSON, for its first client; one session for all
tests does so once. The client is new for each test, and so is what stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, cast

from botocore.session import Session, get_session
from moto import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@cache
def _session() -> Session:
    session = get_session()
    session.set_credentials("test", "test")
    return session


@contextmanager
def empty_dynamodb() -> Iterator[DynamoDBClient]:
    """An empty DynamoDB of its own, for as long as it lasts."""
    with mock_aws():
        client = _session().create_client("dynamodb", region_name="eu-west-1")
        yield cast("DynamoDBClient", client)
