"""cdk-nag's four packs over the app: a violation without a written reason is a finding.

Run over the whole report and not inside the constructs, so that reasons stand in one file, are
counted, and one that no longer meets a violation is a finding itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.aws.acknowledged import REASONS, Reason
from infra.aws.checks.findings import Finding
from infra.aws.stages import Stage

REPORT = "validation-report.json"
PACKS = ("AwsSolutions", "Serverless", "NIST.800.53.R5", "PCI.DSS.321")


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a resource breaks, by the resource's path in the app."""

    rule: str
    path: str
    text: str


def violations_of(stage: Stage, folder: Path) -> list[Violation]:
    """Synthesises the app of `stage` under the packs' eyes. Takes about a minute."""
    import aws_cdk as cdk
    import cdk_nag

    from infra.aws.app import build

    app = build(stage, folder)
    packs = (
        cdk_nag.AwsSolutionsChecks(app),
        cdk_nag.ServerlessChecks(app),
        cdk_nag.NIST80053R5Checks(app),
        cdk_nag.PCIDSS321Checks(app),
    )
    cdk.Validations.of(app).add_plugins(*packs)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        try:
            app.synth()
        except RuntimeError as error:
            # It says so by raising that there are violations; the report has them all.
            if "Validation failed" not in str(error):
                raise
    return list(read_report(json.loads((folder / REPORT).read_text())))


def read_report(report: Mapping[str, Any]) -> Iterator[Violation]:
    """All violations of a validation report. Raises `ValueError` when a pack is not in it."""
    ran = {one["pluginName"] for one in report["pluginReports"]}
    missing = [pack for pack in PACKS if pack not in ran]
    if missing:
        raise ValueError(f"packs that did not run: {', '.join(missing)}")
    for plugin in report["pluginReports"]:
        if plugin["pluginName"] not in PACKS:
            continue
        for violation in plugin["violations"]:
            for construct in violation["violatingConstructs"]:
                yield Violation(
                    violation["ruleName"], construct["constructPath"], violation["description"]
                )


def judged(
    violations: Sequence[Violation], reasons: Sequence[Reason] = REASONS
) -> tuple[list[Finding], dict[str, int]]:
    """The findings, and how many violations each reason answers, by its name."""
    used = dict.fromkeys((reason.name for reason in reasons), 0)
    found = []
    for one in violations:
        reason = next((r for r in reasons if r.answers(one.rule, one.path)), None)
        if reason is None:
            found.append(Finding("cdk-nag", one.rule, one.path, one.text))
        else:
            used[reason.name] += 1
    found += [
        Finding("cdk-nag", "reason-without-violation", name, "the rule no longer fires: drop it")
        for name, count in used.items()
        if not count
    ]
    return found, used
