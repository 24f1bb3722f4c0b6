"""Reads from the slots and the sentence what a customer wants added up."""

from __future__ import annotations

from datetime import timedelta

from fulfillment.bank.categories import CATEGORIES, category_named
from fulfillment.bank.comparisons import (
    Comparison,
    average_said,
    coming_said,
    comparison_said,
)
from fulfillment.bank.naming import match_account, match_merchant
from fulfillment.bank.periods import Period, month_of, parse_period, period_words
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.totals_asked import Question, What
from fulfillment.lex import Reply, Turn

_WORDS_OF_A_PERIOD = 6


def question_said(turn: Turn, what: What, before: Question | None = None) -> Question | Reply:
    """The question of this turn, or what is to be asked back.

    `before` is the question that this one follows: what is not said anew is as it was there.
    """
    desk = Desk.of(turn)
    asked = before or _of(month_of(desk.speech.today), desk, what)
    _sort_out(turn, desk, follows=before is not None)
    compared = comparison_said(turn.transcript, turn.locale)
    period = _period_said(turn, desk, compared)
    if isinstance(period, Reply):
        return period
    asked = asked.of(period) if period else asked
    beside = _compared(turn, desk, asked, compared)
    if isinstance(beside, Reply):
        return beside
    narrowed = _narrowed(turn, desk, beside)
    return narrowed if isinstance(narrowed, Reply) else _within(turn, desk, narrowed)


def _of(period: Period, desk: Desk, what: What) -> Question:
    end = min(period.end, desk.speech.today + timedelta(days=1))
    return Question(what=what, start=period.start, end=end)


def _sort_out(turn: Turn, desk: Desk, *, follows: bool) -> None:
    """Puts words that were heard as a shop or a time where they belong: "and may?", "savings?"."""
    for slot in ("merchant", "period"):
        said = turn.slots.get(slot)
        place = _place_of(said.original_value, desk, follows=follows) if said else None
        if said is None or place in (None, slot) or turn.slots.get(place or slot):
            continue
        turn.slots.clear(slot)
        turn.slots.set(place or slot, said.original_value)


def _place_of(words: str, desk: Desk, *, follows: bool) -> str | None:
    """The slot that words are for, when that is plain. Accounts are named in answers only."""
    if parse_period(words, desk.speech.today, desk.locale):
        return "period"
    if category_named(words):
        return "category"
    return "account" if follows and match_account(words, desk.open_accounts()).one else None


def _period_said(turn: Turn, desk: Desk, compared: Comparison | None) -> Period | Reply | None:
    """The period to add up, as opposed to the one to compare it with; None when none is said."""
    today, said = desk.speech.today, turn.slots.get("period")
    words = period_words(said.original_value, turn.transcript) if said else ""
    if compared is not None:
        found = _at_the_end(compared.before, desk)
        if found is not None or said is None or words.casefold() not in compared.before:
            return found
    if coming_said(turn.transcript, turn.locale) or coming_said(words, turn.locale):
        return turn.close(desk.say("totals.to_come"), fulfilled=False)
    if not words:
        return None
    period = parse_period(words, today, turn.locale)
    if period is None:
        return turn.ask_again("period", desk.say("transactions.bad_period", said=words))
    return period


def _at_the_end(sentence: str, desk: Desk) -> Period | None:
    """The period that a sentence ends with: "did I spend more in May"."""
    words = sentence.split()[-_WORDS_OF_A_PERIOD:]
    tails = (" ".join(words[start:]) for start in range(len(words)))
    found = (parse_period(tail, desk.speech.today, desk.locale) for tail in tails)
    return next((period for period in found if period), None)


def _compared(
    turn: Turn, desk: Desk, asked: Question, compared: Comparison | None
) -> Question | Reply:
    if compared is None:
        return asked.beside_the_usual() if average_said(turn.transcript, turn.locale) else asked
    if compared.is_with_usual:
        return asked.beside_the_usual()
    other = compared.period(asked.period, desk.speech.today, turn.locale)
    if other is None:
        unclear = desk.say("transactions.bad_period", said=compared.words)
        return turn.close(unclear, fulfilled=False)
    return asked.beside(other)


def _narrowed(turn: Turn, desk: Desk, asked: Question) -> Question | Reply:
    merchant, category = turn.slots.get("merchant"), turn.slots.get("category")
    if merchant is not None:
        return _at(turn, desk, merchant.original_value, asked)
    if category is None:
        return asked
    named = category.best if category.best in CATEGORIES else category_named(category.best)
    return asked.on(category=named) if named else _at(turn, desk, category.original_value, asked)


def _at(turn: Turn, desk: Desk, said: str, asked: Question) -> Question | Reply:
    """Among the names that the customer has dealt with; one that is not there has no figures."""
    found = match_merchant(said, desk.books.totals.names(desk.customer_id)).found
    if len(found) > 1:
        question = desk.say("spending.which", names=list(found[:5]))
        names = list(found)
        return turn.ask_again("merchant", question, desk.choices("common.your_merchants", names))
    return asked.on(party=found[0] if found else said[:200])


def _within(turn: Turn, desk: Desk, asked: Question) -> Question | Reply:
    said = turn.slots.get("account")
    if said is None:
        return asked
    if turn.slots.get("merchant") is None:
        # Shops are added up over all accounts: another account is another question.
        asked = asked.on(category=asked.category)
    accounts = desk.open_accounts()
    match = match_account(said.original_value, accounts)
    if match.all_of_them:
        return asked.within(None)
    if match.one:
        return asked.within(match.one.account_id)
    names = [one.name for one in match.found or accounts]
    unknown = desk.say("balance.unknown", said=said.original_value, names=names)
    if match.found:
        unknown = desk.say("balance.which", names=names)
    return turn.ask_again("account", unknown, desk.choices("common.your_accounts", names))
