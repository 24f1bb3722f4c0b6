"""`teller models bench personalization`: how long one customer's propensities take, as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from fulfillment.personalization.model.artefact import read_propensities
from models.fraud.benchmark import over_http, timed
from models.serve.server import MODEL_FILE

SHIPPED = Path(__file__).resolve().parents[2] / "fulfillment" / "personalization" / "shipped_model"
ASKED: Final = ("personal_loan_from_ledger", "certificate_from_ledger")
"""What a conversation asks of, in one call."""
CUSTOMER: Final = {"Income": 60.0, "CCAvg": 1.6, "CreditCard": 1.0, "Personal Loan": 0.0}


def main(argv: Sequence[str] | None = None) -> int:
    """`argv` may name a model's folder; the model that ships is measured otherwise."""
    names = [word for word in argv or () if not word.startswith("-")]
    sys.stdout.write(json.dumps(measure(Path(names[0]) if names else SHIPPED), indent=2) + "\n")
    return 0


def measure(folder: Path) -> dict[str, Any]:
    """Every figure of the model in `folder`."""
    content = (folder / MODEL_FILE).read_bytes()
    model = read_propensities(content)
    scores = {name: timed(partial(model.of[name].probability, CUSTOMER)) for name in ASKED}
    return {
        "machine": {"cpus": os.cpu_count(), "load": os.getloadavg()[0]},
        "model": {"version": model.version, "bytes": len(content)},
        "score_one_row": scores,
        "read": timed(lambda: read_propensities(content), 20),
        "invocations_on_loopback": over_http(
            folder, [{"product": name, **CUSTOMER} for name in ASKED]
        ),
    }


if __name__ == "__main__":
    sys.exit(main())
