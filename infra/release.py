"""`teller release`: all that a release is made of, with checksums; same sources, same bytes.

Each function's own code, the zip that Lex imports, the template, the lock file that names every
package with its hash, what changed in the templates, and a statement of all of them. Packages are
built for AWS's machines when a release is deployed (`infra.aws.deploy.packing`), from the lock.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.aws.bare import bare_resources
from infra.aws.bundles import ROOT, module_of, own_bundle, packages_of
from infra.aws.changes import NoSuchCommitError, lines_since
from infra.aws.lex_bot import archive
from infra.aws.stages import STAGES
from infra.aws.template import CORE, of_type

STATEMENT, SUMS = "release.json", "SHA256SUMS"


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 2 when the folder is not empty, or the commit to compare with is not there."""
    parser = argparse.ArgumentParser(
        prog="teller release", description="Write the parts of a release, with checksums."
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--since", metavar="REF", help="tell what changed in the templates since")
    given = parser.parse_args(argv)
    if given.out.is_dir() and any(given.out.iterdir()):
        sys.stderr.write(f"teller release: {given.out} is not empty\n")
        return 2
    try:
        changes = lines_since(given.since) if given.since else None
    except NoSuchCommitError as fault:
        sys.stderr.write(f"teller release: {fault}\n")
        return 2
    written = parts(changes)
    for name, content in written.items():
        file = given.out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    facts = {"version": version(), "folder": str(given.out), "files": len(written)}
    sys.stdout.write(json.dumps(facts) + "\n")
    return 0


def parts(changes: Sequence[str] | None = None) -> dict[str, bytes]:
    """The files of a release by their path in it; `changes` are lines about the templates."""
    modules = functions()
    made = {f"functions/{name}.zip": own_bundle(module) for name, module in modules.items()}
    made["bot/Teller.zip"] = archive()
    made["template/core.json"] = CORE.read_bytes()
    made["requirements.lock"] = (ROOT / "requirements.lock").read_bytes()
    if changes is not None:
        made["template/changes.md"] = "".join(f"- {line}\n" for line in changes).encode()
    made[STATEMENT] = json.dumps(_statement(made, modules), indent=2).encode() + b"\n"
    made[SUMS] = "".join(
        f"{_digest(content)}  {name}\n" for name, content in sorted(made.items())
    ).encode()
    return made


def functions() -> dict[str, str]:
    """The modules of all functions that the templates hold, by the function's name."""
    found = of_type(bare_resources(STAGES["prod"]), "AWS::Lambda::Function")
    return {
        one["Properties"]["FunctionName"]: module_of(one["Properties"]["Handler"])
        for _, one in found
    }


def version() -> str:
    """The version of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def _statement(made: Mapping[str, bytes], modules: Mapping[str, str]) -> dict[str, object]:
    return {
        "version": version(),
        "commit": _commit(),
        "packages": {name: list(packages_of(module)) for name, module in sorted(modules.items())},
        "sha256": {name: _digest(content) for name, content in sorted(made.items())},
    }


def _commit() -> str | None:
    """The commit of the sources, with a plus when they differ from it; None without git."""
    told = [_git("rev-parse", "HEAD"), _git("status", "--porcelain", "--untracked-files=no")]
    if told[0] is None:
        return None
    return told[0] + ("+" if told[1] else "")


def _git(*words: str) -> str | None:
    found = subprocess.run(  # noqa: S603 - our own words
        ["git", *words],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return None if found.returncode else found.stdout.strip()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
