"""Every insight and every product, and the turns of the conversation files that show it.

A turn shows it by what it expects of the bank: the intent that answers, and the bank's own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

from bot.conversation.pattern import TextPattern
from bot.conversation.script import Subject
from tests.conversation_coverage.steps import Step, all_steps

_Name = TypeVar("_Name", bound=Hashable)

INSIGHTS: Mapping[str, str] = {
    "recurring charges and subscriptions": r"You have \d+ subscriptions|Tiene \d+ suscripciones",
    "one subscription": r"takes \$[\d.]+ a month",
    "a price that rose": r"these went up",
    "a free trial": r"[Yy]our trial of",
    "a charge that came twice": r"charged \$[\d.]+ twice|cobró \$[\d.]+ dos veces",
    "a refund that came": r"came back to you|se le devolvió",
    "a refund that has not come": r"Not back yet|Nothing has come back",
    "a purchase far above the usual": r"far above your usual",
    "a category above the usual": r"more than in any such time|más que en cualquier período",
    "nothing odd": r"no charge that came twice",
    "income": r"You received",
    "the next pay": r"Your next pay should come",
    "spending by category": r"Most of it went to|on groceries from",
    "spending by merchant": r"at Whole Foods from|spent the most here",
    "compared with another time": r"(?:more|less) than from|An average month comes to",
    "fees paid": r"in fees and card interest|en comisiones e intereses",
    "how to avoid fees": r"would have avoided them|las habría evitado",
    "a week ahead": r"Mon, Nov 30: about|lun, 30 de nov",
    "a month ahead": r"Wed, Dec 23: about",
    "whether it lasts until payday": r"should last until|Probably not after",
    "too low before payday, unasked": r"before your next pay on .* will probably not last",
    "a charge that came twice, unasked": r"By the way: .* charged .* twice",
    "a budget set": r"Your budget for",
    "a budget tracked": r"This month so far",
    "a budget nearly spent, unasked": r"budget is (?:nearly spent|overspent)",
    "a savings goal set": r"Your savings goal is set",
    "a savings goal tracked": r"Savings goal of",
    "a savings goal reached, unasked": r"have reached your goal",
}
"""What may be told of a customer's money, and the bank's words that tell it."""

UNASKED = frozenset(name for name in INSIGHTS if name.endswith("unasked"))

_NAMES: Mapping[str, str] = {
    "loan": r"a loan in place of card debt",
    "card": r"a cashback card",
    "savings": r"moving idle money to savings",
    "certificate": r"a certificate",
    "investing": r"information about investing",
}
_OFFERED: Mapping[str, str] = {
    "loan": r"A loan in place of card debt|A loan of \$",
    "card": r"A cashback card:",
    "savings": r"Idle money:",
    "certificate": r"A 12-month certificate:",
    "investing": r"Information about investing:",
}
PRODUCTS = tuple(_NAMES)
ASPECTS: Mapping[str, str] = {
    "offered": "the bank's words for what it would bring, or cost",
    "why": "the facts of the customer's own ledger that led to it",
    "less of this": "it is not offered again for a while",
    "not eligible": "what stands in the way is said",
    "hardship": "nothing is offered but help",
    "consent off": "nothing is offered, told or explained",
}
"""What has to be shown of each product."""


def _says(product: str, aspect: str) -> str:
    name = _NAMES[product]
    return {
        "offered": _OFFERED[product],
        "why": rf"You see {name} because of these facts",
        "less of this": rf"nothing about {name} until",
        "not eligible": rf"(?:stand in the way|•)[^•]*{name}: |it would be too much"
        if product == "loan"
        else rf"• {name}: ",
        "hardship": r"not offering you anything right now",
        "consent off": r"offers and tips are off",
    }[aspect]


def _told(step: Step) -> str:
    """What a turn expects the bank to say; nothing where it names no intent or state."""
    if step.expected(Subject.INTENT) is None and step.expected(Subject.STATE) is None:
        return ""
    texts = [one.text for one in step.turn.messages]
    return " ".join(text.source for text in texts if isinstance(text, TextPattern))


def insight_turns() -> dict[str, int]:
    """How many turns tell each insight."""
    return _counted({name: re.compile(says) for name, says in INSIGHTS.items()})


def product_turns() -> dict[tuple[str, str], int]:
    """How many turns show each aspect of each product."""
    return _counted(
        {(one, aspect): re.compile(_says(one, aspect)) for one in PRODUCTS for aspect in ASPECTS}
    )


def _counted(wanted: Mapping[_Name, re.Pattern[str]]) -> dict[_Name, int]:
    found = Counter(
        name
        for step in all_steps()
        for told in [_told(step)]
        for name, says in wanted.items()
        if told and says.search(told)
    )
    return {name: found[name] for name in wanted}
