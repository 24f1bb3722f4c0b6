"""`teller infra diff`: what changed in the templates since a commit, resource by resource.

Of the core template every property; of the stacks how many of each type they hold, as
`teller infra practices --update` counted them. Needs neither Node nor an account.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from infra.aws.practices.evidence import RESOURCES, ROOT
from infra.aws.template import CORE

_MISSING = object()


class NoSuchCommitError(ValueError):
    """Git knows no such commit, or the commit has no templates."""


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 2 when the commit is not there."""
    parser = argparse.ArgumentParser(
        prog="teller infra diff", description="What changed in the templates since a commit."
    )
    parser.add_argument("--since", default="HEAD", metavar="REF", help="a commit or tag (HEAD)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(argv)
    try:
        core, counts = _changes(given.since)
    except NoSuchCommitError as fault:
        sys.stderr.write(f"teller infra diff: {fault}\n")
        return 2
    if given.json:
        facts = {"since": given.since, "core": core, "stacks": counts}
        sys.stdout.write(json.dumps(facts, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"- {line}\n" for line in [*core, *counts] or ["no change"])
    return 0


def lines_since(ref: str) -> list[str]:
    """What changed since a commit, a line each. Raises `NoSuchCommitError`."""
    core, counts = _changes(ref)
    return [*core, *counts] or ["no change"]


def _changes(ref: str) -> tuple[list[str], list[str]]:
    core, stacks = at_commit(ref, CORE), at_commit(ref, RESOURCES)
    return (
        list(changed(core["Resources"], json.loads(CORE.read_text())["Resources"])),
        list(counted(stacks, json.loads(RESOURCES.read_text()))),
    )


def at_commit(ref: str, file: Any) -> dict[str, Any]:
    """A JSON file of the repository as it was. Raises `NoSuchCommitError`."""
    path = file.relative_to(ROOT).as_posix()
    found = subprocess.run(  # noqa: S603 - git, with our own file's name
        ["git", "show", "--end-of-options", f"{ref}:{path}"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if found.returncode:
        raise NoSuchCommitError(f"git has no {path} at {ref!r}")
    read: dict[str, Any] = json.loads(found.stdout)
    return read


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """A line for each resource that came or went, and for each property that is another."""
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            yield f"core: new {after[name]['Type']} {name}"
        elif name not in after:
            yield f"core: no more {before[name]['Type']} {name}"
        else:
            places = ", ".join(sorted(set(_differing(before[name], after[name]))))
            if places:
                yield f"core: {name}: {places}"


def _differing(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """The places at which two values differ, as deep as both are made of named things."""
    if before == after:
        return
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield place.removeprefix(".Properties").lstrip(".") or "itself"
        return
    for key in before.keys() | after.keys():
        old, new = before.get(key, _MISSING), after.get(key, _MISSING)
        yield from _differing(old, new, f"{place}.{key}")


def counted(
    before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]]
) -> Iterator[str]:
    """A line for each type of which a stack has more or fewer."""
    for stack in sorted(before.keys() | after.keys()):
        old, new = before.get(stack, {}), after.get(stack, {})
        for kind in sorted(old.keys() | new.keys()):
            if old.get(kind, 0) != new.get(kind, 0):
                yield f"{stack}: {kind} {old.get(kind, 0)} -> {new.get(kind, 0)}"
