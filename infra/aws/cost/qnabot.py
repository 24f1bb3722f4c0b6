"""QnABot on AWS at the same traffic: the default deployment of its published templates.

Source: aws-solutions/qnabot-on-aws 7.4.0 (July 2026), `source/templates/master` and its default
settings: four m6g.large.search nodes with 10 GB each, a fulfillment function of 1,408 MB (x86) and
a query function of the same size in each turn, Comprehend's sentiment of each utterance, a record
in Firehose, the user's item read and written, no LLM, no embeddings, no warm instances. Its guide
puts the default deployment at 1,547.33 dollars a month, with the traffic and logs of its example.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from infra.aws.cost.bill import HOURS_A_MONTH, Line, Month

PUBLISHED_USD_A_MONTH = 1547.33
NODES, NODE_GB = 4, 10
MEMORY_GB = 1408 / 1024
HOOK_S, QUERY_S = 0.25, 0.10
"""Assumed, in its favour: neither is published."""
_COMPREHEND_UNITS = 3
_FIREHOSE_BYTES = 5_120
_LOGGED = 5_200
"""As ours; it logs the whole request and settings, which is more."""


def lines_of(month: Month) -> Sequence[Line]:
    """Its bill for as many turns. The cluster stays as it is at any traffic, in its favour."""
    return list(_lines(month))


def _lines(month: Month) -> Iterable[Line]:
    def line(service: str, price: str, quantity: float) -> Line:
        return Line(service, price, quantity, month.prices.of(price, quantity))

    turns = month.turns
    yield line("OpenSearch", "opensearch_hour_m6g_large", NODES * HOURS_A_MONTH)
    yield line("OpenSearch", "opensearch_gb_month", NODES * NODE_GB)
    yield line("Lex", "lex_text_request", turns)
    yield line("Lambda", "lambda_request", 2 * turns)
    yield line("Lambda", "lambda_x86_gb_second", turns * (HOOK_S + QUERY_S) * MEMORY_GB)
    yield line("Comprehend", "comprehend_unit", turns * _COMPREHEND_UNITS)
    yield line("Firehose", "firehose_gb", turns * _FIREHOSE_BYTES / 1e9)
    yield line("DynamoDB", "dynamodb_read_unit", turns)
    yield line("DynamoDB", "dynamodb_write_unit", turns)
    yield line("CloudWatch", "log_gb", turns * _LOGGED / 1e9)
