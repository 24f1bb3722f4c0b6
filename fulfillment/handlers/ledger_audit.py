"""The Lambda that audits the ledger each night, and whose figure an alarm stops payments by.

A scan of a table that is written to may see a payment by halves. So the books are read twice, and
only what both readings find in the same words is wrong: what was halfway the first time is whole,
or another figure, the second. A table too large to read in the time that a function has is not
audited by halves: it says so, and the alarm on silence asks for an audit of a restored copy
(docs/runbooks/ledger-is-not-audited.md).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import botocore.session
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit

from fulfillment.client_config import client_config
from fulfillment.settings import read_table_settings
from fulfillment.store.auditing import audit

LARGEST_BYTES: Final = 150_000_000
"""Of a table whose audit fits into half of the function's memory and is read twice within half of
its time: `python -m benchmarks.function_sizes` measured what a byte of it takes."""

logger = Logger(service="ledger-audit")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="ledger-audit")

_CLIENT = client_config(read_s=10, attempts=5)


@cache
def _client() -> Any:
    return botocore.session.get_session().create_client("dynamodb", config=_CLIENT)


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, int | str]:
    """Reads the books twice if the first reading finds fault. A fault of AWS's is raised."""
    table = read_table_settings(os.environ).table_name
    size = int(_client().describe_table(TableName=table)["Table"]["TableSizeBytes"])
    if size > LARGEST_BYTES:
        logger.warning("too large to audit in place", extra={"bytes": size})
        return {"result": "too large", "bytes": size}
    first = audit(_client(), table)
    lasting = set(first.violations)
    if lasting:
        lasting &= set(audit(_client(), table).violations)
    # How many, and of how much: a violation's own words name accounts.
    logger.info("audit", extra={"accounts": first.accounts, "postings": first.postings,
                                "violations": len(lasting)})  # fmt: skip
    metrics.add_metric("LedgerAudits", MetricUnit.Count, 1)
    metrics.add_metric("LedgerViolations", MetricUnit.Count, len(lasting))
    metrics.flush_metrics()
    return {"result": "audited", "accounts": first.accounts, "violations": len(lasting)}
