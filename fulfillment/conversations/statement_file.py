"""A statement as the file that was asked for: on paper in the reader's language, or as a table."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from fulfillment.bank.money import Money
from fulfillment.bank.statement_files import Statement, as_csv
from fulfillment.conversations.desk import Desk
from fulfillment.replies import formats


class FileKind(StrEnum):
    """Values of the slot type StatementFormat."""

    PDF = "pdf"
    CSV = "csv"


def statement_file(desk: Desk, statement: Statement, kind: FileKind) -> bytes:
    """The content of the file."""
    if kind is FileKind.CSV:
        return as_csv(statement, desk.customer.time_zone).encode("utf-8-sig")
    # Nobody else in the function draws pages: loaded when the first one is asked for.
    from fulfillment.replies.statement_pdf import Printed, Row, as_pdf

    speech, say = desk.speech, desk.speech.words
    last = statement.month.end - timedelta(days=1)

    def day(at: date) -> str:
        return formats.short_date(at, speech.locale)

    def balance(on: date, text: str, money: Money) -> Row:
        return Row(day(on), text, "", speech.money(money))

    own = statement.account
    about = (
        say("statements.of", name=desk.customer.name, account=own.name, last4=own.last4),
        say("statements.from_to", first=day(statement.month.start), last=day(last)),
        say("statements.began", amount=statement.opening),
        say("statements.came_in", amount=statement.money_in),
        say("statements.went_out", amount=statement.money_out),
        say("statements.ended", amount=statement.closing),
    )
    rows = [
        Row(
            day(line.booked_at.astimezone(speech.zone).date()),
            line.description,
            speech.money(line.amount),
            speech.money(after),
        )
        for line, after in statement.balances()
    ]
    return as_pdf(
        Printed(
            title=say("statements.title", month=speech.month(statement.month.start)),
            language=speech.locale.replace("_", "-"),
            about=about,
            heads=Row(
                say("statements.head_day"),
                say("statements.head_text"),
                say("statements.head_amount"),
                say("statements.head_balance"),
            ),
            rows=[
                balance(statement.month.start, say("statements.opening"), statement.opening),
                *rows,
                balance(last, say("statements.closing"), statement.closing),
            ],
            page=lambda number: say("statements.page", number=number),
            made_at=desk.now,
        )
    )
