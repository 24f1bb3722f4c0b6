"""Many cases as one message: how many of what, the gravest by name, each a click away. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from fulfillment.alerts.case_view import CaseView
from fulfillment.alerts.slack import blocks as kit
from fulfillment.alerts.slack.blocks import Block, plain

OPEN = "digest:open"
"""The action of a line's button: show that case as a message of its own."""
_LINES = 15
_GRAVEST_FIRST = {"high": 0, "medium": 1, "low": 2}


def digest_of(
    views: Sequence[CaseView], headline: Callable[[CaseView], str]
) -> tuple[str, list[Block]]:
    """(what a notification says, the blocks). Within Slack's fifty blocks for any number."""
    ranked = sorted(views, key=_rank)
    kinds = Counter(view.case.kind for view in views)
    title = f"📚 {len(views)} more case{'' if len(views) == 1 else 's'} in a burst"
    said = " · ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in kinds.most_common())
    made = [kit.header(title), kit.context(said)]
    for view in ranked[:_LINES]:
        case = view.case
        line = kit.section(f"*{plain(headline(view))}*\n{plain(view.customer)} · {case.severity}")
        value = f"{case.customer_id}|{case.case_id}"
        line["accessory"] = kit.button("Open", OPEN, value)
        made.append(line)
    rest = len(ranked) - _LINES
    if rest > 0:
        following = ranked[_LINES]
        value = f"{following.case.customer_id}|{following.case.case_id}"
        made.append(kit.context(f"and {rest} more, all on record"))
        made.append(kit.actions("digest-rest", [kit.button("Open the next one", OPEN, value)]))
    return title, made


def _rank(view: CaseView) -> tuple[int, int]:
    amount = view.case.amount
    return _GRAVEST_FIRST.get(view.case.severity, 3), -(amount.minor if amount else 0)
