"""The same is said in every locale: the same replies with the same values, each in its language."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest
from jinja2 import Environment, nodes

from fulfillment.lex.messages import MAX_BUTTON
from fulfillment.replies import Speech
from fulfillment.replies.speech import WHOLE, lenders
from tests.unit.replies.test_templates import LOCALES, NOW, REPLIES, ROOT, macros, view_of

OTHERS = sorted(set(WHOLE.values()) - {"en_US"})
ALIKE = {
    "disputes.choice",  # a day, a name and a sum
    "payment.no",
    "said.no",
    "categories.name",  # the view's category is none of the bank's
    "info.fees",  # a name and what was said elsewhere
    "limits.told",  # so is this
    "payment.rate",  # two currencies and a number
    "charts.said",  # lines that were said elsewhere
    "offers.facts",
    "offers.unmet",
}
"""Replies that two languages say with the same letters."""
_SAYS_TU = re.compile(
    r"\b(?:tu|tus|tú|ti|contigo|tienes|puedes|quieres|dime|di|escribe|elige|revisa|tuyo|tuya|vos)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:the|your|you|and|of|to|with|from|please|account|card|payment|is|are|for)\b",
    re.IGNORECASE,
)


@cache
def written(locale: str) -> dict[str, nodes.Macro]:
    """The macros of the locale's own templates."""
    found = {}
    for path in (REPLIES / locale).glob("*.j2"):
        for macro in Environment(autoescape=True).parse(path.read_text()).find_all(nodes.Macro):
            found[f"{path.stem}.{macro.name}"] = macro
    return found


def values_of(macro: nodes.Macro) -> set[str]:
    """What a macro says of its values: each name, each field of a line, each filter over one."""
    names = {node.name for node in macro.find_all(nodes.Name) if node.ctx == "load"}
    fields = {f".{node.attr}" for node in macro.find_all(nodes.Getattr) if node.attr != "get"}
    filters = {
        f"{_written(node.node)} | {node.name}"
        for node in macro.find_all(nodes.Filter)
        if node.name in {"money", "percent", "count", "listing", "any_of"}
    }
    return {name for name in names if name.islower()} | fields | filters


def _written(node: nodes.Node | None) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def said(locale: str, key: str) -> str:
    return Speech(locale, "America/New_York", NOW).words(key, **view_of(macros(locale)[key]))


@pytest.mark.parametrize("locale", OTHERS)
def test_every_language_has_the_same_replies_with_the_same_arguments(locale: str) -> None:
    assert macros(locale) == macros("en_US")


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("key", sorted(written("en_US")))
def test_every_value_is_said_in_every_language_and_in_the_same_form(locale: str, key: str) -> None:
    assert values_of(written(locale)[key]) == values_of(written("en_US")[key])


@pytest.mark.parametrize("locale", OTHERS)
def test_no_reply_was_left_in_english(locale: str) -> None:
    same = {key for key in macros("en_US") if said(locale, key) == said("en_US", key)}
    assert same - ALIKE == set()


def test_a_spanish_reply_has_no_english_words_but_what_the_customer_named() -> None:
    for key, macro in written("es_US").items():
        texts = [data.data for data in macro.find_all(nodes.TemplateData)]
        texts += [
            const.value for const in macro.find_all(nodes.Const) if isinstance(const.value, str)
        ]
        assert not [text for text in texts if _ENGLISH.search(text)], key


def test_spanish_addresses_the_customer_as_usted_throughout() -> None:
    for path in (REPLIES / "es_US").glob("*.j2"):
        assert not _SAYS_TU.findall(path.read_text()), path.name


def test_a_question_and_a_call_are_opened_as_spanish_opens_them() -> None:
    for path in (REPLIES / "es_US").glob("*.j2"):
        for line in path.read_text().splitlines():
            assert line.count("?") - line.count('"?"') <= line.count("¿"), line
            assert line.count("!") == line.count("¡"), line


def test_a_locale_that_borrows_writes_only_what_it_says_otherwise() -> None:
    for locale in LOCALES:
        lender = lenders(locale)[-1]
        if lender == locale:
            continue
        for key in written(locale):
            assert macros(locale)[key] == macros(lender)[key], key
            if not key.startswith("tasks."):  # these differ by the task that is named
                assert said(locale, key) != said(lender, key), key


def test_a_borrowed_reply_has_the_days_and_sums_of_the_locale_that_borrows() -> None:
    british = Speech("en_GB", "Europe/London", NOW)
    assert british.words(
        "spending.nothing", where="", period=british.span(NOW.date(), NOW.date().replace(day=30))
    ) == ("I found no spending from 23 Nov to 29 Nov.")
    assert british.words("tasks.back_to", task="OrderChecks") == "Back to ordering a cheque book."
    assert british.words("tasks.back_to", task="SendMoney") == "Back to the payment."


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_button_sends_fits_lex(locale: str) -> None:
    for key in macros(locale):
        if key.startswith("said.") and not macros(locale)[key]:
            assert 1 <= len(said(locale, key)) <= MAX_BUTTON, key


def test_no_button_sends_words_that_stand_in_code() -> None:
    """What a button sends is the customer's next sentence: it belongs to the locale."""
    keys = re.compile(r"[a-z_]+\.[a-z_]+")
    for path in sorted((ROOT / "fulfillment" / "conversations").glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            name = (
                call.func.id
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                else ""
            )
            if name not in {"card", "Button"}:
                continue
            for node in ast.walk(call):
                if not isinstance(node, ast.Constant):
                    continue
                literal = node.value
                if isinstance(literal, str) and re.search("[a-z]{2}", literal):
                    assert keys.fullmatch(literal), f"{path.name}:{node.lineno} {literal!r}"
