"""Setting an exchange rate as a command: for the bank's staff, with who set it in the record."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.exchange import Rate
from fulfillment.bank.money import Money
from fulfillment.clock import clock_of
from fulfillment.store.audit_cli import dynamodb_client
from fulfillment.store.rates import RateTable

DONE, REFUSED, FAILED = 0, 1, 2
"""Exit codes: the rate holds, it is none or another one holds from then, nobody knows."""


def main(argv: Sequence[str] | None = None) -> int:
    """Set a rate in the table named by `--table` or `TABLE_NAME`."""
    options = _parser().parse_args(argv)
    table = options.table or os.environ.get("TABLE_NAME")
    if not table:
        return _fail("no table: set TABLE_NAME or pass --table", FAILED)
    try:
        rate = _rate(options, clock_of(os.environ.get("TELLER_CLOCK"))())
        RateTable(dynamodb_client(), table).put(rate)
    except InvalidOperation:
        return _fail(f"not set: {options.rate} is no number", REFUSED)
    except ValueError as error:
        return _fail(f"not set: {error}", REFUSED)
    except (BotoCoreError, ClientError) as error:
        return _fail(f"nobody knows whether it is set; run it again: {error}", FAILED)
    said = {
        "sells": rate.sells, "buys": rate.buys, "rate": str(rate.value),
        "since": rate.since.isoformat(), "by": rate.set_by,
    }  # fmt: skip
    words = f"1 {rate.sells} = {rate.value} {rate.buys} from {rate.since:%Y-%m-%d %H:%M:%S} UTC.\n"
    sys.stdout.write(json.dumps(said) + "\n" if options.json else words)
    return DONE


def _rate(options: argparse.Namespace, now: datetime) -> Rate:
    for code in (options.sells, options.buys):
        Money.zero(code)
    since = now.replace(microsecond=0)
    return Rate(options.sells, options.buys, Decimal(options.rate), since, options.by)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller ledger rate",
        description="Set how much of one currency a unit of another is worth, from now on.",
    )
    parser.add_argument("sells", help="the currency that customers give, as in USD")
    parser.add_argument("buys", help="the currency that they get, as in EUR")
    parser.add_argument("rate", help="how much of it for one, as in 0.9215")
    parser.add_argument("--by", default=getpass.getuser(), help="who set it (default: you)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--table", help="the DynamoDB table (default: TABLE_NAME)")
    return parser


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
