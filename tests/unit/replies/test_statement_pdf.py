"""The statement on paper: what it says, in which order it is read, and that no line is lost."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime

from fulfillment.replies.statement_pdf import Printed, Row, as_pdf

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_SHOWN = re.compile(r"\((.*)\) Tj")


def opened(pdf: bytes) -> str:
    """The file with its streams unpacked."""
    parts = [zlib.decompress(found) for found in _STREAM.findall(pdf)[:-1]]
    return b"\n".join(parts).decode("cp1252", "replace")


def text_of(pdf: bytes) -> str:
    """What is written in it, a text a line."""
    shown = _SHOWN.findall(opened(pdf))
    return "\n".join(re.sub(r"\\([()\\])", r"\1", one) for one in shown)


def printed(*rows: Row) -> Printed:
    return Printed(
        title="Account statement, October 2026",
        language="es-US",
        about=("Mira Torres", "Closing balance: $1.00"),
        heads=Row("Date", "Description", "Amount", "Balance"),
        rows=rows,
        page="Page {}".format,
        made_at=AT,
    )


def row(number: int, text: str = "Shop") -> Row:
    return Row("Oct 5, 2026", f"{text} {number}", "-$1.00", f"${number}.00")


def test_every_line_is_on_the_paper_however_many_pages_it_takes() -> None:
    written = text_of(as_pdf(printed(*(row(n) for n in range(200))))).splitlines()
    assert [one for one in written if one.startswith("Shop")] == [f"Shop {n}" for n in range(200)]
    assert {f"Page {n}" for n in range(1, 5)} <= set(written)


def test_it_is_a_table_of_heads_and_cells_to_a_screen_reader_in_its_language() -> None:
    inside = opened(as_pdf(printed(row(1), row(2))))
    assert inside.count("/S /TH/") == 4
    assert inside.count("/S /TD/") == 8
    assert inside.count("/S /H1/") == 1
    assert "/Scope /Column" in inside
    assert "/Lang (es-US)" in inside
    assert "/MarkInfo <</Marked true>>" in inside
    assert inside.count("BDC") + inside.count("BMC") == inside.count("EMC")


def test_page_numbers_and_repeated_heads_are_for_the_eye_alone() -> None:
    inside = opened(as_pdf(printed(*(row(n) for n in range(60)))))
    assert inside.count("/S /TH/") == 4
    assert inside.count("(Balance) Tj") == 2


def test_a_long_description_is_wrapped_and_one_in_any_script_is_still_a_line() -> None:
    long = "A market with a very long name that goes on and on and on, in the old part of town"
    written = text_of(as_pdf(printed(row(1, long), row(2, "Café (ñandú) 東京 \\"))))
    assert long.split()[-1] in written
    assert max(len(one) for one in written.splitlines()) <= 44
    assert "Café (ñandú) ?? \\ 2" in written
