"""Reversing a movement as a command: for the bank's staff, with the reason in the record."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Sequence

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.payments import Unknown
from fulfillment.bank.reversals import Reversal
from fulfillment.clock import clock_of
from fulfillment.store.audit_cli import dynamodb_client
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError

DONE, REFUSED, FAILED = 0, 1, 2
"""Exit codes: it is reversed (now or before), it cannot be, or nobody knows yet."""


def main(argv: Sequence[str] | None = None) -> int:
    """Reverse one movement in the table named by `--table` or `TABLE_NAME`."""
    options = _parser().parse_args(argv)
    table = options.table or os.environ.get("TABLE_NAME")
    if not table:
        return _fail("no table: set TABLE_NAME or pass --table", FAILED)
    books, clock = Books(dynamodb_client(), table), clock_of(os.environ.get("TELLER_CLOCK"))
    try:
        done = books.reverse(options.transfer, options.reason, options.by, clock())
    except (BooksError, BotoCoreError, ClientError) as error:
        return _fail(f"nothing is known to be reversed: {error}", FAILED)
    if isinstance(done, Unknown):
        return _fail("no answer came: run it again, it cannot be reversed twice", FAILED)
    if not isinstance(done, Reversal):
        return _fail(f"not reversed: {done.reason.replace('_', ' ')}", REFUSED)
    said = {
        "reversal": done.transfer_id,
        "reverses": done.reverses,
        "amount": str(done.amount.amount),
        "fee": str(done.fee.amount),
        "currency": done.amount.currency,
        "replayed": done.replayed,
    }
    sys.stdout.write(json.dumps(said) + "\n" if options.json else _in_words(done))
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller ledger reverse",
        description="Correct a movement by booking its opposite, once.",
    )
    parser.add_argument("transfer", help="the id of the transfer (`tid` of its lines)")
    parser.add_argument("--reason", required=True, help="why, for the record")
    parser.add_argument("--by", default=getpass.getuser(), help="who decided it (default: you)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--table", help="the DynamoDB table (default: TABLE_NAME)")
    return parser


def _in_words(done: Reversal) -> str:
    when = "was reversed before" if done.replayed else "is reversed"
    return (
        f"{done.reverses} {when}: {done.amount.amount} {done.amount.currency} and a fee of "
        f"{done.fee.amount} went back, as {done.transfer_id}.\n"
    )


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
