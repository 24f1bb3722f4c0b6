"""`teller ledger`: finds the running bank's table and hands over to the store's own commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from infra.local.children import answers
from infra.local.settings import clean_environment, read_settings
from infra.local.stack import outputs


def audit(argv: Sequence[str] | None = None) -> int:
    """Audits `TABLE_NAME` when it is set (any AWS), else the bank that `make run` runs here."""
    from fulfillment.store.audit_cli import main

    return main(argv) if _table_is_known("audit", argv or []) else 1


def reverse(argv: Sequence[str] | None = None) -> int:
    """Reverses a movement in `TABLE_NAME`, or in the bank that `make run` runs here."""
    from fulfillment.store.reverse_cli import main

    return main(argv) if _table_is_known("reverse", argv or []) else 1


def rate(argv: Sequence[str] | None = None) -> int:
    """Sets an exchange rate in `TABLE_NAME`, or in the bank that `make run` runs here."""
    from fulfillment.store.rates_cli import main

    return main(argv) if _table_is_known("rate", argv or []) else 1


def _table_is_known(command: str, arguments: Sequence[str]) -> bool:
    if os.environ.get("TABLE_NAME") or {"-h", "--help"} & set(arguments):
        return True
    settings = read_settings(os.environ)
    if not answers(f"{settings.aws_endpoint}/_ministack/health"):
        sys.stderr.write(f"teller ledger {command}: the bank is not running; start it: make run\n")
        return False
    os.environ.update(clean_environment(settings))
    os.environ["TABLE_NAME"] = outputs(settings)["BankTableName"]
    return True
