"""`teller infra synth` and `teller infra check`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.aws.app import ToolsMissingError, prepare, templates_of
from infra.aws.stages import STAGES, Stage, stage_of


def synth(argv: Sequence[str]) -> int:
    """Writes the templates of a stage; needs no AWS account and no network."""
    parser = _parser("synth", "Write the CloudFormation templates of every stack.")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR")
    given = parser.parse_args(argv)
    try:
        prepare()
    except ToolsMissingError as missing:
        return _refuse("synth", str(missing))
    try:
        given.out.mkdir(parents=True, exist_ok=True)
        written = templates_of(stage_of(given.stage), given.out)
    except OSError as fault:
        return _refuse("synth", f"{given.out} cannot be written: {fault.strerror}")
    templates = [path.name for path in written]
    facts = {"stage": given.stage, "folder": str(given.out), "templates": templates}
    sys.stdout.write(json.dumps(facts, indent=2) + "\n")
    return 0


def check(argv: Sequence[str]) -> int:
    """Exit status 0 without findings, 1 with some, 2 when the tools are not there."""
    parser = _parser(
        "check",
        "cfn-lint, cdk-nag's four packs, secrets, and grants beside what functions were seen to do.",
    )
    given = parser.parse_args(argv)
    try:
        prepare()
    except ToolsMissingError as missing:
        return _refuse("check", str(missing))
    with TemporaryDirectory() as scratch:
        report = _checked(stage_of(given.stage), Path(scratch))
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return int(bool(report["findings"]))


def _checked(stage: Stage, folder: Path) -> dict[str, object]:
    from infra.aws.acknowledged import REASONS
    from infra.aws.checks.lint import linted
    from infra.aws.checks.nag import PACKS, judged, violations_of
    from infra.aws.checks.secrets import secrets_in
    from infra.aws.rights.compare import UNSEEN, Granted, compared, granted_in, read_observed

    violations = violations_of(stage, folder)
    found, used = judged(violations)
    templates = sorted(folder.glob("*.template.json"))
    found += linted(templates)
    granted: dict[str, Granted] = {}
    for path in templates:
        template = json.loads(path.read_text())
        found += secrets_in(path.name, template)
        granted |= granted_in(template["Resources"])
    found += compared(granted, read_observed())
    return {
        "stage": stage.name,
        "packs": list(PACKS),
        "templates": len(templates),
        "functions_whose_rights_are_compared": len(granted),
        "rights_not_seen_in_use": UNSEEN,
        "findings": [one.as_json() for one in found],
        "reasons": [
            {"name": one.name, "answers": used[one.name], "why": one.why} for one in REASONS
        ],
    }


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"teller infra {name}", description=description)
    parser.add_argument("--stage", choices=sorted(STAGES), default="prod")
    parser.add_argument("--json", action="store_true", help="accepted for symmetry: it always is")
    return parser


def _refuse(name: str, why: str) -> int:
    sys.stderr.write(f"teller infra {name}: {why}\n")
    return 2
