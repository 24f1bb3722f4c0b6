"""Whoever begins a payment with the story of a scam is warned of it, and may still pay.

Before the yes, as banks do, and in the turn that tells the story: the sooner, the fewer have it in
mind already. Outside a task a story that names nobody to pay is not made a payment of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fulfillment.bank import naming
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.open_tasks import progress_of
from fulfillment.conversations.progress import Task
from fulfillment.conversations.stories_told import remember_story, story_told
from fulfillment.conversations.switches import is_on
from fulfillment.conversations.warning import WARNED
from fulfillment.fraud.scam_stories import Story, story_in
from fulfillment.lex import Message, Reply, Turn, card
from fulfillment.lex.messages import before_all_of
from fulfillment.lex.resolver import Handler

_PAYS = "SendMoney"
_MOVES_MONEY = frozenset({_PAYS, "TransferMoney", "PayCreditCard", "SchedulePayment", "AddPayee"})
_HEARD_IN_A_STORY = frozenset({"FallbackIntent", "OtherService", "TransferMoney", "PayCreditCard"})
"""What Lex makes of a story by its words for money. Of these, a transfer that says how much goes
where is one all the same."""
_ASKS_FOR_HELP = frozenset({"ReportScam", "DisputeCharge", "Cancel"})
"""Whoever says so has stopped already."""
_NOW = "story in this turn"


def warn_of_stories(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: the warning before what answers a story, and before a yes to a later payment."""
    story = story_in(turn.transcript)
    if story is not None:
        remember_story(turn.session, story, Desk.of(turn).now)
        turn.state[_NOW] = story
    reply = proceed(turn)
    if turn.state.get(WARNED) or turn.intent in _ASKS_FOR_HELP:
        return reply
    if story is not None:
        return replace(reply, messages=before_all_of((_warning(turn, story),), reply.messages))
    intent = turn.intent if reply.switch is None else reply.switch.intent
    is_asked_to_pay = reply.action == "ConfirmIntent" and intent in _MOVES_MONEY
    if not is_asked_to_pay or story_told(turn.session, Desk.of(turn).now) is None:
        return reply
    reminder = Desk.of(turn).say("scam.before_a_yes")
    return replace(reply, messages=before_all_of((reminder,), reply.messages))


def answer_a_story(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: a story that Lex takes for something else is no task, unless it says whom to
    pay: then it is that payment, which goes on after the warning.
    """
    story: Story | None = turn.state.get(_NOW)
    if story is None or progress_of(turn).asking is not None or not _is_misheard(turn):
        return proceed(turn)
    payment = _payment_in(turn)
    if payment is not None:
        return Digressions.of(turn).resume(turn, payment)
    desk = Desk.of(turn)
    ways = card(
        desk.speech.words("scam.what_now"),
        [
            (words, words)
            for words in (desk.speech.words("fraud.report"), desk.speech.words("fraud.person"))
        ],
    )
    return turn.close(desk.say("scam.if_it_is_yours"), ways, fulfilled=False)


def _warning(turn: Turn, story: Story) -> Message:
    desk = Desk.of(turn)
    return desk.say("scam.story", why=desk.speech.words(f"scam.{story}"))


def _is_misheard(turn: Turn) -> bool:
    if turn.intent not in _HEARD_IN_A_STORY:
        return False
    says_all = all(turn.slots.get(name) for name in ("amount", "destinationAccount"))
    return turn.intent != "TransferMoney" or not says_all


def _payment_in(turn: Turn) -> Task | None:
    """The payment to one of the customer's payees that the readings know of; None without one."""
    desk = Desk.of(turn)
    if not desk.identity.is_verified or not is_on(turn, _PAYS):
        return None
    said = dict(_said_of_payments(turn))
    payees = desk.accounts_and_payees()[1]
    if "payee" not in said or naming.match_payee(said["payee"], payees).one is None:
        return None
    return Task(_PAYS, said, "")


def _said_of_payments(turn: Turn) -> Iterator[tuple[str, str]]:
    """The sum and the receiver, in the customer's words, from whichever reading has them."""
    for reading in turn.event.interpretations:
        if reading.intent.name not in (_PAYS, "SchedulePayment"):
            continue
        said = reading.intent.words
        yield from ((name, said[name]) for name in ("amount", "payee") if name in said)
