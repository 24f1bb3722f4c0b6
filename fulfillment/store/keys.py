"""The keys of the table: who owns an item is part of where it lies.

A customer's things lie under the customer's id, which comes from a verified identity only, so an
account or card id out of a message can address nothing that belongs to somebody else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

Key = Mapping[str, str]
"""A primary key in plain text: `PK` and `SK`."""

CLEARING = "CLEARING"
"""The bank's own account for money that enters or leaves the bank."""
FEES, EXCHANGE = "FEES", "EXCHANGE"
"""The bank's own accounts for fees earned, and for its position in each exchanged currency."""
SHARDS = 256
"""Over how many partitions each of the bank's own accounts is spread. What bounds it is not a
partition's 1,000 units a second, of which a payment takes 4: a transaction holds its shard's total
for some 20 ms, and who meets it there has to try again. `python -m tests.burst` counts how often.
Another number may be chosen at any time, since a shard begins with its first line."""
NAME_SHARDS = 32
"""Over how many items a customer's merchants are spread, so that noting one stays cheap."""

DUE_INDEX = "gsi1"
"""The sparse index of what is due at a time: `G1PK` is one of a few queues, `G1SK` the time."""
DUE_QUEUES = 8
"""Over how many queues what is due is spread, so that none takes all the writes."""

FRAUD_SCORES = "FS#"
"""Begins the partition of a payment's score and of the verdicts on it."""

_ADDRESSABLE = re.compile(r"[A-Za-z0-9._~+-]{1,64}", re.ASCII)


def addressable(*ids: str) -> bool:
    """Whether each id could be part of a key. One that could not names nothing in the table."""
    return all(_ADDRESSABLE.fullmatch(one) for one in ids)


def instant(moment: datetime) -> str:
    """UTC to the whole second, as it stands in keys: `2026-03-01T09:30:00Z`.

    Raises `ValueError` for a time without a zone, here and in `exact_instant`.
    """
    return _utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def exact_instant(moment: datetime) -> str:
    """UTC to the microsecond and always as wide, so that text order is order in time."""
    return _utc(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """The aware UTC time that `instant` or `exact_instant` wrote."""
    return datetime.fromisoformat(text)


def customer_partition(customer_id: str) -> str:
    return f"C#{customer_id}"


def account_partition(customer_id: str, account_id: str) -> str:
    """Where an account's postings (`E#`) and holds (`H#`) lie."""
    return f"C#{customer_id}#A#{account_id}"


def bank_account(code: str, currency: str) -> str:
    """The name of one of the bank's own accounts, whose shards are partitions below it."""
    return f"BANK#{code}#{currency}"


def bank_account_of(partition: str) -> tuple[str, int]:
    """The account, and which of its shards `partition` is."""
    account, _, shard = partition.rpartition("#")
    return account, int(shard)


def customer(customer_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": "P"}


def account(customer_id: str, account_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"A#{account_id}"}


def payee(customer_id: str, payee_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"B#{payee_id}"}


def payee_change(customer_id: str, change_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"W#{change_id}"}


def consent(customer_id: str, consent_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"V#{consent_id}"}


def card(customer_id: str, card_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"K#{card_id}"}


def card_spending(customer_id: str, card_id: str, month: date) -> Key:
    """What was spent with a card in a month, and on each of its days."""
    return {"PK": customer_partition(customer_id), "SK": f"KS#{card_id}#{month:%Y-%m}"}


def quote(customer_id: str, quote_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"Q#{quote_id}"}


def day_limit(customer_id: str, day: date) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"L#{day.isoformat()}"}


def schedule(customer_id: str, schedule_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"O#{schedule_id}"}


def notice(customer_id: str, at: datetime, notice_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"N#{exact_instant(at)}#{notice_id}"}


def case(customer_id: str, case_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"X#{case_id}"}


def month_totals(customer_id: str, month: date, account_id: str, currency: str) -> Key:
    """What an account's lines of a calendar month add up to."""
    sort = f"TM#{month:%Y-%m}#{account_id}#{currency}"
    return {"PK": customer_partition(customer_id), "SK": sort}


def day_totals(customer_id: str, day: date, account_id: str, currency: str) -> Key:
    """What an account's lines of one of the customer's days add up to."""
    sort = f"TD#{day.isoformat()}#{account_id}#{currency}"
    return {"PK": customer_partition(customer_id), "SK": sort}


def party_totals(customer_id: str, party: str, month: date, currency: str) -> Key:
    """What was spent at, or earned from, somebody in a calendar month."""
    sort = f"TP#{party_id(party)}#{month:%Y-%m}#{currency}"
    return {"PK": customer_partition(customer_id), "SK": sort}


def party_names(customer_id: str, party: str) -> Key:
    """One of the items that keep the names a customer has paid or been paid by."""
    shard = int(party_id(party)[:2], 16) % NAME_SHARDS
    return {"PK": customer_partition(customer_id), "SK": f"TN#{shard:02d}"}


def party_id(party: str) -> str:
    """A name as part of a key: names may hold any character."""
    return hashlib.sha256(party.encode()).hexdigest()[:24]


def audit_entry(customer_id: str, at: datetime, entry_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": f"Z#{exact_instant(at)}#{entry_id}"}


def transfer(transfer_id: str) -> Key:
    return {"PK": f"T#{transfer_id}", "SK": "T"}


def posting(customer_id: str, account_id: str, booked_at: datetime, posting_id: str) -> Key:
    return _line(account_partition(customer_id, account_id), "E", booked_at, posting_id)


def hold(customer_id: str, account_id: str, placed_at: datetime, hold_id: str) -> Key:
    return _line(account_partition(customer_id, account_id), "H", placed_at, hold_id)


def due(what: str, queue: int) -> str:
    """The partition of the index that holds a queue of `what` (pending holds, open quotes)."""
    return f"{what}#{queue}"


def queue_of(item_id: str) -> int:
    """The queue an id always belongs to."""
    return hashlib.sha256(item_id.encode()).digest()[0] % DUE_QUEUES


def bank_posting(code: str, currency: str, shard: int, booked_at: datetime, posting_id: str) -> Key:
    return _line(_bank_partition(code, currency, shard), "E", booked_at, posting_id)


def bank_shard(code: str, currency: str, shard: int) -> Key:
    """What the lines of a shard add up to."""
    return {"PK": _bank_partition(code, currency, shard), "SK": "S"}


def _bank_partition(code: str, currency: str, shard: int) -> str:
    return f"{bank_account(code, currency)}#{shard:02d}"


def opening_load(load_id: str) -> Key:
    return {"PK": f"LOAD#{load_id}", "SK": "L"}


def fraud_customer(customer_id: str) -> Key:
    """What the fraud features remember of a customer."""
    return {"PK": customer_partition(customer_id), "SK": "F"}


def fraud_counterparty(counterparty: str) -> Key:
    """What they remember of who gets money: a merchant's or an account's name is not in the key."""
    return {"PK": f"FP#{hashlib.sha256(counterparty.encode()).hexdigest()[:32]}", "SK": "F"}


def fraud_score(payment_id: str) -> Key:
    return {"PK": f"{FRAUD_SCORES}{payment_id}", "SK": "S"}


def fraud_label(payment_id: str, at: datetime, by: str) -> Key:
    """A verdict on a payment, one an instant and judge."""
    return {"PK": f"{FRAUD_SCORES}{payment_id}", "SK": f"L#{exact_instant(at)}#{by}"}


def contact(customer_id: str) -> Key:
    return {"PK": customer_partition(customer_id), "SK": "I"}


def customer_number(number: str) -> Key:
    """Where the owner of a customer number is found."""
    return {"PK": f"NUMBER#{number}", "SK": "N"}


def session(session_key: str) -> Key:
    """Who was verified in a Lex session, and until when."""
    return {"PK": f"SESSION#{session_key}", "SK": "S"}


def challenge(session_key: str, purpose: str) -> Key:
    """The one open challenge of a session for a purpose: a newer one takes its place."""
    return {"PK": f"SESSION#{session_key}", "SK": f"O#{purpose}"}


def allowance(name: str) -> Key:
    """The counter of something that may be done only so often. Any name will do."""
    return {"PK": f"GATE#{hashlib.sha256(name.encode()).hexdigest()[:40]}", "SK": "G"}


def security_event(at: datetime, event_id: str) -> Key:
    """Security events of a day lie together, in order."""
    when = exact_instant(at)
    return {"PK": f"SECURITY#{when[:10]}", "SK": f"{when}#{event_id}"}


def bank_message(customer_id: str, number: int) -> Key:
    """Messages of the bank to a customer, in the order of their numbers."""
    return {"PK": customer_partition(customer_id), "SK": f"M#{number:010d}"}


def desk_partition(customer_id: str) -> str:
    """Where the analysts' cases lie: with the customer, or with those that are nobody's."""
    return customer_partition(customer_id) if customer_id else "DESK"


def desk_customer(partition: str) -> str:
    """The customer whose cases lie in `partition`; empty for those that are nobody's."""
    return partition.removeprefix("C#") if partition.startswith("C#") else ""


def desk_case(customer_id: str, case_id: str) -> Key:
    return {"PK": desk_partition(customer_id), "SK": f"Y#{case_id}"}


def desk_entry(customer_id: str, case_id: str, entry_id: str) -> Key:
    """A line of a case's record."""
    return {"PK": desk_partition(customer_id), "SK": f"YE#{case_id}#{entry_id}"}


def desk_shown(customer_id: str, case_id: str) -> Key:
    """Where the case is shown in Slack."""
    return {"PK": desk_partition(customer_id), "SK": f"YS#{case_id}"}


def slack_message(channel: str, ts: str) -> Key:
    """The case of a message in Slack."""
    return {"PK": f"SLACK#{channel}#{ts}", "SK": "C"}


def digest_member(window: str, case_id: str) -> Key:
    """A case that is told of in a digest."""
    return {"PK": f"DIGEST#{window}", "SK": f"Y#{case_id}"}


def _line(partition: str, letter: str, at: datetime, line_id: str) -> Key:
    return {"PK": partition, "SK": f"{letter}#{instant(at)}#{line_id}"}


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone would be read as local time")
    return moment.astimezone(UTC)
