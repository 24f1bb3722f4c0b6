"""The ledger audit as a command: `--json` for machines, one line a violation for people."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from fulfillment.store.auditing import AuditReport, audit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

CLEAN, VIOLATED, FAILED = 0, 1, 2
"""Exit codes: the books agree, they do not, they could not be read."""


def main(argv: Sequence[str] | None = None) -> int:
    """Audit the table named by `--table` or `TABLE_NAME`, found by the ordinary AWS settings."""
    options = _parser().parse_args(argv)
    table = options.table or os.environ.get("TABLE_NAME")
    if not table:
        return _fail("no table to audit: set TABLE_NAME or pass --table")
    try:
        report = audit(dynamodb_client(), table)
    except (BotoCoreError, ClientError) as error:
        return _fail(f"the books could not be read: {error}")
    write = sys.stdout.write
    write(json.dumps(report.as_json()) + "\n" if options.json else _in_words(report))
    return VIOLATED if report.violations else CLEAN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller ledger audit",
        description="Rebuild every balance from its postings and name each disagreement.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--table", help="the DynamoDB table (default: TABLE_NAME)")
    return parser


def dynamodb_client() -> DynamoDBClient:
    """A client by the ordinary AWS settings."""
    session = get_session()
    region = os.environ.get("AWS_REGION") or session.get_config_variable("region")
    return cast("DynamoDBClient", session.create_client("dynamodb", region_name=region))


def _in_words(report: AuditReport) -> str:
    head = f"{report.accounts} accounts, {report.postings} postings: "
    if not report.violations:
        return head + "the books agree.\n"
    lines = "".join(f"  {violation}\n" for violation in report.violations)
    return f"{head}{len(report.violations)} violations.\n{lines}"


def _fail(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
