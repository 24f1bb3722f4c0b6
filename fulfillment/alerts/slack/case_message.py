"""A case as a Slack message: what an analyst needs in ten seconds, and the buttons to act. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from fulfillment.alerts.case_view import CaseView
from fulfillment.alerts.desk_policy import DeskPolicy
from fulfillment.alerts.desk_words import ACTS, STATES
from fulfillment.alerts.events import (
    CardLost,
    HandOffWanted,
    LimitBreach,
    Lockout,
    ModelDrift,
    ModelTrained,
    Remediation,
    ScamReported,
    SuspectedFraud,
)
from fulfillment.alerts.pattern import gauge, sparkline
from fulfillment.alerts.slack import blocks as kit
from fulfillment.alerts.slack.blocks import Block, plain
from fulfillment.bank.analyst_cases import CUSTOMER, TIME, Act, DeskCase, acts_of
from fulfillment.bank.money import Money, in_figures

ACTION = "case:"
"""Begins the id of every button of a case."""

_STYLES: dict[Act, tuple[str, str | None]] = {
    Act.RELEASE: ("primary", None),
    Act.DECLINE: ("danger", "The money goes back to the customer, who is told."),
    Act.FREEZE_CARD: ("", "All of the customer's active cards stop working at once."),
}
_ICONS = {
    "suspected_fraud": "🛑", "scam_reported": "🎣", "card_lost": "💳", "lockout": "🔒",
    "limit_breach": "📏", "hand_off": "🙋", "remediation": "🛠️", "model_drift": "📉",
    "model_trained": "🎓",
}  # fmt: skip


def message_of(view: CaseView, policy: DeskPolicy) -> tuple[str, list[Block]]:
    """(what a notification says, the blocks)."""
    case = view.case
    title = f"{_ICONS.get(case.kind, '•')} {headline(view)}"
    state = f"*{STATES[case.state]}*"
    made = [
        kit.header(title),
        kit.context(state, *_who_has_it(view, policy)),
        kit.fields(list(_facts(view))),
        *_why(view),
        *_usual(view),
        *_buttons(case, policy),
        kit.context(f"Case `{case.case_id}` · {case.severity} · {_age(view)}"),
    ]
    return title, made


def headline(view: CaseView) -> str:
    """What happened, in one line; masked."""
    data = view.event.data
    match data:
        case SuspectedFraud():
            what = "Card payment" if data.merchant else "Payment"
            state = "held" if data.decision == "hold" else "blocked"
            return f"{what} {state}: {_money(view.case.amount)}{_to(data)}"
        case ScamReported():
            return f"Scam reported by {view.customer or 'a customer'}"
        case CardLost():
            return f"Card lost: •••• {data.last4}"
        case Lockout():
            return "Too many wrong codes"
        case LimitBreach():
            wanted = Money(data.amount.minor, data.amount.currency)
            return f"Over a limit: {_money(wanted)}"
        case HandOffWanted():
            return f"{view.customer or 'A customer'} wants to talk to a person"
        case Remediation():
            return f"{'Repaired' if data.done else 'Not repaired'}: {data.finding}"
        case ModelDrift():
            return f"{data.model} drifts: {data.measure} {data.value:.2f}"
        case ModelTrained():
            return f"{data.model} {data.model_version}: {data.outcome.replace('_', ' ')}"


def _to(data: SuspectedFraud) -> str:
    if data.merchant:
        return f" at {data.merchant}"
    return f" to {data.payee}" if data.payee else ""


def _facts(view: CaseView) -> Iterator[tuple[str, str]]:
    case, data = view.case, view.event.data
    if case.customer_id:
        yield "Customer", f"{plain(view.customer or 'unknown')} (`{plain(case.customer_id)}`)"
    if isinstance(data, SuspectedFraud):
        yield "Amount", f"*{_money(case.amount)}*"
        if data.merchant:
            yield "Merchant", plain(data.merchant)
            yield "Card", f"•••• {data.card_last4}"
        else:
            yield "Payee", f"{plain(data.payee or 'unknown')} · {_how_known(view)}"
        yield "Device", plain(data.device or "not known")
        if data.score is not None:
            yield "Score", f"{gauge(data.score)} *{data.score:.2f}*"
    else:
        yield from _other_facts(view)
    if not case.state.is_final:
        yield "Decide by", _deadline(case, late=view.now > case.deadline)


def _other_facts(view: CaseView) -> Iterator[tuple[str, str]]:
    data = view.event.data
    match data:
        case CardLost():
            yield "Card", f"•••• {data.last4} {plain(data.how)}"
        case Lockout():
            yield "What", plain(data.what.replace("_", " "))
        case LimitBreach():
            yield "Limit", plain(data.limit.replace("_", " "))
        case HandOffWanted():
            yield "Case of the customer", f"`{plain(data.case_id)}`"
            yield "They", plain(data.summary)
        case ScamReported():
            yield "Case of the customer", f"`{plain(data.case_id)}`"
        case Remediation():
            yield "Resource", plain(data.resource)
            yield "Done", plain(data.action)
        case ModelDrift():
            yield "Threshold", f"{data.threshold:.2f}"
        case ModelTrained():
            yield "Data set", plain(data.data_set or "not named")
            if data.why:
                yield "Why", plain(data.why)


def _why(view: CaseView) -> Iterator[Block]:
    data = view.event.data
    if not isinstance(data, SuspectedFraud):
        return
    said = [reason.text for reason in data.reasons[:4]] + list(data.causes[:3])
    # A rule and the model may see the same thing: it is said once.
    lines = [f"• {plain(text)}" for text in dict.fromkeys(said)]
    if lines:
        yield kit.section("*Why*\n" + "\n".join(lines))


def _usual(view: CaseView) -> Iterator[Block]:
    pattern, amount = view.pattern, view.case.amount
    if not pattern.months or amount is None:
        return
    bars = sparkline([month.minor for month in pattern.months])
    now = sparkline([*(month.minor for month in pattern.months), amount.minor])[-1]
    typical = pattern.typical
    text = f"*Usual*  `{bars}` spent a month, last {len(pattern.months)} months · this one `{now}`"
    if typical is not None:
        text += f" · typical month {_money(typical)}"
    times = pattern.times_typical(amount)
    if times is not None:
        text += f" · *{times:.1f}×* that"
    earlier = f"{pattern.earlier_cases} earlier case{'' if pattern.earlier_cases == 1 else 's'}"
    text += f"\n{earlier}"
    if pattern.earlier_frauds:
        text += f", {pattern.earlier_frauds} of them fraud"
    yield kit.section(text)


def _how_known(view: CaseView) -> str:
    pattern = view.pattern
    if pattern.to_payee and pattern.paid_payee is not None:
        return f"paid {pattern.to_payee}× before, {_money(pattern.paid_payee)} in a year"
    return "_never paid before_"


def _buttons(case: DeskCase, policy: DeskPolicy) -> Iterator[Block]:
    acts = acts_of(case)
    if not acts:
        return
    value = f"{case.customer_id}|{case.case_id}"
    two = policy.needs_two(case.amount) and case.is_held
    made = []
    for act in acts:
        style, question = _STYLES.get(act, ("", None))
        label = ACTS[act]
        if act is Act.RELEASE and two:
            label = f"Release ({'2nd' if case.approved_by else '1st'} of 2)"
        confirm = (f"{ACTS[act]}?", question) if question else None
        button = kit.button(label, f"{ACTION}{act}", value, confirm=confirm)
        if style:
            button["style"] = style
        made.append(button)
    yield kit.actions(f"case-{case.case_id}", made)


def _who_has_it(view: CaseView, policy: DeskPolicy) -> Iterator[str]:
    case = view.case
    if case.state.is_final:
        how = _ended_by(case, policy)
        last = view.history[-1].note if view.history else ""
        yield f"{how}{f' · {plain(last)}' if last and not last.startswith('refused') else ''}"
    elif case.owner:
        yield f"with <@{case.owner}>"
    else:
        yield "nobody has it yet"
    if case.approved_by and not case.state.is_final:
        yield f"approved once, by <@{case.approved_by}>: a second analyst has to"
    if case.taken_over_by:
        yield f"💬 <@{case.taken_over_by}> speaks with the customer: write in this thread"
    if case.cards_frozen:
        yield "❄️ cards frozen"
    if case.escalated and not case.state.is_final:
        yield "⏰ overdue"


def _ended_by(case: DeskCase, policy: DeskPolicy) -> str:
    if case.ended_by == CUSTOMER:
        said = "it was them" if case.ended_how is Act.RELEASE else "it was not them"
        return f"the customer says {said}"
    if case.ended_by in (TIME, None):
        return "ended without the desk"
    return f"by {plain(policy.name_of(case.ended_by))}"


def _deadline(case: DeskCase, *, late: bool) -> str:
    fallback = f"{case.deadline:%Y-%m-%d %H:%M} UTC"
    shown = kit.time(case.deadline.timestamp(), fallback)
    return f"*{shown}* (overdue)" if late else shown


def _age(view: CaseView) -> str:
    return f"opened {kit.time(view.case.opened_at.timestamp(), f'{view.case.opened_at:%H:%M} UTC')}"


def _money(value: Money | None) -> str:
    """As an analyst reads it: "1,234.50 USD", "$1,234.50" for dollars."""
    if value is None:
        return "unknown"
    return in_figures(value.minor, value.currency)
