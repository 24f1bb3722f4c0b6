"""What a security event becomes for people: a case, its states, and who may move it where.

A case is opened once for each event and ends once. An act on a case that has ended changes nothing
and says how it ended, so that a button pressed twice, or too late, does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fulfillment.bank.money import Money


class DeskState(StrEnum):
    """`released` and `declined` are ends of a payment, `closed` is any other end."""

    OPEN = "open"
    ASSIGNED = "assigned"
    WAITING = "waiting_for_customer"
    RELEASED = "released"
    DECLINED = "declined"
    CLOSED = "closed"

    @property
    def is_final(self) -> bool:
        return self in (DeskState.RELEASED, DeskState.DECLINED, DeskState.CLOSED)


class Act(StrEnum):
    """What an analyst, the customer or time does to a case."""

    RELEASE = "release"
    DECLINE = "decline"
    NOT_FRAUD = "not_fraud"
    FREEZE_CARD = "freeze_card"
    ASK_CUSTOMER = "ask_customer"
    TAKE_OVER = "take_over"
    HAND_BACK = "hand_back"
    CLOSE = "close"
    ESCALATE = "escalate"
    LAPSE = "lapse"
    """The held payment came to an end without the desk: called back, or run out."""


class Settlement(StrEnum):
    """What an act does with a held payment."""

    NONE = "none"
    POST = "post"
    GIVE_BACK = "give_back"


CUSTOMER = "customer"
"""Who acts, when it is the customer: everybody else is an analyst, by Slack user id."""
TIME = "time"


@dataclass(frozen=True, slots=True)
class DeskCase:
    """`event` is the security event as JSON. `owner` took it first. `approved_by` is the first of
    the two people that a large release needs. `taken_over_by` speaks with the customer now.
    `payment_id` names a hold when `is_held`. `question` is the number of the bank's message that
    asked the customer whether the payment was theirs; `singled_out` is the number of the latest
    question when, of several, this one was asked again by itself. `ended_by` and `ended_how` tell
    of the end. `version` grows with every change. An empty `customer_id`: the case is of nobody's.
    """

    case_id: str
    customer_id: str
    kind: str
    severity: str
    event: str
    opened_at: datetime
    deadline: datetime
    state: DeskState = DeskState.OPEN
    payment_id: str | None = None
    amount: Money | None = None
    is_held: bool = False
    owner: str | None = None
    approved_by: str | None = None
    taken_over_by: str | None = None
    asked: bool = False
    question: int | None = None
    singled_out: int | None = None
    cards_frozen: bool = False
    escalated: bool = False
    ended_by: str | None = None
    ended_how: Act | None = None
    version: int = 1


class Refusal(StrEnum):
    """Why an act changed nothing."""

    HAS_ENDED = "has_ended"
    NEEDS_ANOTHER_PERSON = "needs_another_person"
    NOTHING_TO_DECIDE = "nothing_to_decide"
    NO_CUSTOMER = "no_customer"
    IS_SO_ALREADY = "is_so_already"


@dataclass(frozen=True, slots=True)
class Move:
    """The case as it is after an act, and what else has to happen in the same transaction."""

    case: DeskCase
    settlement: Settlement = Settlement.NONE
    verdict: str | None = None
    """`genuine` or `fraud`, when the act is one on the payment."""


def acts_of(case: DeskCase) -> tuple[Act, ...]:
    """What can be done with a case now, in the order in which it is offered."""
    if case.state.is_final:
        return (Act.HAND_BACK,) if case.taken_over_by else ()
    acts: list[Act] = []
    if case.is_held:
        acts += [Act.RELEASE, Act.DECLINE]
    elif case.payment_id:
        acts += [Act.DECLINE]
    if case.customer_id:
        acts += [] if case.cards_frozen else [Act.FREEZE_CARD]
        acts += [Act.ASK_CUSTOMER] if case.payment_id and not case.asked else []
        acts += [Act.HAND_BACK if case.taken_over_by else Act.TAKE_OVER]
    acts += [Act.NOT_FRAUD] if case.payment_id else [Act.CLOSE]
    return tuple(acts)


def move(case: DeskCase, act: Act, by: str, two_people: bool) -> Move | Refusal:
    """What `act` by `by` makes of `case`. `two_people`: a release needs two different ones.

    The customer's own word needs no second person: it is they who bear the payment.
    """
    if act is Act.HAND_BACK:
        return _hand_back(case)
    if case.state.is_final:
        return Refusal.HAS_ENDED
    if act in (Act.RELEASE, Act.NOT_FRAUD) and case.payment_id:
        return _let_go(case, act, by, two_people)
    if act in (Act.RELEASE, Act.DECLINE, Act.ASK_CUSTOMER) and not case.payment_id:
        return Refusal.NOTHING_TO_DECIDE
    if act in (Act.FREEZE_CARD, Act.ASK_CUSTOMER, Act.TAKE_OVER) and not case.customer_id:
        return Refusal.NO_CUSTOMER
    if act is Act.DECLINE:
        settlement = Settlement.GIVE_BACK if case.is_held else Settlement.NONE
        return Move(_ended(case, DeskState.DECLINED, act, by), settlement, "fraud")
    if act in (Act.CLOSE, Act.NOT_FRAUD, Act.LAPSE):
        return Move(_ended(case, DeskState.CLOSED, act, by))
    return _go_on(case, act, by)


def _let_go(case: DeskCase, act: Act, by: str, two_people: bool) -> Move | Refusal:
    if not case.is_held:
        if act is Act.RELEASE:
            return Refusal.NOTHING_TO_DECIDE
        return Move(_ended(case, DeskState.CLOSED, act, by), verdict="genuine")
    if two_people and by != CUSTOMER:
        if case.approved_by is None:
            return Move(_grown(_taken(case, by), approved_by=by))
        if case.approved_by == by:
            return Refusal.NEEDS_ANOTHER_PERSON
    return Move(_ended(case, DeskState.RELEASED, act, by), Settlement.POST, "genuine")


def _go_on(case: DeskCase, act: Act, by: str) -> Move | Refusal:
    """An act after which the case goes on."""
    if act is Act.ESCALATE:
        return Refusal.IS_SO_ALREADY if case.escalated else Move(_grown(case, escalated=True))
    mine = _taken(case, by)
    if act is Act.FREEZE_CARD:
        if case.cards_frozen:
            return Refusal.IS_SO_ALREADY
        return Move(_grown(mine, cards_frozen=True))
    if act is Act.ASK_CUSTOMER:
        if case.asked:
            return Refusal.IS_SO_ALREADY
        return Move(_grown(replace(mine, state=DeskState.WAITING), asked=True))
    if case.taken_over_by:
        return Refusal.IS_SO_ALREADY
    return Move(_grown(mine, taken_over_by=by))


def _hand_back(case: DeskCase) -> Move | Refusal:
    if not case.taken_over_by:
        return Refusal.IS_SO_ALREADY
    return Move(_grown(case, taken_over_by=None))


def _taken(case: DeskCase, by: str) -> DeskCase:
    """Whoever acts first on a case is its owner."""
    if by in (CUSTOMER, TIME):
        return case
    state = DeskState.ASSIGNED if case.state is DeskState.OPEN else case.state
    return replace(case, owner=case.owner or by, state=state)


def _ended(case: DeskCase, state: DeskState, how: Act, by: str) -> DeskCase:
    return _grown(replace(_taken(case, by), state=state), ended_by=by, ended_how=how)


def _grown(case: DeskCase, **changes: object) -> DeskCase:
    return replace(case, version=case.version + 1, **changes)  # type: ignore[arg-type]


def meant_question(cases: Iterable[DeskCase], heard: int) -> tuple[DeskCase | None, list[DeskCase]]:
    """Which question a customer's "it was me" or "it wasn't me" answers, and all that are open.

    Only questions that they have `heard` (the number of the last message they heard) can be meant.
    Of several, none is, unless that one was asked again by itself and nothing came after it: a yes
    lets money go, and must mean the payment that it was said to.
    """
    asked = [(case.question, case) for case in cases if case.question and not case.state.is_final]
    open_ones = [case for number, case in sorted(asked, key=_by_number) if number <= heard]
    if len(open_ones) == 1:
        return open_ones[0], open_ones
    latest = max((case.question or 0 for case in open_ones), default=0)
    again = [case for case in open_ones if case.singled_out == latest]
    return (again[0] if len(again) == 1 else None), open_ones


def _by_number(asked: tuple[int, DeskCase]) -> int:
    return asked[0]
