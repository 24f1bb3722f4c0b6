"""`python -m benchmarks.function_sizes`: what each function needs, and how much memory that makes.

Every function is started from its own bundle; what a laptop runs is watched on a running bank
besides. The figures are kept in `docs/benchmarks/function-sizes.json`, and the table in
docs/performance.md is made of them (`--table` makes it anew and measures nothing). They are of this
machine's processor and this Python. A test holds the templates' memory against the rule.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from benchmarks.function_alone import edge_worked, started
from benchmarks.function_data import audited, drift_mb
from benchmarks.function_traffic import CUSTOMERS, Work, worked
from infra.aws.bare import bare_resources
from infra.aws.bundles import ROOT
from infra.aws.cost.data import Prices, read_prices
from infra.aws.right_sizes import (
    SIZES_MB,
    Measured,
    Need,
    read_needs,
    right_size,
    usd_a_million,
)
from infra.aws.stages import STAGES
from infra.aws.template import Json, of_type
from infra.local.load.bank import loaded_bank
from infra.pages import put_between

FIGURES = ROOT / "docs" / "benchmarks" / "function-sizes.json"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- python -m benchmarks.function_sizes --table -->\n", "<!-- end -->"
_TURNS, _TRANSACTIONS = 200, 200


def main(argv: Sequence[str] | None = None) -> int:
    """Measures, unless only the table is asked for, and writes the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.function_sizes")
    parser.add_argument("--table", action="store_true", help="measure nothing, write the table")
    if not parser.parse_args(argv).table:
        rows = {name: asdict(one) for name, one in measured().items()}
        FIGURES.write_text(json.dumps(rows, indent=1) + "\n")
    PAGE.write_text(with_table(PAGE.read_text()))
    return 0


def functions() -> Mapping[str, Json]:
    """The properties of all functions of the templates, by the function's name."""
    found = of_type(bare_resources(STAGES["prod"]), "AWS::Lambda::Function")
    return {one["Properties"]["FunctionName"]: one["Properties"] for _, one in found}


def needs() -> Mapping[str, Need]:
    """What each of them is waited for."""
    return read_needs({name: one["Timeout"] for name, one in functions().items()})


def read_figures() -> Mapping[str, Measured]:
    """What was measured last."""
    return {name: Measured(**row) for name, row in json.loads(FIGURES.read_text()).items()}


def measured() -> Mapping[str, Measured]:
    """All functions, one after the other; then those that a running bank shows."""
    found = {name: _alone(name, one) for name, one in functions().items()}
    with loaded_bank(CUSTOMERS) as bank:
        works = {"teller-chat-edge": edge_worked(bank)}
        works |= worked(bank, _TURNS, _TRANSACTIONS)
        audit = audited(bank)
    # The same turn by another door, which nothing on a laptop opens: no event of its own was seen.
    works["teller-chat-stream"] = replace(works["teller-chat-edge"], runs=0)
    found |= {name: _with(found[name], work) for name, work in works.items()}
    reader, watch = found["teller-ledger-audit"], found["teller-drift-watch"]
    return found | {
        "teller-ledger-audit": replace(
            reader, run_ms=round(audit.run_ms), data_mb=round(audit.held_mb)
        ),
        "teller-drift-watch": replace(watch, data_mb=round(drift_mb())),
    }


def _alone(name: str, properties: Json) -> Measured:
    told = properties["Environment"]["Variables"]
    environment = {key: value if isinstance(value, str) else "x" for key, value in told.items()}
    ms, mb = started(properties["Handler"], environment | {"LOG_LEVEL": "INFO"})
    sys.stderr.write(f"{ms:>6.0f} ms {mb:>4.0f} MB {name}\n")
    return Measured(round(ms), round(mb, 1))


def _with(alone: Measured, work: Work) -> Measured:
    return replace(alone, start_ms=round(work.start_ms), run_ms=round(work.run_ms, 1),
                   peak_mb=round(work.peak_mb, 1), runs=work.runs)  # fmt: skip


def with_table(page: str) -> str:
    """The page with the table of what was measured last."""
    return put_between(page, BEGIN, END, table(read_figures(), needs(), read_prices()))


def table(figures: Mapping[str, Measured], wanted: Mapping[str, Need], prices: Prices) -> str:
    """A row for each function: figures, the memory that they make, dollars of a million events."""
    sizes = " | ".join(f"$ at {size:,}" for size in SIZES_MB[:-1])
    rows = [
        f"| function | waited for by | start | with its first event | an event | most, MB | memory"
        f" | {sizes} |",
        "|---|---|" + "--:|" * (5 + len(SIZES_MB) - 1),
    ]
    for name, seen in figures.items():
        need = wanted[name]
        dollars = [usd_a_million(size, seen, need, prices) if seen.runs else None
                   for size in SIZES_MB[:-1]]  # fmt: skip
        cells = [
            name.removeprefix("teller-"), need.waits or "nobody", _figure(seen.init_ms),
            _figure(seen.start_ms), _figure(seen.run_ms), _figure(seen.fullest_mb),
            f"**{right_size(seen, need):,}**",
            *("" if one is None else f"{one:.2f}" for one in dollars),
        ]  # fmt: skip
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
