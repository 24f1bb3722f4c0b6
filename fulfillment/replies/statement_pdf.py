"""A month of an account on paper: what it began and ended with, and every booked line between."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.replies.tagged_pdf import (
    CELL,
    COURIER_EM,
    HEAD_CELL,
    HEADING,
    HEIGHT,
    WIDTH,
    Font,
    TaggedPdf,
    as_typed,
)

if TYPE_CHECKING:
    import pydyf

_LEFT, _TOP, _BOTTOM = 50, 60, HEIGHT - 60
_LEADING = 13
_CHARACTER = CELL.size * COURIER_EM
# Where a column begins, or ends where its figures stand below each other.
_DATE, _TEXT = _LEFT, _LEFT + 12 * _CHARACTER
_AMOUNT, _BALANCE = WIDTH - _LEFT - 18 * _CHARACTER, WIDTH - _LEFT
_TEXT_WIDTH = 44
"""Characters of a line's description."""


@dataclass(frozen=True, slots=True)
class Row:
    """A booked line in the reader's language: its day, what it was, and its figures."""

    day: str
    text: str
    amount: str
    balance: str


@dataclass(frozen=True, slots=True)
class Printed:
    """All that is on the paper, as it is read. `about` are lines of their own under the title.

    `heads` name the four columns; `page` says what a page calls itself.
    """

    title: str
    language: str
    about: Sequence[str]
    heads: Row
    rows: Sequence[Row]
    page: Callable[[int], str]
    made_at: datetime


def as_pdf(printed: Printed) -> bytes:
    """The statement as a tagged PDF."""
    paper = _Paper(printed)
    paper.head()
    paper.table()
    return paper.pdf.to_bytes()


class _Paper:
    def __init__(self, printed: Printed) -> None:
        self.pdf = TaggedPdf(printed.title, printed.language, printed.made_at)
        self._printed = printed
        self._y: float = _TOP

    def head(self) -> None:
        self._turn()
        self.pdf.write(self.pdf.element("H1"), _LEFT, self._y, self._printed.title, HEADING)
        self._y += 26
        for line in self._printed.about:
            self.pdf.write(self.pdf.element("P"), _LEFT, self._y, line)
            self._y += _LEADING + 2
        self._y += 10

    def table(self) -> None:
        table = self.pdf.element("Table")
        self._row(table, self._printed.heads, "TH", HEAD_CELL)
        self._underline()
        for row in self._printed.rows:
            lines = textwrap.wrap(as_typed(row.text), _TEXT_WIDTH) or [""]
            if self._y + _LEADING * len(lines) > _BOTTOM:
                self._turn()
                self._heads_again()
            self._row(table, row, "TD", CELL, lines)

    def _row(
        self,
        table: pydyf.Dictionary,
        row: Row,
        kind: str,
        font: Font,
        lines: Sequence[str] | None = None,
    ) -> None:
        tr = self.pdf.element("TR", table)
        self.pdf.write(self.pdf.element(kind, tr), _DATE, self._y, row.day, font)
        described = self.pdf.element(kind, tr)
        for number, line in enumerate(lines or [row.text]):
            self.pdf.write(described, _TEXT, self._y + number * _LEADING, line, font)
        for right, figure in ((_AMOUNT, row.amount), (_BALANCE, row.balance)):
            shown = as_typed(figure)
            at = right - len(shown) * _CHARACTER
            self.pdf.write(self.pdf.element(kind, tr), at, self._y, shown, font)
        self._y += _LEADING * len(lines or [row.text])

    def _heads_again(self) -> None:
        """The heads of the columns on a further page, for the eye: they have been read."""
        heads = self._printed.heads
        self.pdf.write_unread(_DATE, self._y, heads.day, HEAD_CELL)
        self.pdf.write_unread(_TEXT, self._y, heads.text, HEAD_CELL)
        for right, head in ((_AMOUNT, heads.amount), (_BALANCE, heads.balance)):
            self.pdf.write_unread(right - len(head) * _CHARACTER, self._y, head, HEAD_CELL)
        self._y += _LEADING
        self._underline()

    def _underline(self) -> None:
        self.pdf.rule(_LEFT, self._y - _LEADING + 4, WIDTH - 2 * _LEFT)
        self._y += 4

    def _turn(self) -> None:
        self.pdf.new_page()
        number = self._printed.page(self.pdf.page_count)
        self.pdf.write_unread(_LEFT, HEIGHT - 30, number)
        self._y = _TOP
