"""Investing: goal, horizon and risk, then which model portfolio goes with them. Never advice."""

from __future__ import annotations

from fulfillment.bank.model_portfolios import standard_suitability
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.loans import months_of
from fulfillment.conversations.offer_view import seen
from fulfillment.lex import Message, Reply, Router, Turn

_YEAR = 12
_PORTFOLIOS = {
    "careful": "investing.careful",
    "balanced": "investing.balanced",
    "growth": "investing.growth",
}
_GOALS = {
    "retirement": "investing.goal_retirement",
    "home": "investing.goal_home",
    "education": "investing.goal_education",
    "growth": "investing.goal_growth",
}
_RISKS = {
    "sell": "investing.risk_sell",
    "wait": "investing.risk_wait",
    "buy more": "investing.risk_buy_more",
}

router = Router()


@router.dialog("ExploreInvesting")
@router.fulfillment("ExploreInvesting")
def explore(turn: Turn) -> Reply:
    """Three questions, one at a time; then information with its risks, whatever was answered."""
    desk, rules = Desk.of(turn), standard_suitability()
    goal = _answer(turn, "goal", list(_GOALS))
    if goal is None:
        shown = [desk.speech.words(key) for key in _GOALS.values()]
        return turn.ask_again(
            "goal", desk.say("investing.which_goal"), desk.choices("investing.title", shown)
        )
    said = turn.slots.get("horizon")
    months = months_of(said.best) if said else None
    if months is None:
        return turn.ask_again("horizon", desk.say("investing.how_long"))
    risk = _answer(turn, "risk", list(_RISKS))
    if risk is None:
        shown = [desk.speech.words(key) for key in _RISKS.values()]
        return turn.ask_again(
            "risk", desk.say("investing.which_risk"), desk.choices("investing.title", shown)
        )
    found = rules.portfolio(goal, months // _YEAR, risk)
    if found is None:
        return turn.close(desk.say("investing.too_soon", total=rules.least_years))
    told = desk.say(
        "investing.portfolio",
        name=desk.speech.words(_PORTFOLIOS[found.name]),
        stocks=found.stocks,
        bonds=found.bonds,
        cash=found.cash,
        fall=found.fall,
    )
    return turn.close(told, *_buffer(desk, rules.buffer_months), desk.say("investing.disclosure"))


def _answer(turn: Turn, slot: str, known: list[str]) -> str | None:
    said = turn.slots.get(slot)
    return said.best if said and said.best in known else None


def _buffer(desk: Desk, months: int) -> list[Message]:
    """Savings that are not there yet come first; what is not known is not said."""
    profile = seen(desk)
    if not profile.months or profile.savings >= profile.went_out * months:
        return []
    return [desk.say("investing.buffer_first", total=months)]
