"""Whatever has happened to an export, it loads or is refused with a reason."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.definition.load import definition_of
from bot.definition.reading import DefinitionError, read_files

LIBRARY = Path(__file__).parent / "bots" / "lending_library"
FILES = read_files(LIBRARY)
JUNK: tuple[Any, ...] = (None, True, 0, -1, 1e300, "", "x", [], [None], {}, {"a": 1}, [[]])


def damaged(node: Any, random: Random, rate: float) -> Any:
    """A copy in which some values, at `rate`, are something else or missing."""
    if random.random() < rate:
        return random.choice(JUNK)
    if isinstance(node, dict):
        kept = {key: value for key, value in node.items() if random.random() > rate}
        return {key: damaged(value, random, rate) for key, value in kept.items()}
    return [damaged(item, random, rate) for item in node] if isinstance(node, list) else node


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_export_loads_or_is_refused(seed: int) -> None:
    random = Random(seed)
    rate = 10 ** -random.uniform(1.5, 4)
    files = {place: damaged(content, random, rate) for place, content in FILES.items()}
    try:
        bot = definition_of({place: c for place, c in files.items() if isinstance(c, dict)})
    except DefinitionError:
        return
    assert bot.locales
