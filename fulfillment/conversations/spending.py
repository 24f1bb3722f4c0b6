"""How much was spent or earned: in a period, compared with another one, and "and in May?"."""

from __future__ import annotations

from datetime import timedelta

from fulfillment.conversations import totals_asked
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.fees_paid import tell_fees_paid
from fulfillment.conversations.heard_otherwise import words_said
from fulfillment.conversations.payday import asks_whether_paid, tell_payday
from fulfillment.conversations.top_merchants import ranked_said
from fulfillment.conversations.totals_asked import Question, What
from fulfillment.conversations.totals_slots import question_said
from fulfillment.conversations.totals_told import tell
from fulfillment.lex import Reply, Router, Turn

router = Router()
_NEARLY_A_YEAR = timedelta(days=300)


@router.dialog("GetSpending")
@router.fulfillment("GetSpending")
def tell_spending(turn: Turn) -> Reply:
    many = ranked_said(turn.transcript)
    if many:
        # "Stores" is what is asked for, and not the name of one.
        turn.slots.clear("merchant")
    asked = question_said(turn, What.SPENDING)
    if many and isinstance(asked, Question):
        asked = asked.in_order(many)
    if isinstance(asked, Question) and _is_about_fees(turn, asked):
        return tell_fees_paid(turn)
    return _answer(turn, asked)


def _is_about_fees(turn: Turn, asked: Question) -> bool:
    """Whether the bank's own fees are meant, as such or of a year: there is more to say of them
    than a sum. Of a month it is the sum that is wanted.
    """
    narrowed = asked.party or asked.account or asked.other_start or asked.usual or asked.ranked
    if asked.category != "fees" or narrowed:
        return False
    return turn.slots.get("period") is None or asked.end - asked.start > _NEARLY_A_YEAR


@router.dialog("GetIncome")
@router.fulfillment("GetIncome")
def tell_income(turn: Turn) -> Reply:
    """ "Was I paid yet?" wants a yes or no, and the day."""
    if asks_whether_paid(words_said(turn)):
        return tell_payday(turn)
    return _answer(turn, question_said(turn, What.INCOME))


@router.dialog("TotalsFollowUp")
@router.fulfillment("TotalsFollowUp")
def follow_up(turn: Turn) -> Reply:
    """What is not said anew is as it was in the question before."""
    desk = Desk.of(turn)
    before = totals_asked.recall(turn, desk.now)
    what = before.what if before else What.SPENDING
    return _answer(turn, question_said(turn, what, before))


def _answer(turn: Turn, asked: Question | Reply) -> Reply:
    return asked if isinstance(asked, Reply) else tell(turn, asked)
