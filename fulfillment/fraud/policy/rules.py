"""The rules beside the model: each is a fact about the payment that a person can check."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from fulfillment.bank.money import in_figures
from fulfillment.fraud.facts import HOUR_S, PaymentFacts, first_to_payee, in_words
from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.policy.model import ConfirmedFraud, Policy, Rule, Rules
from fulfillment.fraud.policy.reasons import Reason, ReasonCode
from fulfillment.fraud.scam_stories import Story

_PLACE = {name: place for place, name in enumerate(FEATURES)}


class Seen:
    """A payment beside its features, by name. `currency` is the bank's, of all its amounts."""

    def __init__(self, facts: PaymentFacts, row: Sequence[float], currency: str) -> None:
        self.facts = facts
        self._row = row
        self._currency = currency

    def figures(self, feature: str) -> str:
        """A feature that is an amount, as an analyst reads it."""
        return in_figures(self[feature], self._currency)

    def __getitem__(self, feature: str) -> float:
        return self._row[_PLACE[feature]]


_TOLD_OF = {
    Story.RELATIVE: "a relative in trouble",
    Story.OFFICIALS: "officials who demand money",
    Story.TECH_SUPPORT: "support for a computer",
    Story.SAFE_ACCOUNT: "money to be moved to be safe",
    Story.GIFT_CARDS: "payment in gift cards or crypto",
    Story.FEE_FIRST: "a fee before something is released",
    Story.INVESTMENT: "an investment that cannot lose",
    Story.MET_ONLINE: "somebody met online",
    Story.HUSHED: "a payment that nobody may know of",
}
"""Never in the customer's own words: those may name anybody."""
_Said = tuple[ReasonCode, str] | None
_Check = Callable[[Rules, Seen], _Said]


def broken_rules(policy: Policy, seen: Seen) -> Iterator[tuple[Rule, Reason]]:
    """Each rule that applies and what to tell the analyst about it."""
    for name, check in _CHECKS.items():
        rule: Rule = getattr(policy.rules, name)
        if seen.facts.minor < rule.amount:
            continue
        said = check(policy.rules, seen)
        if said is not None:
            yield rule, Reason(*said)


def _velocity(rules: Rules, seen: Seen) -> _Said:
    # The features count what came before this payment.
    lately, today = (int(seen[name]) + 1 for name in ("customer_count_2h", "customer_count_24h"))
    if lately < rules.velocity.payments_2h and today < rules.velocity.payments_24h:
        return None
    return ReasonCode.VELOCITY, f"{lately} payments in two hours, {today} in a day"


def _new_payee(_: Rules, seen: Seen) -> _Said:
    if not seen["new_payee"]:
        return None
    return ReasonCode.NEW_PAYEE, first_to_payee(seen["category_count"], seen["customer_payments"])


def _night(rules: Rules, seen: Seen) -> _Said:
    hour = (seen.facts.at + seen.facts.offset_s) // HOUR_S % 24
    first, last = rules.night.from_hour, rules.night.to_hour
    inside = first <= hour < last if first <= last else hour >= first or hour < last
    return (ReasonCode.NIGHT, f"at {in_words(hour)} on the customer's clock") if inside else None


def _round_amount(rules: Rules, seen: Seen) -> _Said:
    times = seen["amount_to_mean_30d"]
    if not seen["new_payee"] or seen.facts.minor % rules.round_amount.multiple_of:
        return None
    if 0 < times < rules.round_amount.times_usual:
        return None
    return ReasonCode.ROUND_AMOUNT, "a round sum" if times else "a round sum after 30 quiet days"


def _far_above_usual(rules: Rules, seen: Seen) -> _Said:
    times = seen["amount_to_mean_30d"]
    if times < rules.far_above_usual.times_usual:
        return None
    # In the words of the model's own cause, so that who tells both tells it once.
    mean = seen.figures("customer_mean_30d")
    return ReasonCode.FAR_ABOVE_USUAL, f"{times:.1f} times the customer's 30-day mean of {mean}"


def _confirmed_fraud(rules: Rules, seen: Seen) -> _Said:
    return _frauds(rules.counterparty_confirmed_fraud, seen)


def _mule(rules: Rules, seen: Seen) -> _Said:
    return _frauds(rules.counterparty_mule, seen)


def _frauds(rule: ConfirmedFraud, seen: Seen) -> _Said:
    frauds = seen["counterparty_frauds_30d"]
    if frauds < rule.frauds_30d:
        return None
    known, days = seen["counterparty_known_30d"], seen["counterparty_days_since_fraud"]
    return (
        ReasonCode.COUNTERPARTY_CONFIRMED_FRAUD,
        f"{frauds:.0f} of {known:.0f} judged payments were fraud; the last {days:.0f} days ago",
    )


def _new_device(_: Rules, seen: Seen) -> _Said:
    return (ReasonCode.NEW_DEVICE, "first payment from this device") if seen["new_device"] else None


def _abroad(_: Rules, seen: Seen) -> _Said:
    country = seen.facts.abroad
    return (ReasonCode.ABROAD, f"used in {country}, no trip there was told") if country else None


def _scam_words(rules: Rules, seen: Seen) -> _Said:
    found = scam_words(seen.facts.memo, rules.scam_words.words)
    return (ReasonCode.SCAM_WORDS, f"the memo says {', '.join(found)}") if found else None


def _scam_story(_: Rules, seen: Seen) -> _Said:
    story = seen.facts.story
    if story is None:
        return None
    return ReasonCode.SCAM_STORY, f"the customer told a story of scams: {_TOLD_OF[story]}"


def scam_words(memo: str, words: tuple[str, ...]) -> list[str]:
    """Which of `words` stand in `memo` as whole words, whatever the case, accents and spacing."""
    return sorted({" ".join(found.split()) for found in _pattern(words).findall(_plain(memo))})


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    each = sorted((_plain(word) for word in words), key=len, reverse=True)
    spaced = (r"[\s\-_]*".join(map(re.escape, word.split())) for word in each)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)")


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


_CHECKS: Mapping[str, _Check] = {
    "velocity": _velocity,
    "new_payee": _new_payee,
    "new_payee_large": _new_payee,
    "night": _night,
    "round_amount": _round_amount,
    "far_above_usual": _far_above_usual,
    "counterparty_confirmed_fraud": _confirmed_fraud,
    "counterparty_mule": _mule,
    "new_device": _new_device,
    "abroad": _abroad,
    "scam_words": _scam_words,
    "scam_story": _scam_story,
}
