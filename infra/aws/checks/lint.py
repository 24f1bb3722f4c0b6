"""cfn-lint's errors over templates, as findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from infra.aws.checks.findings import Finding


def linted(templates: Sequence[Path]) -> list[Finding]:
    """The errors; warnings are for whoever reads them."""
    from cfnlint.api import lint_file

    return [
        Finding("cfn-lint", match.rule.id, f"{path.name}:{match.linenumber}", match.message)
        for path in templates
        for match in lint_file(path)
        if match.rule.id.startswith("E")
    ]
