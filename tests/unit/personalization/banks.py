"""Small invented tables in the columns of the public ones."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

DEPOSIT = (
    "age", "job", "marital", "default", "contact", "month", "duration", "campaign", "pdays",
    "previous", "poutcome", "emp.var.rate", "euribor3m", "nr.employed", "y",
)  # fmt: skip
LOAN = (
    "ID", "Age", "Income", "Family", "CCAvg", "Education", "Mortgage", "Personal Loan",
    "Securities Account", "CD Account", "Online", "CreditCard",
)  # fmt: skip


def deposits(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Calls of which those to former takers succeed most."""
    rng = Random(seed)
    rows = []
    for number in range(count):
        success = rng.random() < 0.2
        taken = rng.random() < (0.7 if success else 0.08)
        rows.append(
            dict(
                zip(
                    DEPOSIT,
                    (
                        str(rng.randint(18, 80)),
                        rng.choice(["admin.", "services", "technician"]),
                        rng.choice(["single", "married"]),
                        "no",
                        rng.choice(["cellular", "telephone"]),
                        rng.choice(["may", "jun"]),
                        str(rng.randint(10, 900)),
                        str(rng.randint(1, 5)),
                        "6" if success else "999",
                        str(int(success)),
                        "success" if success else "nonexistent",
                        "-1.8",
                        f"{1.3 + number / count:.3f}",
                        "5099.1",
                        "yes" if taken else "no",
                    ),
                    strict=True,
                )
            )
        )
    return rows


def holders(count: int, seed: int = 2, first: int = 1) -> list[dict[str, str]]:
    """Customers of whom those who earn most have a loan."""
    rng = Random(seed)
    rows = []
    for number in range(count):
        income = rng.randint(8, 220)
        loan = int(income > 110 and rng.random() < 0.8)
        rows.append(
            dict(
                zip(
                    LOAN,
                    (
                        str(first + number),
                        str(rng.randint(23, 67)),
                        str(income),
                        str(rng.randint(1, 4)),
                        f"{income / 60:.1f}",
                        str(rng.randint(1, 3)),
                        "0",
                        str(loan),
                        str(int(rng.random() < 0.1)),
                        str(int(rng.random() < 0.1)),
                        str(int(rng.random() < 0.6)),
                        str(int(rng.random() < 0.3)),
                    ),
                    strict=True,
                )
            )
        )
    return rows


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
