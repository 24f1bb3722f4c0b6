"""A payment is judged in the turn that confirms it, before its money moves.

What is decided goes into the books with the payment, in one transaction: the assessment, what the
fraud features remember, the hold and the event that tells an analyst. So a turn that is repeated
finds what was decided the first time, and nothing is counted or told twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fulfillment.alerts.events import SecurityEventKind, event_id
from fulfillment.bank.holds import PAYMENT_HOLD_LIFE
from fulfillment.bank.payments import Outcome, PaymentOrder, Quote, Receipt, StepUp, Unknown
from fulfillment.bank.step_up import STEPPED_UP_LEVEL
from fulfillment.conversations.checking import keep_checking, went_through
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_session import QUOTE
from fulfillment.conversations.stepping_up import ask_for_code
from fulfillment.conversations.stories_told import story_told
from fulfillment.conversations.suspecting import suspicion
from fulfillment.conversations.warning import warn_first
from fulfillment.fraud.assessing import Assessment, Assessor
from fulfillment.fraud.clearing import unless_cleared
from fulfillment.fraud.facts import PaymentFacts
from fulfillment.fraud.ordering import facts_of
from fulfillment.fraud.policy.model import Decision
from fulfillment.fraud.policy.reasons import ReasonCode
from fulfillment.fraud.remembering import FraudMemory, Memory
from fulfillment.lex import Reply, Turn
from fulfillment.store.companions import ALONE, Companions
from fulfillment.store.counting import CounterTable
from fulfillment.store.errors import BooksBusyError, StaleCompanionError
from fulfillment.store.security_events import event_put

_ATTEMPTS = 3
_MOST_REASONS = 2
_REASONS = "why judged so"
_OPAQUE = frozenset({ReasonCode.SCORE, ReasonCode.EXPECTED_LOSS})


@dataclass(frozen=True, slots=True)
class _Judged:
    """`quote` is what a code has to be asked for, when the payment was challenged, and `codes` are
    the reasons.
    """

    decision: Decision
    companions: Companions = ALONE
    hold_until: datetime | None = None
    quote: Quote | None = None
    codes: tuple[str, ...] = ()


def pay_as_judged(turn: Turn, order: PaymentOrder, quote_id: str) -> Outcome | Reply:
    """Pays or holds `order`, or the reply that asks for a code or says that it is blocked.

    Raises `BooksBusyError` when others wrote to the same items at every attempt.
    """
    desk = Desk.of(turn)
    for _ in range(_ATTEMPTS):
        judged = _judge(turn, order, quote_id)
        if judged.decision is Decision.BLOCK:
            return _refuse(turn, quote_id, judged)
        if judged.quote is not None:
            warned = warn_first(turn, judged.quote, judged.codes)
            if warned is not None:
                return warned
            return ask_for_code(
                turn, judged.quote, desk.say("fraud.challenged", why=why_held(turn))
            )
        try:
            return desk.books.pay(
                quote_id,
                order,
                turn.session_id,
                desk.now,
                zone=desk.customer.time_zone,
                hold_until=judged.hold_until,
                standing=desk.standing,
                companions=judged.companions,
            )
        except StaleCompanionError:
            # Somebody else's payment was counted in between: it is judged with that one known.
            continue
    raise BooksBusyError("payments of the same people came in between at every attempt")


def case_number(payment_id: str) -> str:
    """The number of the case that a held or blocked payment opens."""
    return event_id(SecurityEventKind.SUSPECTED_FRAUD, payment_id)[:16].upper()


def memory_of(desk: Desk) -> FraudMemory:
    """What the fraud features remember, in the same table as the books."""
    books = desk.books
    return FraudMemory(CounterTable(books.client, books.table, books.patience))


def _judge(turn: Turn, order: PaymentOrder, quote_id: str) -> _Judged:
    desk = Desk.of(turn)
    turn.state[_REASONS] = ""
    if desk.deps.assessor is None:
        return _Judged(Decision.ALLOW)
    assessor = desk.deps.assessor()
    if not assessor.judges(order.kind):
        return _Judged(Decision.ALLOW)
    story = story_told(turn.session, desk.now)
    facts = facts_of(order, quote_id, desk.now, desk.customer.time_zone, story)
    memory = memory_of(desk)
    known = memory.read(facts)
    if known.before is not None:
        _note(turn, known.before.reasons)
        return _as_before(desk, known.before.decision)
    assessment = assessor.assess(facts, known.states, desk.identity.level)
    challenged = assessment.decision is Decision.CHALLENGE
    if challenged:
        shown = desk.books.quote(desk.customer_id, quote_id, turn.session_id)
        if shown is not None and shown.step_up is not StepUp.DONE and _is_live(shown, order, desk):
            _note(turn, codes_of(assessment))
            codes = tuple(codes_of(assessment))
            return _Judged(Decision.CHALLENGE, quote=shown, codes=codes)
        # A code was given for these very figures; or else the books refuse what has no mark.
        assessment = assessor.again(facts, assessment, STEPPED_UP_LEVEL)
    assessment = unless_cleared(assessment, facts, memory, desk.now)
    _note(turn, codes_of(assessment))
    return _sealed(desk, order, _Case(assessor, memory, facts, known, assessment), challenged)


@dataclass(frozen=True, slots=True)
class _Case:
    """All that was known of a payment, and what was made of it."""

    assessor: Assessor
    memory: FraudMemory
    facts: PaymentFacts
    known: Memory
    assessment: Assessment


def _sealed(desk: Desk, order: PaymentOrder, case: _Case, challenged: bool) -> _Judged:
    """The judgement with all that has to be written with it."""
    assessment, table = case.assessment, desk.books.table
    hold_until = None
    if assessment.decision is Decision.HOLD:
        hold_until = desk.now + PAYMENT_HOLD_LIFE
    if assessment.decision is Decision.BLOCK:
        writes = case.memory.refusal(case.facts, assessment)
    else:
        writes = case.memory.writes(case.facts, assessment, case.known)
    if assessment.decision in (Decision.HOLD, Decision.BLOCK):
        event = suspicion(order, assessment, desk.now, hold_until)
        writes = [*writes, event_put(table, event)]
    companions = Companions(tuple(writes), code_needed=challenged)
    return _Judged(assessment.decision, companions, hold_until)


def _as_before(desk: Desk, decision: str) -> _Judged:
    """This very payment was judged and written before: the books have the answer."""
    held = decision == Decision.HOLD
    until = desk.now + PAYMENT_HOLD_LIFE if held else None
    return _Judged(Decision(decision), hold_until=until)


def _is_live(shown: Quote, order: PaymentOrder, desk: Desk) -> bool:
    return shown.digest == order.digest and shown.expires_at > desk.now


def _refuse(turn: Turn, quote_id: str, judged: _Judged) -> Reply:
    """Nothing moves, and nothing can move on this quote any more."""
    desk = Desk.of(turn)
    turn.session.pop(QUOTE, None)
    ended = desk.books.quotes.withdraw(
        desk.customer_id, quote_id, turn.session_id, desk.now, judged.companions.items
    )
    if isinstance(ended, Unknown):
        return turn.close(keep_checking(turn, quote_id), fulfilled=False)
    if isinstance(ended, Receipt):
        return turn.close(went_through(desk, ended))
    told = desk.say("fraud.blocked", why=why_held(turn), case_id=case_number(quote_id))
    next_steps = desk.choices(
        "cases.protect", [desk.speech.words("fraud.report"), desk.speech.words("fraud.person")]
    )
    return turn.close(told, desk.say("fraud.advice"), next_steps, fulfilled=False)


def codes_of(assessment: Assessment) -> list[str]:
    """The codes of what led to a decision."""
    return [reason.code for reason in assessment.reasons]


def _note(turn: Turn, codes: Iterable[str]) -> None:
    """Keeps the plain words of what led to the decision, each once, for the reply of this turn."""
    speech = Desk.of(turn).speech
    # What the customer can check comes before what only the model thinks.
    ordered = sorted(dict.fromkeys(codes), key=_OPAQUE.__contains__)
    turn.state[_REASONS] = " ".join(
        speech.words(f"fraud.{code}") for code in ordered[:_MOST_REASONS]
    )


def why_held(turn: Turn) -> str:
    """The plain reasons of this turn's judgement."""
    return str(turn.state.get(_REASONS, ""))
