"""Writes down every call that goes through botocore, by who made it.

Stands alone (no import of ours, and botocore only when asked to record), since it is loaded by path
into the processes of the local bank's functions. A call counts once AWS let it pass: with a right
answer or with a refusal that is about the data, such as a condition that failed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = "TELLER_OBSERVED_CALLS"
"""Environment variable: where to write; nothing is recorded without it."""
_DENIED = ("AccessDenied", "UnauthorizedOperation", "AccessDeniedException")


def record(name_of: Callable[[], str | None]) -> None:
    """Records from now on; `name_of` tells whose call it is, or None for nobody's."""
    from botocore.client import BaseClient
    from botocore.exceptions import ClientError

    clients: Any = BaseClient
    real = clients._make_api_call
    file = Path(os.environ[FOLDER]) / f"{os.getpid()}.tsv"
    seen: set[str] = set()

    def call(client: Any, operation: str, params: dict[str, Any]) -> Any:
        refused = ""
        try:
            return real(client, operation, params)
        except ClientError as error:
            refused = str(error.response.get("Error", {}).get("Code", ""))
            raise
        finally:
            name = name_of() if refused not in _DENIED else None
            if name is not None:
                service = client.meta.service_model.service_name
                line = f"{name}\t{service}\t{operation}\t{_parts(operation, params)}\n"
                if line not in seen:
                    seen.add(line)
                    with file.open("a") as out:
                        out.write(line)

    clients._make_api_call = call


def _parts(operation: str, params: dict[str, Any]) -> str:
    """What a transaction is made of: IAM asks for a right for each kind of part."""
    if not operation.startswith("Transact"):
        return ""
    return ",".join(sorted({next(iter(item)) for item in params["TransactItems"]}))
