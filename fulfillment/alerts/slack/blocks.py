"""Block Kit's pieces, within its limits, with what comes from outside escaped.

Source: Slack, "Block Kit reference": 3,000 characters a section's text, 2,000 a field, 10 fields,
150 a header, 25 elements an actions block; "Formatting text": `&`, `<` and `>` are markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from xml.sax.saxutils import escape

Block = dict[str, Any]

_MOST_TEXT = 3000
_MOST_FIELD = 2000
_MOST_HEADER = 150


def plain(text: str) -> str:
    """Text of somebody else's, which cannot be markup of ours: no mention, no link, no bold."""
    quiet = escape(text)
    return quiet.replace("*", "∗").replace("_", "＿").replace("~", "∼").replace("`", "ˋ")


def header(text: str) -> Block:
    return {
        "type": "header",
        "text": {"type": "plain_text", "text": text[:_MOST_HEADER], "emoji": True},
    }


def section(text: str) -> Block:
    return {"type": "section", "text": _markdown(text, _MOST_TEXT)}


def fields(pairs: Sequence[tuple[str, str]]) -> Block:
    """Names in bold over their values, two a row; at most ten."""
    shown = [_markdown(f"*{name}*\n{value}", _MOST_FIELD) for name, value in pairs[:10]]
    return {"type": "section", "fields": shown}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [_markdown(text, _MOST_TEXT) for text in texts[:10]]}


def divider() -> Block:
    return {"type": "divider"}


def actions(block_id: str, buttons: Sequence[Block]) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(buttons)}


def button(
    text: str,
    action: str,
    value: str,
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: tuple[str, str] | None = None,
) -> Block:
    """`confirm` is the title and the question of the dialog that comes before the click counts."""
    made: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": text, "emoji": True},
        "action_id": action,
        "value": value,
    }
    if style:
        made["style"] = style
    if confirm:
        title, question = confirm
        made["confirm"] = {
            "title": {"type": "plain_text", "text": title},
            "text": {"type": "mrkdwn", "text": question},
            "confirm": {"type": "plain_text", "text": text},
            "deny": {"type": "plain_text", "text": "Not yet"},
        }
    return made


def time(unix: float, fallback: str) -> str:
    """A moment, which Slack shows on the reader's own clock."""
    return f"<!date^{int(unix)}^{{date_short_pretty}} {{time}}|{fallback}>"


def _markdown(text: str, most: int) -> Block:
    return {"type": "mrkdwn", "text": text if len(text) <= most else text[: most - 1] + "…"}
