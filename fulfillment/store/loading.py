"""Load opening books into an empty table: thousands of items in batches, the totals at the end."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import chain, islice
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.bank.books import Customer, Payee
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.payments import PaymentKind
from fulfillment.bank.totals import day_of
from fulfillment.store import keys
from fulfillment.store.contacts import contact_items
from fulfillment.store.errors import (
    BooksAlreadyLoadedError,
    BooksBusyError,
    BooksError,
    UnbalancedBooksError,
)
from fulfillment.store.hold_items import authorisation_item, hold_item
from fulfillment.store.items import (
    account_item,
    card_item,
    customer_item,
    payee_item,
    posting_item,
)
from fulfillment.store.payment_items import (
    DAY_LIMIT_KEPT,
    count_attribute,
    spent_attribute,
)
from fulfillment.store.postings import BankPosting, bank_posting_item
from fulfillment.store.reading import Reader
from fulfillment.store.sending import Committed, Patience, nothing_happened, send
from fulfillment.store.totals_items import additions_on, names_item, names_to_note, tally_item
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import credit_shard, put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import WriteRequestUnionTypeDef

    from fulfillment.store.wire import MutableItem

BATCH = 25
"""The most items one BatchWriteItem takes (DynamoDB's quota)."""

_OPENING_SHARD = 0
# Few customers enter together with the totals, in one transaction, so that whoever sees one sees
# whole books; more than fit (a transaction takes 100 items) enter before.
_CUSTOMERS_AT_ONCE = 80
_LOADING = "loading"
LOADED = "loaded"
"""The status of a load that came to its end."""


def load_books(
    client: DynamoDBClient,
    table: str,
    books: OpeningBooks,
    patience: Patience | None = None,
) -> None:
    """Write `books`, both sides: the bank's clearing account mirrors each day's sum.

    A load that was cut short can be repeated with the same books. A load that came to its end
    cannot: it raises `BooksAlreadyLoadedError`, since it would undo what was paid since. Books
    that do not add up raise `UnbalancedBooksError`, and nothing is written.
    """
    patience = patience or Patience()
    violations = [*books.violations(), *_unaddressable(books)]
    if violations:
        raise UnbalancedBooksError(violations)
    load_id = _load_id(books.customers)
    _begin(client, table, books, load_id)
    last = books.customers[:_CUSTOMERS_AT_ONCE]
    items = chain(
        (customer_item(customer) for customer in books.customers[_CUSTOMERS_AT_ONCE:]),
        _customers_things(books, load_id),
        _bank_side(books, load_id),
    )
    _write(client, table, items, patience)
    _close(client, table, books, last, load_id, patience)


def is_loaded(client: DynamoDBClient, table: str, customers: Iterable[Customer]) -> bool:
    """Whether books of exactly these customers were loaded to the end. One read."""
    marker = Reader(client, table).one(keys.opening_load(_load_id(customers)))
    return marker is not None and Record(marker).text("st") == LOADED


def _begin(client: DynamoDBClient, table: str, books: OpeningBooks, load_id: str) -> None:
    """Mark the load as begun. What an earlier one with other contents left would never go away."""
    digest = hashlib.sha256(repr(books).encode()).hexdigest()
    try:
        client.put_item(
            TableName=table,
            Item=encode({**keys.opening_load(load_id), "st": _LOADING, "dg": digest}),
            ConditionExpression="attribute_not_exists(PK) OR (st = :loading AND dg = :digest)",
            ExpressionAttributeValues=encode({":loading": _LOADING, ":digest": digest}),
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        if is_loaded(client, table, books.customers):
            raise BooksAlreadyLoadedError("these books are already in the table") from None
        raise BooksError(
            "other books of these customers were loaded in part: empty the table first"
        ) from None


def _customers_things(books: OpeningBooks, load_id: str) -> Iterator[MutableItem]:
    yield from (account_item(account) for account in books.accounts)
    yield from (card_item(card) for card in books.cards)
    yield from (payee_item(_with_what_is_held(payee, books)) for payee in books.payees)
    yield from chain.from_iterable(contact_items(contact) for contact in books.contacts)
    yield from _lines_and_totals(books, load_id)
    for hold in books.holds:
        yield hold_item(hold)
        yield {**authorisation_item(hold, "", load_id), **encode({"load": load_id})}
    yield from _used_limits(books)


def _with_what_is_held(payee: Payee, books: OpeningBooks) -> Payee:
    """The payee with what its pending payments count for it."""
    sums: Counter[str] = Counter()
    for hold in books.holds:
        order = hold.order
        if order is None or order.kind is not PaymentKind.TO_PAYEE:
            continue
        if (order.customer_id, order.destination_id) == (payee.customer_id, payee.payee_id):
            sums[order.amount.currency] += order.amount.minor
    return replace(payee, paid=tuple(Money(sums[name], name) for name in sorted(sums)))


def _lines_and_totals(books: OpeningBooks, load_id: str) -> Iterator[MutableItem]:
    zones = {customer.customer_id: customer.time_zone for customer in books.customers}
    lines = [(line, day_of(line.booked_at, zones[line.customer_id])) for line in books.postings]
    yield from (posting_item(line, day, load_id) for line, day in lines)
    yield from (tally_item(place, tally) for place, tally in additions_on(lines).items())
    for place, names in names_to_note(books.postings).items():
        yield names_item(place, names)


def _used_limits(books: OpeningBooks) -> Iterator[MutableItem]:
    """What the pending payments have used of the limits of the days on which they were made."""
    buckets: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
    for hold in books.holds:
        order = hold.order
        if order is not None:
            bucket = buckets[hold.customer_id, hold.placed_at.date()]
            bucket[spent_attribute(order.kind, order.amount.currency)] += order.amount.minor
            bucket[count_attribute(order.kind, order.amount.currency)] += 1
    for (customer_id, day), used in buckets.items():
        ends = datetime.combine(day, time(), UTC) + DAY_LIMIT_KEPT
        yield encode({**keys.day_limit(customer_id, day), **used, "ttl": int(ends.timestamp())})


def _bank_side(books: OpeningBooks, load_id: str) -> Iterator[MutableItem]:
    for (day, currency), minor in books.bank_side().items():
        line_id = f"opening-{load_id}-{day}"
        line = BankPosting(
            code=keys.CLEARING,
            shard=_OPENING_SHARD,
            posting_id=line_id,
            transfer_id=line_id,
            booked_at=datetime.combine(day, time(23, 59, 59), UTC),
            amount=Money(minor, currency),
            description=f"Sum of the customers' lines of {day}",
        )
        yield bank_posting_item(line, load_id)


def _close(
    client: DynamoDBClient,
    table: str,
    books: OpeningBooks,
    customers: Sequence[Customer],
    load_id: str,
    patience: Patience,
) -> None:
    """Add the bank's totals, once, and mark the load as done, in one transaction."""
    totals: Counter[str] = Counter()
    for (_, currency), minor in books.bank_side().items():
        totals[currency] += minor
    marker = update(
        table,
        keys.opening_load(load_id),
        "SET st = :loaded",
        {":loaded": LOADED, ":loading": _LOADING},
        condition="st = :loading",
    )
    shards = (
        credit_shard(table, keys.CLEARING, _OPENING_SHARD, Money(minor, currency))
        for currency, minor in sorted(totals.items())
    )
    introduced = (put_new(table, customer_item(customer)) for customer in customers)
    sent = send(client, [marker, *shards, *introduced], str(uuid.uuid4()), patience)
    if not isinstance(sent, Committed):
        raise BooksError("the load could not be completed; it may be repeated")


def _write(
    client: DynamoDBClient, table: str, items: Iterable[MutableItem], patience: Patience
) -> None:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        _write_batch(client, table, [{"PutRequest": {"Item": item}} for item in batch], patience)


def _write_batch(
    client: DynamoDBClient,
    table: str,
    requests: Sequence[WriteRequestUnionTypeDef],
    patience: Patience,
) -> None:
    left = requests
    for attempt in range(patience.attempts):
        if attempt:
            patience.pause(attempt - 1)
        try:
            response = client.batch_write_item(RequestItems={table: left})
        except ClientError as error:
            if not nothing_happened(error):
                raise
            continue
        left = response.get("UnprocessedItems", {}).get(table, [])
        if not left:
            return
    raise BooksBusyError(f"{len(left)} items were left unwritten at every attempt")


def _load_id(customers: Iterable[Customer]) -> str:
    """One id for one set of customers, however often it is loaded."""
    ids = "\n".join(sorted(customer.customer_id for customer in customers))
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def _unaddressable(books: OpeningBooks) -> Iterator[str]:
    ids = chain(
        (customer.customer_id for customer in books.customers),
        (account.account_id for account in books.accounts),
        (card.card_id for card in books.cards),
        (payee.payee_id for payee in books.payees),
        (posting.posting_id for posting in books.postings),
        (hold.hold_id for hold in books.holds),
        (contact.number for contact in books.contacts),
    )
    for one in ids:
        if not keys.addressable(one):
            yield f"the id {one!r} cannot be part of a key"
