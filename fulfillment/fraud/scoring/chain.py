"""Who judges a payment: the endpoint, else the copy of its model here, else the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fulfillment.fraud.model.artefact import Model
from fulfillment.fraud.scoring.endpoint import Endpoint, EndpointError


class JudgedBy(StrEnum):
    ENDPOINT = "endpoint"
    COPY = "copy"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Score:
    """`probability` is None when only rules can judge. `fault` is why it was not the endpoint."""

    probability: float | None
    judged_by: JudgedBy
    model_version: str | None = None
    fault: str | None = None


class Scorer:
    """Asks the endpoint, if there is one, and falls back without ever raising."""

    def __init__(
        self,
        endpoint: Endpoint | None,
        copy: Model | None,
        complain: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._endpoint = endpoint
        self._complain = complain
        self.copy = copy

    def score(self, row: Sequence[float]) -> Score:
        """The score of one row of features, and who gave it."""
        fault = "there is no endpoint"
        if self._endpoint is not None:
            try:
                told = self._endpoint.score(row)
            except EndpointError as error:
                fault = str(error)
                self._complain(fault)
            else:
                return Score(told.probability, JudgedBy.ENDPOINT, told.model_version)
        if self.copy is None:
            return Score(None, JudgedBy.RULES, None, fault)
        return Score(self.copy.probability(row), JudgedBy.COPY, self.copy.version, fault)
