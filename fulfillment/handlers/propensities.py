"""Who says how likely a product is wanted: the endpoint, by SageMaker's own client."""

from __future__ import annotations

import os
from functools import cache

from aws_lambda_powertools import Logger

from fulfillment.fraud.scoring.endpoint import runtime_client
from fulfillment.personalization.scoring import ENDPOINT, PropensityEndpoint

logger = Logger(service="personalization", child=True)


@cache
def propensities() -> PropensityEndpoint | None:
    """Built when the first offer is asked for: most turns ask none, and a client costs a cold
    start. `PERSONALIZATION_ENDPOINT` names the endpoint; an empty name is none."""
    name = os.environ.get("PERSONALIZATION_ENDPOINT", ENDPOINT)
    return PropensityEndpoint(runtime_client(), name, complain=_complain) if name else None


def _complain(fault: str) -> None:
    logger.warning("propensities", extra={"fault": fault})
