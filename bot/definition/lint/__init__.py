"""What Lex would refuse in a bot definition, and what a reviewer would say of it."""

from bot.definition.lint.findings import ERROR, WARNING, At, Finding, Rule
from bot.definition.lint.run import RULES, Report, lint, lint_export

__all__ = ["ERROR", "RULES", "WARNING", "At", "Finding", "Report", "Rule", "lint", "lint_export"]
