""" "What could I get?": offers by rules and worth, each with its reasons, to whoever agreed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from fulfillment.bank.money import Money
from fulfillment.bank.offer_wishes import OfferWishes
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.offer_taking import take, takes_an_offer, ways
from fulfillment.conversations.offer_view import (
    NAMES,
    NEEDS,
    chances,
    fact_words,
    seen,
    verdicts,
)
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.personalization.offers.facts import Fact, read_fact
from fulfillment.personalization.offers.profile import Profile
from fulfillment.personalization.offers.ranking import Ranked, Ranking, rank
from fulfillment.personalization.offers.rules import OfferRules, Product, standard_rules

_HELP_SHOWN = 3
_OFFERS = {
    Product.SAVINGS: "offers.savings",
    Product.CERTIFICATE: "offers.certificate",
    Product.CASHBACK_CARD: "offers.cashback_card",
    Product.REFINANCING_LOAN: "offers.refinancing_loan",
}

router = Router()


@router.dialog("GetOffers")
@router.fulfillment("GetOffers")
def tell_offers(turn: Turn) -> Reply:
    """Nothing is looked at without consent, and nothing but help is offered in hardship."""
    desk = Desk.of(turn)
    wishes = desk.wishes.of(desk.customer_id)
    if not wishes.on:
        return turn.close(desk.say("offers.off"), ways(desk, "turn_on"))
    if takes_an_offer(turn.transcript):
        return take(turn, desk, wishes)
    rules, profile = standard_rules(), seen(desk)
    if len(profile.months) < rules.whole_months:
        return turn.close(desk.say("offers.too_new"), ways(desk, "talk"))
    if profile.signs:
        return turn.close(desk.say("offers.help_instead"), ways(desk, "talk"))
    entry_id = desk.deps.new_id()
    ranking = _ranking(desk, rules, profile, wishes, entry_id)
    _log(desk, rules, wishes, ranking, entry_id)
    if not ranking.told:
        return turn.close(desk.say("offers.nothing_now"), ways(desk, "why", "turn_off"))
    offers = [_offer(desk, one, profile) for one in ranking.told]
    return turn.close(*offers, ways(desk, "like", "why", "less", "turn_off"))


@router.dialog("ExplainOffer")
@router.fulfillment("ExplainOffer")
def explain(turn: Turn) -> Reply:
    """The facts of what was told last, as it was told; else what stands in the way."""
    desk = Desk.of(turn)
    wishes = desk.wishes.of(desk.customer_id)
    if not wishes.on:
        return turn.close(desk.say("offers.off"), ways(desk, "turn_on"))
    if not wishes.last:
        return turn.close(desk.say("offers.none_told"), ways(desk, "see"))
    last = json.loads(wishes.last)
    if not last["told"]:
        return turn.close(*_why_none(desk))
    first = last["told"][0]
    if first["product"] not in set(Product):
        return turn.close(desk.say("tips.why"), ways(desk, "less", "turn_off"))
    facts = [read_fact(one) for one in first["facts"]]
    key = "offers.by_model" if last["scored"] else "offers.by_rules"
    why = desk.say("offers.why", name=desk.speech.words(NAMES[Product(first["product"])]))
    messages = [why, _facts(desk, facts), desk.say(key)]
    if last["explored"]:
        messages.append(desk.say("offers.by_draw"))
    return turn.close(*messages, ways(desk, "less", "turn_off"))


def _ranking(
    desk: Desk, rules: OfferRules, profile: Profile, wishes: OfferWishes, entry_id: str
) -> Ranking:
    today = desk.speech.today
    left_out = frozenset(product for product in Product if _is_left_out(product, wishes, today))
    judged = verdicts(desk, profile)
    eligible = {one.product for one in judged if one.is_eligible} - left_out
    likely = chances(desk, rules, profile, eligible)
    # Drawn from the fresh id of the log's line, so that the line can be checked.
    draw = Decimal(str(Random(entry_id).random()))  # noqa: S311 - an order, not a secret
    return rank(rules, judged, likely, left_out, draw)


def _is_left_out(product: Product, wishes: OfferWishes, today: date) -> bool:
    rules = standard_rules()
    return wishes.is_unwanted(product, today) or wishes.is_told_enough(
        product, rules.told_at_most, rules.told_within, today
    )


def _log(
    desk: Desk,
    rules: OfferRules,
    wishes: OfferWishes,
    ranking: Ranking,
    entry_id: str,
) -> None:
    """Nothing is told that is not on record: what, out of what, why, and by which rules."""
    told = [
        {
            "product": one.verdict.product,
            "facts": [fact.as_json() for fact in one.verdict.facts],
        }
        for one in ranking.told
    ]
    scored = any(one.likely.model for one in ranking.told[:1])
    last = {
        "id": entry_id,
        "at": desk.now.isoformat(),
        "told": told,
        "explored": ranking.explored,
        "scored": scored,
    }
    line = last | {
        "rules": rules.version,
        "digest": rules.digest,
        "eligible": [
            {
                "product": one.verdict.product,
                "chance": str(one.likely.chance),
                "model": one.likely.model,
                "worth": one.verdict.worth,
                "first": str(one.first),
            }
            for one in ranking.eligible
        ],
    }
    kinds = tuple(str(one.verdict.product) for one in ranking.told)
    after = wishes.telling(kinds, json.dumps(last), rules.told_within, desk.speech.today)
    desk.wishes.keep(desk.customer_id, after, "offers_told", desk.now, entry_id, json.dumps(line))


def _offer(desk: Desk, one: Ranked, profile: Profile) -> Message:
    verdict = one.verdict
    sum_ = _roughly(desk, verdict.sum, profile.currency)
    if verdict.product is Product.INVESTING:
        return desk.say("offers.investing", sum=sum_)
    worth = _roughly(desk, verdict.worth, profile.currency)
    return desk.say(_OFFERS[verdict.product], sum=sum_, worth=worth)


def _roughly(desk: Desk, minor: int, currency: str) -> str:
    """To whole units: an estimate has no cents."""
    unit = Money.of("1", currency).minor
    return desk.speech.money(Money(round(minor / unit) * unit, currency))


def _facts(desk: Desk, facts: Sequence[Fact]) -> Message:
    currency = standard_rules().currency
    lines = [{"text": fact_words(desk, one, currency)} for one in facts]
    return desk.say("offers.facts", lines=lines)


def _why_none(desk: Desk) -> list[Message]:
    """The first need that each product misses, for a few of them."""
    profile = seen(desk)
    lines = [
        {
            "text": desk.speech.words(
                "offers.unmet",
                name=desk.speech.words(NAMES[one.product]),
                reason=desk.speech.words(NEEDS[one.unmet[0]]),
            )
        }
        for one in verdicts(desk, profile)
        if one.unmet
    ]
    told = [desk.say("offers.facts", lines=lines[:_HELP_SHOWN])] if lines else []
    return [desk.say("offers.why_none"), *told]
