"""Every reply that code asks for exists, every one that exists is asked for, and all render."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateSyntaxError, UndefinedError, nodes

from fulfillment.bank.account_numbers import NumberProblem
from fulfillment.bank.amounts import AmountProblem
from fulfillment.bank.bank_messages import TIPS, BankMessageKind
from fulfillment.bank.card_limits import LimitPeriod
from fulfillment.bank.cases import CaseKind
from fulfillment.bank.disputes import DisputeReason
from fulfillment.bank.money import Money
from fulfillment.bank.payee_names import NameProblem
from fulfillment.bank.rights import Right
from fulfillment.bank.schedule import FEES, PERCENT_FEES
from fulfillment.bank.travel import TripProblem
from fulfillment.conversations.service_requests import SUBJECTS
from fulfillment.fraud.policy.reasons import ReasonCode
from fulfillment.fraud.scam_stories import Story
from fulfillment.replies import Speech
from fulfillment.replies.speech import lenders

ROOT = Path(__file__).resolve().parents[3]
REPLIES = ROOT / "fulfillment" / "replies"
LOCALES = sorted(path.name for path in REPLIES.iterdir() if any(path.glob("*.j2")))
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# Keys that code makes of an enumeration's values.
COMPUTED = {
    "common.span",
    *(f"said.{portion}" for portion in ("minimum", "statement", "everything")),
    *(f"said.{reason}" for reason in DisputeReason),
    *(f"paying.{portion}" for portion in ("minimum", "statement", "everything")),
    *(f"info.{fee}" for fee in (*FEES, *PERCENT_FEES)),
    *(f"payment.{problem}" for problem in AmountProblem),
    *(f"payees.{problem}" for problem in (*NameProblem, *NumberProblem)),
    *(f"disputes.{reason}" for reason in DisputeReason),
    *(f"cases.{kind}" for kind in CaseKind),
    *(f"limits.{period}" for period in LimitPeriod),
    *(f"fraud.{code}" for code in ReasonCode),
    *(f"scam.{story}" for story in Story),
    *(f"rights.{right}_noted" for right in Right),
    *(f"desk.{kind}" for kind in set(BankMessageKind) - TIPS - {BankMessageKind.ANALYST_SAID}),
    *(f"travel.{problem}" for problem in TripProblem),
    *(f"requests.{subject}" for subject in SUBJECTS.values()),
    *(f"requests.confirm_{subject}" for subject in SUBJECTS.values()),
}
_ITEM = {
    "name": "Savings", "day": "Nov 3", "text": "Corner Bakery", "account": "Savings",
    "case_id": "D-1A2B", "what": "disputed charge", "due": "Dec 7",
    "amount": Money(-1250, "USD"), "owed": Money(5, "USD"), "available": Money(7, "USD"),
}  # fmt: skip
_LISTS = {"lines": [_ITEM], "pending": [_ITEM], "posted": [_ITEM], "names": ["Savings", "Tax Pot"]}
LOOKED_UP = {"task", "asked", "every"}
"""Names that a template looks its words up by, and never says."""
_SHARE = Decimal("21.99")
_ITEM |= {
    "place": 1, "last4": "4412", "reason": "it is frozen",
    "earns": _SHARE, "charges": None, "limit": Money(500000, "USD"),
    "fees": ["wire: $25"],
    "limits": ["$200 a day, $20 of it spent"], "period": "a day",
    "bank": "Harbor Trust", "where": "Peru", "first": "Dec 5", "last": "Dec 12",
    "balance": Money(20000, "USD"), "minimum": Money(3500, "USD"), "late": False,
    "source": "Checking", "days": "every Friday", "trouble": "too little", "next_try": "Nov 4",
    "returned": "Fri, Nov 27",
}  # fmt: skip
_NUMBERS = {
    "total": 1204,
    "shown": 8,
    "purchases": 3,
    "payments": 2,
    "percent": 11,
    "times": 13,
    "ahead": 2,
}
_MONEY = (
    "amount", "available", "posted", "held", "owed", "limit", "after", "allowed", "refunded",
    "payment", "a_day", "transfer", "left", "low", "high", "pay", "interest", "then", "by", "usual",
    "paid", "fee", "received", "before", "now", "spent", "a_year",
)  # fmt: skip


@cache
def macros(locale: str) -> dict[str, list[str]]:
    """Every key of the locale and of what it borrows from, with the names of its values."""
    found: dict[str, list[str]] = {}
    for lender in reversed(lenders(locale)):
        found |= own_macros(lender)
    return found


@cache
def own_macros(locale: str) -> dict[str, list[str]]:
    """Every key that the locale's own templates write."""
    found: dict[str, list[str]] = {}
    for path in (REPLIES / locale).glob("*.j2"):
        tree = Environment(autoescape=True).parse(path.read_text())
        for macro in tree.find_all(nodes.Macro):
            found[f"{path.stem}.{macro.name}"] = [argument.name for argument in macro.args]
    return found


def view_of(names: list[str]) -> dict[str, object]:
    """A value of the right kind for every name."""
    return {
        name: _LISTS.get(name)
        or _NUMBERS.get(name)
        or (_SHARE if name == "percent" else None)
        or (Money(123450, "USD") if name in _MONEY else "Tax Pot")
        for name in names
    }


def asked_for() -> Iterator[str]:
    rooms = "|".join(sorted({key.partition(".")[0] for key in macros("en_US")}))
    fulfillment = ROOT / "fulfillment"
    for path in (*fulfillment.glob("conversations/*.py"), *fulfillment.glob("replies/*.py")):
        yield from re.findall(rf'"((?:{rooms})\.[a-z_0-9]+)"', path.read_text())
    yield from COMPUTED


each_reply = pytest.mark.parametrize(
    ("locale", "key"), [(locale, key) for locale in LOCALES for key in sorted(macros(locale))]
)
each_template = pytest.mark.parametrize(
    ("locale", "key"), [(locale, key) for locale in LOCALES for key in sorted(own_macros(locale))]
)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reply_that_code_asks_for_exists_in_every_locale(locale: str) -> None:
    assert set(asked_for()) - set(macros(locale)) == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reply_that_exists_is_asked_for(locale: str) -> None:
    assert set(macros(locale)) - set(asked_for()) == set()


@each_reply
def test_every_reply_renders_to_clean_text(locale: str, key: str) -> None:
    said = Speech(locale, "America/New_York", NOW).words(key, **view_of(macros(locale)[key]))
    assert said
    assert not re.search(r"[{}]|None(?! of)|\bMoney\b|  ", said)
    assert "\n\n\n" not in said


@each_template
def test_a_reply_that_misses_a_value_says_nothing_at_all(locale: str, key: str) -> None:
    names = macros(locale)[key]
    # A balance of a card and one of an account need different figures of the same view.
    for missing in names if key != "balance.one" else ["name", "available", "owed"]:
        view = view_of([name for name in names if name != missing])
        with pytest.raises(UndefinedError, match=missing):
            Speech(locale, "UTC", NOW).words(key, **view)


@each_template
def test_what_a_customer_typed_is_never_compiled(locale: str, key: str) -> None:
    names = macros(locale)[key]
    attack = "{{ 7 * 7 }}{% raw %}<b>&"
    texts = [name for name in names if view_of([name])[name] == "Tax Pot" and name not in LOOKED_UP]
    if not texts:
        return
    view = view_of(names) | dict.fromkeys(texts, attack)
    said = Speech(locale, "UTC", NOW).words(key, **view)
    assert "49" not in said
    assert attack in said


@pytest.mark.parametrize("locale", LOCALES)
def test_no_template_is_broken(locale: str) -> None:
    for path in (REPLIES / locale).glob("*.j2"):
        try:
            Environment(autoescape=True).parse(path.read_text())
        except TemplateSyntaxError as error:
            pytest.fail(f"{path.name}:{error.lineno} {error.message}")


def test_no_code_compiles_text_into_a_template() -> None:
    for path in (ROOT / "fulfillment").rglob("*.py"):
        code = path.read_text()
        assert "from_string" not in code, path.name
        assert "Template(" not in code, path.name
