"""The model's endpoint: asked once, within a hard time budget, behind a circuit breaker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from fulfillment.client_config import client_config
from fulfillment.fraud.features.vector import SCHEMA_VERSION
from fulfillment.fraud.scoring.circuit import Circuit

ENDPOINT: Final = "teller-fraud"
BUDGET_S: Final = 0.25
"""From the call to its answer: a payment in a chat waits no longer for an endpoint."""
_CALLS_AT_ONCE: Final = 4


class EndpointError(RuntimeError):
    """The endpoint gave no usable answer in time, or is left alone since it has not lately."""


@dataclass(frozen=True, slots=True)
class EndpointScore:
    """`probability` of fraud, and the version of the model that said so."""

    probability: float
    model_version: str


def runtime_client(endpoint_url: str | None = None, budget_s: float = BUDGET_S) -> Any:
    """An ordinary SageMaker Runtime client that gives up within the budget and never retries."""
    config = client_config(connect_s=budget_s, read_s=budget_s, attempts=1)
    return get_session().create_client(
        "sagemaker-runtime", endpoint_url=endpoint_url, config=config
    )


class Endpoint:
    """Scores rows of features at the SageMaker endpoint `name`, each within `budget_s`."""

    def __init__(
        self,
        client: Any,
        name: str = ENDPOINT,
        circuit: Circuit | None = None,
        budget_s: float = BUDGET_S,
    ) -> None:
        self._client = client
        self._name = name
        self._circuit = circuit or Circuit()
        self._budget_s = budget_s
        # A client's own limits are for each read: an answer that drips could take for ever.
        self._callers = ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="fraud-endpoint")

    def score(self, row: Sequence[float]) -> EndpointScore:
        """The endpoint's answer for one row. Raises `EndpointError`."""
        if not self._circuit.may_call():
            raise EndpointError("the endpoint has failed lately and is left alone")
        calling = self._callers.submit(self._ask, row)
        try:
            answer = calling.result(timeout=self._budget_s)
        except TimeoutError as fault:
            calling.cancel()
            self._circuit.failed()
            raise EndpointError("the endpoint took longer than its budget") from fault
        except EndpointError:
            self._circuit.failed()
            raise
        self._circuit.succeeded()
        return answer

    def close(self) -> None:
        """Lets go of the threads; calls under way end by their own limits."""
        self._callers.shutdown(wait=False, cancel_futures=True)

    def _ask(self, row: Sequence[float]) -> EndpointScore:
        body = json.dumps({"schema_version": SCHEMA_VERSION, "instances": [list(row)]})
        try:
            response = self._client.invoke_endpoint(
                EndpointName=self._name,
                ContentType="application/json",
                Accept="application/json",
                Body=body,
            )
            return _read(response["Body"].read())
        except (BotoCoreError, ClientError, OSError) as fault:
            raise EndpointError(f"the endpoint did not answer: {type(fault).__name__}") from fault


def _read(body: bytes) -> EndpointScore:
    try:
        answer = json.loads(body)
        [prediction] = answer["predictions"]
        probability = float(prediction["score"])
        version = str(answer["model"]["version"])
    except (ValueError, KeyError, TypeError) as fault:
        raise EndpointError("the endpoint's answer is not one") from fault
    if not isfinite(probability) or not 0.0 <= probability <= 1.0:
        raise EndpointError("the endpoint's score is no probability")
    return EndpointScore(probability, version)
