"""Why a cell of the tables is empty. A cell that is filled needs no reason, and may have none."""

from __future__ import annotations

from collections.abc import Mapping

from tests.conversation_coverage.outcomes import READS

_READ = {
    "cancellation": "told at once: nothing is begun that could be left",
    "correction": "asked anew: what is meant instead is a new question",
    "retry": "reading twice changes nothing",
}
_NO_CARD_DEBT = (
    "no demo customer pays so much card interest that a loan in its place would serve them:"
    " [test_offers.py](../tests/integration/conversations/test_offers.py) offers and explains it"
)
_AT_ONCE = "done at once, without a question before it"

OUTCOME_REASONS: Mapping[tuple[str, str], str] = {
    **{(name, outcome): why for name in READS for outcome, why in _READ.items()},
    ("scheduled payments: list", "refusal"): "whoever has none is told so",
    ("payees: list", "refusal"): "whoever has none is told so",
    ("card limits: told", "refusal"): "whoever has none is told so",
    ("travel notices: told", "refusal"): "whoever has none is told so",
    ("fees", "refusal"): "fees are nobody's own",
    ("payment limits", "refusal"): "limits are told to whoever is known",
    ("case status", "refusal"): "whoever has none is told so",
    ("card: unfreeze", "correction"): _AT_ONCE + "; freezing it again is a word",
    ("travel notice: cancel", "correction"): _AT_ONCE + "; it can be told anew",
    ("travel notice: cancel", "cancellation"): _AT_ONCE + "; it can be told anew",
    ("scam report", "refusal"): "a report is never refused",
    ("scam report", "correction"): _AT_ONCE + ": nobody in distress is asked for details",
    ("scam report", "cancellation"): _AT_ONCE + ": nobody in distress is asked for details",
    ("payee: add", "retry"): "what would come twice is a one-time code, which is spent",
    ("card: activate", "correction"): "a wrong number is asked for again",
}
"""By what the bank can do, and the outcome."""

PATTERN_REASONS: Mapping[tuple[str, str], str] = {}
"""By the intent that moves money, and the pattern. There is none."""

PRODUCT_REASONS: Mapping[tuple[str, str], str] = {
    ("loan", "why"): _NO_CARD_DEBT,
    ("loan", "less of this"): _NO_CARD_DEBT,
    ("investing", "not eligible"): "the first three products that stand in the way are told",
}
"""By the product, and what would have to be shown of it."""

NOT_IN_CONVERSATIONS: Mapping[str, str] = {
    "HoldOn": "leaves the intent before it in play",
    "WhyAsked": "leaves the intent before it in play",
    "OtherService": "answers words that Lex takes for many things",
}
"""Intents that no file expects by name."""
