"""Whatever has happened to an export, it loads or is refused with a reason."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.definition.lint import lint_export
from bot.definition.load import definition_of
from bot.definition.reading import DefinitionError, Export, read_files
from bot.definition.requests import Target, requests_of

MANIFEST = PurePosixPath("Manifest.json")
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


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_lint_finds_its_way_through_any_damage(seed: int) -> None:
    random = Random(seed)
    rate = 10 ** -random.uniform(0.7, 4)
    damage = {place: damaged(content, random, rate) for place, content in FILES.items()}
    files = {place: content for place, content in damage.items() if isinstance(content, dict)}
    manifest = MANIFEST if MANIFEST in files else None
    report = lint_export(Export(files, PurePosixPath(), manifest))
    try:
        bot = definition_of(files)
    except DefinitionError:
        assert report.errors
        return
    # What loads can be asked for its requests, however odd they are.
    assert list(requests_of(bot, Target("arn:aws:iam::111122223333:role/lex-bot")))
