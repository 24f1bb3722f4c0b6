"""The propensities behind SageMaker's own client, as the running bank serves them."""

from __future__ import annotations

import json

import boto3

from fulfillment.personalization.model.artefact import read_propensities
from infra.local.model_server import SHIPPED_PROPENSITIES
from infra.local.settings import REGION
from tests.running_bank import RunningBank


def test_the_endpoint_scores_json_and_csv_as_the_shipped_model_does(bank: RunningBank) -> None:
    model = read_propensities((SHIPPED_PROPENSITIES / "model.json").read_bytes())
    client = boto3.client(
        "sagemaker-runtime",
        endpoint_url=bank.endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    row = {"Income": 120.0, "CCAvg": 3.5, "CreditCard": 1.0}
    expected = model.of["personal_loan_from_ledger"].probability(row)
    try:
        by_json = client.invoke_endpoint(
            EndpointName="teller-personalization",
            ContentType="application/json",
            Body=json.dumps({"instances": [row]}),
        )
        by_csv = client.invoke_endpoint(
            EndpointName="teller-personalization",
            ContentType="text/csv",
            Accept="text/csv",
            Body=b"Income,CCAvg,CreditCard\n120,3.5,1\n",
        )
        assert by_json["InvokedProductionVariant"] == "AllTraffic"
        assert json.loads(by_json["Body"].read())["predictions"][0]["score"] == expected
        assert float(by_csv["Body"].read().decode().split(",")[1]) == expected
    finally:
        client.close()
