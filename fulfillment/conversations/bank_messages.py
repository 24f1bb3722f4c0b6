"""Words what the bank says of its own accord: the same in an open chat and at the next turn."""

from __future__ import annotations

from datetime import date

from fulfillment.bank.bank_messages import OF_A_SCHEDULE, QUESTIONS, BankMessage, BankMessageKind
from fulfillment.conversations import tip_words
from fulfillment.lex import Message, card, text
from fulfillment.replies import Speech

_BY_CARD = (BankMessageKind.CARD_WAS_IT_YOU, BankMessageKind.CARD_STOPPED)
_ABOUT_NO_PAYMENT = (BankMessageKind.CARDS_FROZEN, BankMessageKind.HANDED_BACK)


def bank_message(speech: Speech, message: BankMessage, *, with_buttons: bool) -> list[Message]:
    """The message in the customer's words. Lex takes one card an answer, a push as many as it has:
    `with_buttons` says whether there is room for one.
    """
    if message.kind is BankMessageKind.ANALYST_SAID:
        # A person's own words, which no template may change.
        return [text(message.text)]
    if message.is_tip:
        return [tip_words.tip_words(speech, message)]
    said = speech.say(f"desk.{message.kind}", **_view(speech, message))
    if message.kind not in QUESTIONS or not with_buttons:
        return [said]
    yes, no = speech.words("desk.it_was_me"), speech.words("desk.it_was_not_me")
    return [said, card(speech.words("desk.was_it_you_title"), [(yes, yes), (no, no)])]


def _view(speech: Speech, message: BankMessage) -> dict[str, object]:
    if message.kind is BankMessageKind.TAKEN_OVER:
        return {"name": message.text}
    if message.kind in _ABOUT_NO_PAYMENT:
        return {}
    view: dict[str, object] = {"amount": message.amount, "to": message.to}
    if message.kind in _BY_CARD:
        view["last4"] = message.text
    if message.kind in OF_A_SCHEDULE.values():
        view["next_due"] = speech.full_day(date.fromisoformat(message.text)) if message.text else ""
    return view
