"""The report of a run for people: tables in the terminal, tables and a picture in one HTML file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.evaluation.figures import confusions, judged_rows
from bot.evaluation.growth import Proposal
from bot.evaluation.heat_map import heat_map
from bot.evaluation.judging import ConversationResult
from bot.evaluation.running import said_before

_RATES = {
    "intent_accuracy": "Intents heard right",
    "top3_accuracy": "Right among the first three",
    "slot_accuracy": "Slots filled right",
    "conversation_success": "Conversations right throughout",
    "below_threshold": "Rows under the threshold",
}
_MOST_CONFUSIONS = 15


def as_text(summary: Mapping[str, Any], results: Sequence[ConversationResult]) -> str:
    """Tables for a terminal: the rates, the weakest intents, the confusions with examples."""
    lines = [f"{label:<32}{percent(summary[name])}" for name, label in _RATES.items()]
    lines.append(f"{'Rows':<32}{summary['rows']}")
    weakest = sorted(summary["intents"], key=lambda row: (row["f1"] or 0.0, row["intent"]))
    lines += ["", f"{'intent':<32}{'wanted':>8}{'precision':>11}{'recall':>9}{'f1':>8}"]
    lines += [
        f"{row['intent']:<32}{row['wanted']:>8}{percent(row['precision']):>11}"
        f"{percent(row['recall']):>9}{percent(row['f1']):>8}"
        for row in weakest
    ]
    found = confusions(judged_rows(results))[:_MOST_CONFUSIONS]
    if found:
        lines += ["", "Confusions, the most frequent first"]
    for confusion in found:
        lines.append(f"{confusion.count:>4}  {confusion.expected} heard as {confusion.actual}")
        lines += [f"        {text}" for text in confusion.examples[:3]]
    for error, count in summary["errors"].items():
        lines.append(f"{count:>4}  turns refused: {error}")
    return "\n".join(lines) + "\n"


def proposals_as_text(proposals: Iterable[Proposal]) -> str:
    """Utterances worth adding, under their intents."""
    lines: list[str] = []
    intent = None
    for proposal in proposals:
        if proposal.intent != intent:
            intent = proposal.intent
            lines.append(f"\n{intent}")
        note = f"like {proposal.speaks_for} rows, " if proposal.speaks_for > 1 else ""
        clash = f"; but it is a sample of {proposal.conflict}" if proposal.conflict else ""
        lines.append(f"  {proposal.utterance}  ({note}heard as {proposal.heard_as}{clash})")
    return "\n".join(lines).lstrip("\n") + "\n" if lines else "Nothing to add.\n"


def as_html(
    name: str,
    summary: Mapping[str, Any],
    results: Sequence[ConversationResult],
    proposals: Sequence[Proposal],
) -> str:
    """One self-contained page: rates, picture, intents, confusions, dialogs, what to add."""
    pages = Environment(
        loader=PackageLoader("bot.evaluation", "pages"),
        autoescape=select_autoescape(["j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["percent"] = percent
    rows = judged_rows(results)
    pairs = Counter(
        (r.heard.intent or "(none)", r.heard.intent or "(none)")
        if r.intent == "Matched"
        else (r.row.expected.intents[0], r.heard.intent or "(none)")
        for r in rows
        if r.intent != "ExecutionError"
    )
    return pages.get_template("report.html.j2").render(
        name=name,
        summary=summary,
        rates=_RATES,
        picture=Markup(heat_map(pairs)),  # noqa: S704 - our own drawing, its labels escaped
        confusions=confusions(rows),
        proposals=proposals,
        dialogs=[
            (talk, list(said_before(talk))) for talk in results if not talk.conversation.is_single
        ],
    )


def percent(rate: float | None) -> str:
    """A rate as a percentage with one decimal, or a dash."""
    return "-" if rate is None else f"{rate * 100:.1f} %"
