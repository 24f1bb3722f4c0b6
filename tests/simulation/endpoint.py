"""A real botocore client whose service is the model: signed, serialised, retried and parsed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import get_session

from infra.faults.injector import ANSWERED, answer
from tests.simulation.dynamo import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


def client_of(table: Table, attempts: int = 1) -> DynamoDBClient:
    """A client of `table`; botocore makes so many attempts of a request."""
    session = get_session()
    session.set_credentials("test", "test")
    config = Config(retries={"mode": "standard", "total_max_attempts": attempts})
    client: Any = session.create_client("dynamodb", region_name="eu-west-1", config=config)

    def serve(request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse | None:
        if request.url == ANSWERED:
            return None
        operation = xform_name(event_name.rpartition(".")[2])
        try:
            told = table.call(operation, json.loads(cast("bytes", request.body)))
        except ClientError as error:
            return answer(request, 400, _as_sent(error))
        return answer(request, 200, told)

    client.meta.events.register("before-send.dynamodb", serve)
    return cast("DynamoDBClient", client)


def _as_sent(error: ClientError) -> dict[str, object]:
    response: dict[str, Any] = dict(error.response)
    told = response.pop("Error")
    return {"__type": told["Code"], "message": told["Message"], **response}
