"""Rebuild every balance from its lines and name everything that does not agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fulfillment.bank.money import exponent
from fulfillment.bank.payments import PaymentKind
from fulfillment.bank.reversals import reversal_id
from fulfillment.bank.rules import PAYMENT_ACCOUNTS
from fulfillment.store.card_spending import wrong_spending
from fulfillment.store.evidence import Evidence, OpenHold, used_of
from fulfillment.store.loading import LOADED
from fulfillment.store.schedule_audit import wrong_schedules
from fulfillment.store.totals_audit import wrong_totals

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How many customers' accounts and booked lines were looked at, and what is wrong."""

    accounts: int
    postings: int
    violations: list[str]

    def as_json(self) -> dict[str, int | list[str]]:
        return {
            "accounts": self.accounts,
            "postings": self.postings,
            "violations": self.violations,
        }


def audit(client: DynamoDBClient, table: str) -> AuditReport:
    """Read the whole table, consistently page by page, and compare what it says with itself.

    A scan is no snapshot: on a table that is being written to, a payment made meanwhile may be
    seen by halves. Audit a quiet table, a restored backup, or repeat what is found.
    """
    evidence = Evidence()
    request: dict[str, Any] = {"TableName": table, "ConsistentRead": True}
    while True:
        page = client.scan(**request)
        for item in page["Items"]:
            evidence.take(item)
        position = page.get("LastEvaluatedKey")
        if not position:
            return judge(evidence)
        request["ExclusiveStartKey"] = position


def judge(evidence: Evidence) -> AuditReport:
    """What `evidence` proves."""
    violations = [
        *evidence.unreadable,
        *_unbalanced_books(evidence),
        *_wrong_balances(evidence),
        *_lines_without_account(evidence),
        *_wrong_shards(evidence),
        *_wrong_transfers(evidence),
        *_wrong_holds(evidence),
        *_wrong_reversals(evidence),
        *_wrong_quotes(evidence),
        *_wrong_limits(evidence),
        *_wrong_payees(evidence),
        *wrong_totals(evidence),
        *wrong_spending(evidence),
        *wrong_schedules(evidence),
        *_unfinished_loads(evidence),
    ]
    return AuditReport(len(evidence.accounts), evidence.postings, violations)


def _unbalanced_books(evidence: Evidence) -> Iterator[str]:
    for currency, total in sorted(evidence.totals.items()):
        if total:
            yield f"the books in {currency} sum to {_figure(total, currency)}, not to zero"


def _wrong_balances(evidence: Evidence) -> Iterator[str]:
    for owner, account in sorted(evidence.accounts.items()):
        currency = account.posted.currency
        posted = evidence.posted[owner, currency]
        held = evidence.held[owner, currency]
        available = account.posted.minor - account.held.minor + account.credit_limit.minor
        for name, stored, rebuilt, what in (
            ("posted", account.posted.minor, posted, "its lines make"),
            ("held", account.held.minor, held, "its holds make"),
            ("available", account.available.minor, available, "posted less held plus credit is"),
        ):
            if stored != rebuilt:
                yield (
                    f"account {owner}: {name} is {_figure(stored, currency)}, "
                    f"{what} {_figure(rebuilt, currency)}"
                )
        if account.kind in PAYMENT_ACCOUNTS and account.available.minor < 0:
            yield (
                f"account {owner}: available is {_figure(account.available.minor, currency)}, "
                "below zero"
            )


def _lines_without_account(evidence: Evidence) -> Iterator[str]:
    for what, sums in (("lines", evidence.posted), ("holds", evidence.held)):
        for owner, currency in sorted(sums):
            account = evidence.accounts.get(owner)
            if account is None:
                yield f"account {owner}: there are {what} but no such account"
            elif account.posted.currency != currency:
                yield f"account {owner}: {what} in {currency}, which is not its currency"


def _wrong_shards(evidence: Evidence) -> Iterator[str]:
    for owner, shard in sorted(evidence.shards.keys() | evidence.shard_lines.keys()):
        currency = owner.rpartition("#")[2]
        stored = evidence.shards.get((owner, shard), 0)
        rebuilt = evidence.shard_lines[owner, shard]
        if stored != rebuilt:
            yield (
                f"bank account {owner} shard {shard:02d}: posted is {_figure(stored, currency)}, "
                f"its lines make {_figure(rebuilt, currency)}"
            )


def _wrong_transfers(evidence: Evidence) -> Iterator[str]:
    for transfer_id, record in sorted(evidence.transfers.items()):
        booked = {owner: sum_ for owner, sum_ in evidence.lines[transfer_id].items() if sum_}
        if booked != record.expected:
            yield f"transfer {transfer_id}: its lines are not those of its amount and parties"
        if transfer_id not in evidence.audited:
            yield f"transfer {transfer_id}: there is no audit entry"
    for transfer_id in sorted(evidence.lines.keys() - evidence.transfers.keys()):
        yield f"transfer {transfer_id}: there are lines but no such transfer"


def _wrong_holds(evidence: Evidence) -> Iterator[str]:
    recorded = {name: record.held for name, record in evidence.transfers.items() if record.held}
    for hold_id in sorted(recorded.keys() | evidence.open_holds.keys()):
        shown, promised = evidence.open_holds.get(hold_id), recorded.get(hold_id)
        if shown != promised:
            yield (
                f"hold {hold_id}: {_hold_in_words(shown)} is shown as pending, "
                f"its record says {_hold_in_words(promised)}"
            )


def _wrong_reversals(evidence: Evidence) -> Iterator[str]:
    for transfer_id, record in sorted(evidence.transfers.items()):
        if record.reverses is None:
            continue
        original = evidence.transfers.get(record.reverses)
        if original is None or not original.is_posted or original.reverses is not None:
            yield f"reversal {transfer_id}: what it reverses was never booked"
        elif {owner: -minor for owner, minor in original.expected.items()} != record.expected:
            yield f"reversal {transfer_id}: it is not the opposite of what it reverses"
        elif transfer_id != reversal_id(record.reverses):
            yield f"reversal {transfer_id}: it is not the one reversal of what it reverses"


def _hold_in_words(hold: OpenHold | None) -> str:
    if hold is None:
        return "nothing"
    owner, currency, minor = hold
    return f"{_figure(minor, currency)} on {owner}"


def _wrong_quotes(evidence: Evidence) -> Iterator[str]:
    # A merchant draws its own ids, and may draw one that a quote has: that pays no quote.
    paid = {name for name, record in evidence.transfers.items() if record.kind is not None}
    for quote_id, consumed in sorted(evidence.quotes.items()):
        if consumed and quote_id not in paid:
            yield f"quote {quote_id}: it is consumed but nothing was paid"
        if not consumed and quote_id in paid:
            yield f"quote {quote_id}: it is paid but not consumed"


def _wrong_limits(evidence: Evidence) -> Iterator[str]:
    spent: Counter[tuple[str, str, PaymentKind, str]] = Counter()
    count: Counter[tuple[str, str, PaymentKind, str]] = Counter()
    for record in evidence.transfers.values():
        if record.kind is None:
            continue
        key = record.customer_id, record.day, record.kind, record.currency
        spent[key] += record.amount if record.is_counted else 0
        count[key] += record.is_counted
    for key in sorted(spent):
        customer_id, day, kind, currency = key
        used = used_of(evidence.buckets.get((customer_id, day)), kind, currency)
        if used != (spent[key], count[key]):
            yield (
                f"limit of {customer_id} on {day}, {kind}: {used[1]} payments of "
                f"{_figure(used[0], currency)} are counted, {count[key]} of "
                f"{_figure(spent[key], currency)} were made"
            )


def _wrong_payees(evidence: Evidence) -> Iterator[str]:
    made: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for record in evidence.transfers.values():
        if record.payee_id is not None and record.is_counted:
            made[record.customer_id, record.payee_id][record.currency] += record.amount
    for key in sorted(evidence.payees.keys() | made.keys()):
        payee = evidence.payees.get(key)
        counted = {sum_.currency: sum_.minor for sum_ in payee.paid if sum_.minor} if payee else {}
        if counted != {currency: minor for currency, minor in made[key].items() if minor}:
            yield f"payee {key[1]} of {key[0]}: what is counted for it is not what was paid to it"


def _unfinished_loads(evidence: Evidence) -> Iterator[str]:
    done = {load_id for load_id, status in evidence.loads.items() if status == LOADED}
    for load_id in sorted((evidence.loaded | evidence.loads.keys()) - done):
        yield f"load {load_id}: it was cut short and must be repeated"


def _figure(minor: int, currency: str) -> str:
    return f"{Decimal(minor).scaleb(-exponent(currency))} {currency}"
