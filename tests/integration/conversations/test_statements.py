"""A statement asked for in a conversation: the file in the bucket, and the link that fetches it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import botocore.session
import pytest
from botocore.config import Config

from bot.channels.messages import (
    LINK_ATTRIBUTE,
    LINK_NAME_ATTRIBUTE,
    LinkMessage,
    reply_from_lex,
)
from bot.runtime.turn_log import without_private
from fulfillment.bank.books import Posting
from fulfillment.bank.opening import OpeningBooks
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.conversations.statements import LINK, LINK_NAME
from fulfillment.lex.messages import MAX_CONTENT
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.statement_shelf import StatementShelf
from tests.integration.conversations.conftest import Bank, Counter, _OneKey
from tests.unit.bank.values import CHECKING, MIRA, SAVINGS, dollars
from tests.unit.replies.test_statement_pdf import text_of

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
BUCKET = "statements"


def line(number: int, at: datetime, amount: str) -> Posting:
    return Posting(
        "mira", CHECKING.account_id, f"p-{number}", f"t-{number}", at, dollars(amount), "card",
        f"Shop {number}", f"Shop {number}", "shopping",
    )  # fmt: skip


LINES = [
    line(1, datetime(2026, 1, 5, tzinfo=UTC), "500.00"),
    line(2, datetime(2026, 2, 1, 4, tzinfo=UTC), "-1.00"),  # still January in New York
    line(3, datetime(2026, 2, 1, 6, tzinfo=UTC), "-20.25"),
    line(4, datetime(2026, 2, 28, 23, tzinfo=UTC), "-30.50"),
    line(5, datetime(2026, 3, 1, 12, tzinfo=UTC), "-7.00"),
]


@dataclass
class Shelf:
    """A bank with a bucket, and what a customer can fetch from it by a link."""

    bank: Bank
    s3: Any
    ids: Iterator[int] = field(default_factory=lambda: iter(range(100)))

    def counter(self, s3: Any = None, locale: str = "en_US") -> Counter:
        books = Books(self.bank.calls.as_client(), self.bank.table)
        shelf = StatementShelf(lambda: s3 or self.s3, BUCKET)
        deps = Deps(
            books, _OneKey(), lambda: NOW, lambda: f"file-{next(self.ids)}", statements=shelf
        )
        return Counter(build_app(deps), now=NOW, locale=locale)

    def files(self) -> list[str]:
        return [one["Key"] for one in self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

    def fetched(self, link: str) -> Any:
        """The object that a link is for."""
        path = urlsplit(link).path.lstrip("/").removeprefix(f"{BUCKET}/")
        return self.s3.get_object(Bucket=BUCKET, Key=path)


@pytest.fixture
def shelf(bank: Bank) -> Shelf:
    posted = sum((one.amount for one in LINES), dollars("0"))
    none = dollars("0")
    accounts = [
        replace(CHECKING, posted=posted, held=none, available=posted),
        replace(SAVINGS, posted=none, held=none, available=none),
    ]
    load_books(bank.client, bank.table, OpeningBooks([MIRA], accounts, postings=LINES))
    s3: Any = botocore.session.get_session().create_client(
        "s3", region_name="eu-west-1", config=Config(signature_version="s3v4")
    )
    s3.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )  # fmt: skip
    return Shelf(bank, s3)


def test_a_statement_is_the_ledger_s_month_by_a_link_of_ten_minutes(shelf: Shelf) -> None:
    said = shelf.counter().say(
        "GetStatement", "my february statement as csv",
        account="checking", period="february", format="csv",
    )  # fmt: skip
    told, link = said.rsplit("\n", 1)
    assert "$499.00 at the beginning, $448.25 at the end, 2 transactions" in told
    query = parse_qs(urlsplit(link).query)
    assert query["X-Amz-Expires"] == ["600"]
    assert "mira" not in link.casefold()
    found = shelf.fetched(link)
    assert f"statement-2026-02-checking-{CHECKING.last4}.csv" in found["ContentDisposition"]
    rows = list(csv.DictReader(found["Body"].read().decode("utf-8-sig").splitlines()))
    assert [row["reference"] for row in rows] == ["", "t-3", "t-4", ""]
    assert Decimal(rows[0]["balance"]) == Decimal("499.00")
    assert Decimal(rows[-1]["balance"]) == Decimal("448.25")


def test_only_months_that_are_over_and_that_the_account_has_seen_have_one(shelf: Shelf) -> None:
    counter = shelf.counter()
    for words in ("march", "december 2025", "last week", "the dinosaurs"):
        said = counter.say("GetStatement", f"{words} statement", account="checking", period=words)
        assert "https://" not in said
    assert "isn't over yet" in counter.say(
        "GetStatement", "march statement", account="checking", period="march"
    )
    assert "There is no December 2025 statement" in counter.say(
        "GetStatement", "december 2025", account="checking", period="december 2025"
    )
    assert shelf.files() == []


def test_without_a_month_it_is_the_last_one_and_with_several_accounts_we_ask(shelf: Shelf) -> None:
    counter = shelf.counter(locale="es_US")
    assert counter.say("GetStatement", "mi estado de cuenta") == (
        "¿De qué cuenta quiere el estado de cuenta?"
    )
    said = counter.say("GetStatement", "checking en pdf", account="checking", format="pdf")
    assert "Su estado de cuenta de febrero de 2026" in said
    assert "Es un PDF" in said
    assert len(shelf.files()) == 1


def test_a_statement_is_a_pdf_unless_a_table_is_asked_for_and_its_making_is_on_record(
    shelf: Shelf,
) -> None:
    said = shelf.counter().say(
        "GetStatement", "february statement", account="checking", period="february"
    )
    found = shelf.fetched(said.rsplit("\n", 1)[1])
    assert found["ContentType"] == "application/pdf"
    assert f"statement-2026-02-checking-{CHECKING.last4}.pdf" in found["ContentDisposition"]
    written = text_of(found["Body"].read())
    assert "Opening balance: $499.00" in written
    assert "Closing balance: $448.25" in written
    items = shelf.bank.client.scan(TableName=shelf.bank.table)["Items"]
    notes = [item for item in items if item.get("what") == {"S": "statement"}]
    assert [(n["subject"]["S"], n["month"]["S"], n["file"]["S"]) for n in notes] == [
        (CHECKING.account_id, "2026-02", "pdf")
    ]


def test_a_link_too_long_for_a_message_goes_beside_them_and_the_channel_shows_it(
    shelf: Shelf,
) -> None:
    signed = "https://bank.example/file?X-Amz-Security-Token=" + "t" * 1200

    class LongSigned:
        """S3, where the function's own credentials make a long signature."""

        put_object = staticmethod(shelf.s3.put_object)

        @staticmethod
        def generate_presigned_url(*_: Any, **__: Any) -> str:
            return signed

    counter = shelf.counter(LongSigned())
    slots = {"account": "checking", "period": "february"}
    answer = counter.app.resolve(counter._event("GetStatement", "february statement", slots))
    assert (LINK, LINK_NAME) == (LINK_ATTRIBUTE, LINK_NAME_ATTRIBUTE)
    told = answer["requestAttributes"]
    assert set(told) == {LINK, LINK_NAME}
    assert without_private(told) == told, "a Lex client is not told what is named as private"
    assert all(len(m["content"]) <= MAX_CONTENT for m in answer["messages"])
    shown = reply_from_lex(answer, "s-1", ("https://bank.example/",)).messages[-1]
    assert isinstance(shown, LinkMessage)
    assert (shown.title, shown.content) == (
        "February 2026 statement, Checking (PDF)",
        signed,
    )


def test_nobody_gets_another_customer_s_statement_and_a_stranger_gets_none(shelf: Shelf) -> None:
    stranger = shelf.counter()
    event = stranger._event("GetStatement", "my statement", {"account": "checking"})
    event["requestAttributes"] = {}
    said = str(stranger.app.resolve(event)["messages"])
    assert "https://" not in said
    assert shelf.files() == []
