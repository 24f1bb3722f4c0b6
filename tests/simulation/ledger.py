"""The right answers: a ledger in plain Python that is asked before it is changed.

It knows nothing of keys, conditions or transactions. `Verdict.effect` is what has to happen when
the answer is yes, and None when nothing may.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.simulation.ledger_codes import Codes
from tests.simulation.ledger_holds import Holds
from tests.simulation.ledger_schedules import Schedules
from tests.simulation.ledger_service import Service


@dataclass
class Ledger(Schedules, Holds, Service, Codes):
    """Every customer's things, and every movement there ever was."""
