"""`python -m benchmarks.bundle_sizes`: how large each function's zip is, and what is in it.

The table is kept in `docs/benchmarks/bundles.json`. A test holds what can be told without unpacking
anything (our own part, and which packages there are) against it: no function grows unnoticed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.unpacked import unpacked
from infra.aws.bundles import ROOT, own_bundle, packages_of
from infra.local.bundle import zip_as_it_is

TABLE = ROOT / "docs" / "benchmarks" / "bundles.json"
Row = Mapping[str, object]


def light_row(module: str) -> dict[str, object]:
    """What a function's zip is made of: thousands of bytes of ours, and the packages by name."""
    return {
        "own_kb": round(len(own_bundle(module)) / 1e3, 1),
        "packages": [one.partition("==")[0] for one in packages_of(module)],
    }


def measured_row(module: str) -> Row:
    """The same, and the size of the whole zip as it is uploaded, in megabytes."""
    with TemporaryDirectory() as folder:
        unpacked(module, Path(folder))
        size = len(zip_as_it_is(Path(folder))) / 1e6
    return {"zip_mb": round(size, 2), **light_row(module)}


def main() -> int:
    """Measures all functions of the templates and writes the table."""
    from infra.release import functions

    rows = {}
    for module in sorted(set(functions().values())):
        rows[module] = measured_row(module)
        sys.stderr.write(f"{rows[module]['zip_mb']:>6} MB {module}\n")
    TABLE.write_text(json.dumps(rows, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
