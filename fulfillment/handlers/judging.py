"""Who judges payments: the endpoint by SageMaker's own client, the copy here, the policy."""

from __future__ import annotations

import os
from functools import cache

from aws_lambda_powertools import Logger

from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, Model, ModelError, read_model
from fulfillment.fraud.policy.file import PolicyFile
from fulfillment.fraud.policy.model import SHIPPED
from fulfillment.fraud.scoring.chain import Scorer
from fulfillment.fraud.scoring.endpoint import ENDPOINT, Endpoint, runtime_client

logger = Logger(service="fraud", child=True)


@cache
def assessor() -> Assessor:
    """Built at the first payment and kept: most turns pay nothing, and a client costs a cold start.

    `FRAUD_ENDPOINT` names the endpoint; an empty name is none, and the copy judges.
    """
    name = os.environ.get("FRAUD_ENDPOINT", ENDPOINT)
    endpoint = Endpoint(runtime_client(), name) if name else None
    policy = PolicyFile(SHIPPED, _complain)
    return Assessor(Scorer(endpoint, _copy(), _complain), policy.current)


def _copy() -> Model | None:
    try:
        return read_model(SHIPPED_MODEL.read_bytes())
    except (OSError, ModelError) as fault:
        # Without it the endpoint judges, or the rules do: no reason to stop paying.
        logger.error("no copy of the fraud model", extra={"fault": str(fault)})
        return None


def _complain(fault: str) -> None:
    logger.warning("fraud scoring", extra={"fault": fault})
