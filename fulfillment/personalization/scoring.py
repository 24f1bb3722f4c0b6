"""How likely a customer is to take a product, asked of the endpoint; None when it is away.

No money waits for this and no answer is better than a late one: a call gives up within its budget,
and an endpoint that has failed lately is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.fraud.scoring.circuit import Circuit

ENDPOINT: Final = "teller-personalization"


@dataclass(frozen=True, slots=True)
class Chance:
    """`probability` of taking a product, and the version of the model that said so."""

    probability: Decimal
    model_version: str


class PropensityEndpoint:
    """Asks the SageMaker endpoint `name` by a client that has a time limit of its own."""

    def __init__(
        self,
        client: Any,
        name: str = ENDPOINT,
        circuit: Circuit | None = None,
        complain: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._client = client
        self._name = name
        self._circuit = circuit or Circuit()
        self._complain = complain

    def chance(self, product: str, inputs: Mapping[str, float]) -> Chance | None:
        """Of `product` for one customer; None when there is no usable answer. Never raises."""
        if not self._circuit.may_call():
            return None
        try:
            response = self._client.invoke_endpoint(
                EndpointName=self._name,
                ContentType="application/json",
                Accept="application/json",
                Body=json.dumps({"instances": [{"product": product, **inputs}]}),
            )
            told = _read(response["Body"].read())
        except (BotoCoreError, ClientError, OSError, ValueError, KeyError, TypeError) as fault:
            self._circuit.failed()
            self._complain(f"the propensity endpoint: {type(fault).__name__}")
            return None
        self._circuit.succeeded()
        return told


def _read(body: bytes) -> Chance:
    answer = json.loads(body)
    [prediction] = answer["predictions"]
    probability = float(prediction["score"])
    if not isfinite(probability) or not 0.0 <= probability <= 1.0:
        raise ValueError("no probability")
    return Chance(Decimal(str(round(probability, 6))), str(answer["model"]["version"]))
