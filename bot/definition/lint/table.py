"""The rules of lint as a table, for `teller lex lint --rules` and for the documentation."""

from __future__ import annotations

from bot.definition.lint.run import RULES


def rules_table() -> str:
    """Every rule in Markdown: its code, what it costs to break it, and what it asks for."""
    rows = [f"| `{rule.code}` | {rule.severity} | {rule.says} |" for rule in RULES]
    return "\n".join(["| code | severity | what lint asks for |", "|---|---|---|", *rows]) + "\n"
