"""A module of ours is loaded when something in it is first used, not when a file imports it.

A cold start loads code that most first turns never need: thirty conversations, a fraud model, what
slips of paper look like. `from fulfillment.conversations import loans` costs next to nothing here,
until `loans.router` is asked for; `from fulfillment.bank.money import Money` loads at once, as
everywhere. So a file says by how it imports what it always needs and what it may need, checkers
follow both, and nothing is hidden inside functions. The loader is Python's own `LazyLoader`.

Whoever starts a function before anybody waits (provisioned concurrency, SnapStart) has everything
loaded then, and no turn pays for it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

_OURS = "fulfillment."
_INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE"
_SOMEBODY_WAITS = "on-demand"
"""Source: Lambda developer guide, "Defined runtime environment variables"."""


class LateModules(MetaPathFinder):
    """Finds modules of ours as Python does, and puts off their execution; packages come at once."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not name.startswith(_OURS):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None or spec.submodule_search_locations is not None:
            return spec
        spec.loader = LazyLoader(spec.loader)
        return spec


def load_late(environ: Mapping[str, str]) -> None:
    """From now on, where somebody waits for the start that `environ` tells of."""
    if environ.get(_INITIALIZATION, _SOMEBODY_WAITS) == _SOMEBODY_WAITS:
        sys.meta_path.insert(0, LateModules())
