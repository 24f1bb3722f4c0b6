"""How a function's clients of AWS behave: how long they wait, and what they leave out.

An AWS client spends most of a turn's processor time on itself. Two parts of that serve nobody here
and are left out: it describes itself anew for each request (a tenth of a turn; ours say the same
once), and it checks the shape of each request, which the service does too, and the tests, whose
clients check, do before it (a twentieth). Both are settings of botocore's own.
"""

from __future__ import annotations

from functools import cache
from platform import python_version
from typing import Final

import botocore
from botocore.config import Config

_MODE: Final = "standard"


def client_config(*, connect_s: float = 1, read_s: float, attempts: int = 3) -> Config:
    """Waits for a connection and for an answer so long each, and asks at most so often in all."""
    return Config(
        connect_timeout=connect_s,
        read_timeout=read_s,
        retries={"mode": _MODE, "total_max_attempts": attempts},
        parameter_validation=False,
        user_agent=_user_agent(),
    )


@cache
def _user_agent() -> str:
    return f"Teller Botocore/{botocore.__version__} lang/python#{python_version()}"
