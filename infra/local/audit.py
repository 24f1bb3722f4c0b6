"""`teller ledger audit` on the local bank: finds the running table and hands over to the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from infra.local.children import answers
from infra.local.settings import STACK_NAME, clean_environment, read_settings
from infra.local.stack import aws_client


def main(argv: Sequence[str] | None = None) -> int:
    """Audits `TABLE_NAME` when it is set (any AWS), else the bank that `make run` runs here."""
    from fulfillment.store.audit_cli import main as audit_main

    arguments = list(argv or [])
    if not os.environ.get("TABLE_NAME") and not {"-h", "--help"} & set(arguments):
        settings = read_settings(os.environ)
        if not answers(f"{settings.aws_endpoint}/_ministack/health"):
            sys.stderr.write("teller ledger audit: the bank is not running; start it: make run\n")
            return 1
        os.environ.update(clean_environment(settings))
        stacks = aws_client("cloudformation", settings).describe_stacks(StackName=STACK_NAME)
        outputs = {o["OutputKey"]: o["OutputValue"] for o in stacks["Stacks"][0]["Outputs"]}
        os.environ["TABLE_NAME"] = outputs["BankTableName"]
    return audit_main(arguments)
