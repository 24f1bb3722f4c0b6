"""Budgets and a savings goal: set, changed, removed, and how they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fulfillment.bank.categories import CATEGORIES, category_named
from fulfillment.bank.money import Money
from fulfillment.bank.payment_timing import read_day
from fulfillment.bank.plans import Plans, SavingsGoal, Standing
from fulfillment.conversations.budget_standings import budget_standings
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_slots import Question, read_amount
from fulfillment.lex import Message, Reply, Router, Turn

_CURRENCY = "USD"
_OFFERED = ("groceries", "dining", "shopping", "transport", "entertainment")
_REMOVES = re.compile(
    r"\b(?:delete|remove|drop|cancel|scrap|borre|borrar|elimine|eliminar|quite|quitar|cancele)\b",
    re.IGNORECASE,
)
_STANDINGS = {
    Standing.WITHIN: "plans.within",
    Standing.NEARLY: "plans.nearly",
    Standing.OVER: "plans.over",
}

router = Router()


@router.dialog("SetBudget")
@router.fulfillment("SetBudget")
def set_budget(turn: Turn) -> Reply:
    """A budget moves no money, so it is set at once and told back with how it stands."""
    desk = Desk.of(turn)
    category = _category(turn)
    if isinstance(category, Reply):
        return category
    plans, name = desk.plans.of(desk.customer_id), _named(desk, category)
    if _REMOVES.search(turn.transcript):
        if category not in plans.budgets:
            return turn.close(desk.say("plans.no_such_budget", name=name), fulfilled=False)
        _keep(desk, plans.without_budget(category), "budget_removed")
        return turn.close(desk.say("plans.budget_removed", name=name))
    amount = read_amount(turn, _CURRENCY, [])
    if isinstance(amount, Question):
        return amount.ask(turn)
    if amount is None:
        return turn.elicit_slot("amount", desk.say("plans.how_much_a_month", name=name))
    if plans.budgets.get(category) != amount:
        _keep(desk, plans.with_budget(category, amount), "budget_set")
    told = desk.say("plans.budget_set", name=name, amount=amount)
    return turn.close(told, _stands(desk, {category: amount}))


@router.dialog("SetSavingsGoal")
@router.fulfillment("SetSavingsGoal")
def set_goal(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    plans = desk.plans.of(desk.customer_id)
    if _REMOVES.search(turn.transcript):
        if plans.goal is None:
            return turn.close(desk.say("plans.no_goal"), fulfilled=False)
        _keep(desk, Plans(plans.budgets, None, plans.version), "goal_removed")
        return turn.close(desk.say("plans.goal_removed"))
    amount = read_amount(turn, _CURRENCY, [])
    if isinstance(amount, Question):
        return amount.ask(turn)
    if amount is None:
        return turn.elicit_slot("amount", desk.say("plans.how_much_saved"))
    said = turn.slots.get("byDate")
    day = read_day(said.original_value, desk.speech.today, turn.locale) if said else None
    by = day.day if day and day.day > desk.speech.today else None
    goal = SavingsGoal(amount, by)
    if plans.goal != goal:
        _keep(desk, Plans(plans.budgets, goal, plans.version), "goal_set")
    return turn.close(desk.say("plans.goal_set"), _goal(desk, goal))


@router.dialog("CheckBudgets")
@router.fulfillment("CheckBudgets")
def check(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    plans = desk.plans.of(desk.customer_id)
    told = [_stands(desk, plans.budgets)] if plans.budgets else []
    if plans.goal is not None:
        told.append(_goal(desk, plans.goal))
    return turn.close(*told) if told else turn.close(desk.say("plans.nothing_planned"))


def _category(turn: Turn) -> str | Reply:
    """What the budget is for, or the question."""
    desk = Desk.of(turn)
    said = turn.slots.get("category")
    words = [said.best, said.original_value] if said else []
    found = next((one for one in map(category_named, words) if one in CATEGORIES), None)
    if found is not None:
        return found
    names = [_named(desk, one) for one in _OFFERED]
    choices = desk.choices("plans.categories", names)
    return turn.ask_again("category", desk.say("plans.for_what"), choices)


def _named(desk: Desk, category: str) -> str:
    return desk.speech.words("categories.name", category=category)


def _keep(desk: Desk, plans: Plans, what: str) -> None:
    desk.plans.keep(desk.customer_id, plans, what, desk.now, desk.deps.new_id())


def _stands(desk: Desk, budgets: Mapping[str, Money]) -> Message:
    """Each budget beside what the books have counted in this month."""
    lines = [
        {
            "text": desk.speech.words(
                _STANDINGS[one.standing],
                name=_named(desk, one.category),
                spent=one.spent,
                amount=one.budget,
                left=one.apart,
            )
        }
        for one in budget_standings(desk, budgets)
    ]
    return desk.say("plans.budgets", lines=lines)


def _goal(desk: Desk, goal: SavingsGoal) -> Message:
    saved = goal.saved(desk.open_accounts())
    missing = goal.missing(saved)
    if not missing.is_positive:
        return desk.say("plans.goal_reached", amount=goal.amount, available=saved)
    view = {"amount": goal.amount, "available": saved, "left": missing}
    a_month = goal.a_month(saved, desk.speech.today)
    if a_month is None or goal.by is None:
        return desk.say("plans.goal_open", **view)
    day = desk.speech.calendar_day(goal.by)
    return desk.say("plans.goal_by", day=day, payment=a_month, **view)
