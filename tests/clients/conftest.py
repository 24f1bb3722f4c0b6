"""The coffee counter served for other people's clients, and where those clients are."""

from tests.integration.runtime.conftest import (
    clock,
    definition,
    endpoint,
    hook,
    runtime,
    said,
)

__all__ = ["clock", "definition", "endpoint", "hook", "runtime", "said"]
