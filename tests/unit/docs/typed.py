"""`make types`: the Python of every page passes mypy, strict, as code of ours does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.unit.docs.pages import ROOT, Block, blocks, pages

PARTS = {
    "docs/tutorials/deploy.md": "part of docs/examples/core_banking/rest_core.py, which is checked"
    " whole; tests/integration/store/test_rest_core.py keeps the page as the file is",
}
"""Pages whose Python cannot stand alone, and why."""


def snippets() -> list[Block]:
    """The Python blocks that stand alone."""
    every = [block for page in pages() for block in blocks(page) if block.language == "python"]
    return [one for one in every if str(one.page.relative_to(ROOT)) not in PARTS]


def main() -> int:
    """mypy's exit status; a fault is told with the page's name and the line in it."""
    with TemporaryDirectory() as folder:
        files = []
        for block in snippets():
            page = str(block.page.relative_to(ROOT)).replace("/", "__").replace(".", "_")
            file = Path(folder) / f"{page.replace('-', '_')}_{block.line}.py"
            # As many empty lines as stand before it, so that mypy counts as the page does.
            file.write_text("\n" * block.line + block.text, "utf-8")
            files.append(str(file))
        command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
        return subprocess.run([*command, *files], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
