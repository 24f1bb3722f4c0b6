"""Puts a tip into words: the same behind an answer, in an open chat and at the next turn."""

from __future__ import annotations

from datetime import date

from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.bank.money import Money
from fulfillment.lex import Message
from fulfillment.replies import Speech


def tip_words(speech: Speech, tip: BankMessage) -> Message:
    """`tip` in the customer's words. Raises ValueError for what is no tip."""
    amount = tip.amount
    match tip.kind:
        case BankMessageKind.TIP_LOW_BALANCE:
            payday, lowest = (speech.calendar_day(day) for day in _days(tip))
            return speech.say(
                "tips.low_balance", account=tip.to, day=payday, low=amount, lowest_on=lowest
            )
        case BankMessageKind.TIP_TWICE:
            [day] = (speech.calendar_day(day) for day in _days(tip))
            return speech.say("tips.twice", name=tip.to, amount=amount, day=day)
        case BankMessageKind.TIP_BUDGET if amount is not None:
            name, budget = speech.words("categories.name", category=tip.to), _other(tip, amount)
            key = "tips.budget_over" if amount > budget else "tips.budget_nearly"
            return speech.say(key, name=name, spent=amount, amount=budget)
        case BankMessageKind.TIP_TRIAL:
            [day] = (speech.calendar_day(day) for day in _days(tip))
            return speech.say("tips.trial", name=tip.to, day=day)
        case BankMessageKind.TIP_DEARER if amount is not None:
            return speech.say("tips.dearer", name=tip.to, before=_other(tip, amount), now=amount)
        case BankMessageKind.TIP_REFUND:
            return speech.say("tips.refund", name=tip.to, amount=amount)
        case BankMessageKind.TIP_GOAL:
            return speech.say("tips.goal", amount=amount)
    raise ValueError(f"{tip.kind} is no tip")


def _days(tip: BankMessage) -> list[date]:
    return [date.fromisoformat(one) for one in tip.text.split()]


def _other(tip: BankMessage, amount: Money) -> Money:
    return Money(int(tip.text), amount.currency)
