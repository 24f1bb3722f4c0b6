"""The fraud model behind SageMaker's own client, as the running bank serves it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError

from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.artefact import read_model
from infra.local.model_server import SHIPPED_MODEL
from infra.local.settings import REGION
from tests.running_bank import RunningBank


@pytest.fixture
def runtime(bank: RunningBank) -> Iterator[Any]:
    """An unmodified boto3 client of SageMaker Runtime."""
    client = boto3.client(
        "sagemaker-runtime",
        endpoint_url=bank.endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    yield client
    client.close()


def test_the_endpoint_scores_as_the_copy_in_the_function_does(runtime: Any) -> None:
    copy = read_model((SHIPPED_MODEL / "model.json").read_bytes())
    rows = [
        [float((seed * place * 7919) % 5000) for place in range(len(FEATURES))]
        for seed in range(40)
    ]
    answer = runtime.invoke_endpoint(
        EndpointName="teller-fraud",
        ContentType="application/json",
        Body=json.dumps({"instances": rows}),
    )
    told = json.loads(answer["Body"].read())
    assert answer["InvokedProductionVariant"] == "AllTraffic"
    assert told["model"]["version"] == copy.version
    scores = [one["score"] for one in told["predictions"]]
    assert scores == pytest.approx([copy.probability(row) for row in rows], abs=1e-6)
    assert len({round(score, 9) for score in scores}) > 1


def test_an_endpoint_that_does_not_exist_is_a_validation_error(runtime: Any) -> None:
    with pytest.raises(ClientError) as refused:
        runtime.invoke_endpoint(EndpointName="nobody", Body=b"[]")
    assert refused.value.response["Error"]["Code"] == "ValidationError"


def test_a_refusal_of_the_model_server_comes_as_sagemaker_tells_it(runtime: Any) -> None:
    with pytest.raises(ClientError) as refused:
        runtime.invoke_endpoint(
            EndpointName="teller-fraud", ContentType="text/csv", Body=b"1,2,three\n"
        )
    assert refused.value.response["Error"]["Code"] == "ModelError"
    told = cast("dict[str, object]", refused.value.response)
    assert told["OriginalStatusCode"] == 400
