"""How likely a customer is to take products, asked of the endpoint; nothing when it is away.

No money waits for this and no answer is better than a late one: a call gives up within its budget,
and an endpoint that has failed lately is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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

    def chances(self, asked: Mapping[str, Mapping[str, float]]) -> Mapping[str, Chance]:
        """Of each product that is `asked` about, by its inputs, for one customer, in one call.

        None at all when there is no usable answer. Never raises.
        """
        if not asked or not self._circuit.may_call():
            return {}
        rows = [{"product": product, **inputs} for product, inputs in asked.items()]
        try:
            response = self._client.invoke_endpoint(
                EndpointName=self._name,
                ContentType="application/json",
                Accept="application/json",
                Body=json.dumps({"instances": rows}),
            )
            told = _read(response["Body"].read(), list(asked))
        except (BotoCoreError, ClientError, OSError, ValueError, KeyError, TypeError) as fault:
            self._circuit.failed()
            self._complain(f"the propensity endpoint: {type(fault).__name__}")
            return {}
        self._circuit.succeeded()
        return told


def _read(body: bytes, products: Sequence[str]) -> Mapping[str, Chance]:
    answer = json.loads(body)
    version = str(answer["model"]["version"])
    told = {}
    for product, prediction in zip(products, answer["predictions"], strict=True):
        probability = float(prediction["score"])
        if prediction["product"] != product or not isfinite(probability):
            raise ValueError("an answer to another question")
        if not 0.0 <= probability <= 1.0:
            raise ValueError("no probability")
        told[product] = Chance(Decimal(str(round(probability, 6))), version)
    return told
