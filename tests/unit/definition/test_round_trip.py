"""What is read is written back: every file, every key, whoever invented it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.definition import DefinitionError, load
from bot.definition.reading import read_export, read_files
from bot.definition.writing import canonical, write_folder, zip_of

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = Path(__file__).parent / "bots" / "lending_library"
EXPORTS = [LIBRARY, ROOT / "lex_definitions", ROOT / "tests/integration/runtime/bots/beanbar"]
LOCALE = PurePosixPath("B/BotLocales/en_US")
Json = dict[str, Any]

leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    leaves.filter(lambda leaf: leaf not in (float("inf"), float("-inf"))),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
unknown = st.dictionaries(st.text(min_size=1).map(lambda name: f"x{name}"), values, max_size=4)


@st.composite
def exports(draw: st.DrawFn) -> dict[PurePosixPath, Json]:
    """Exports of one intent whose every file has keys that nobody has heard of."""

    def with_unknown(known: Json) -> Json:
        return {**known, **draw(unknown)}

    intent = LOCALE / "Intents" / "I"
    return {
        PurePosixPath("Manifest.json"): with_unknown({"metaData": with_unknown({})}),
        PurePosixPath("B/Bot.json"): with_unknown({"name": "B", "description": draw(st.text())}),
        LOCALE / "BotLocale.json": with_unknown({"identifier": "en_US"}),
        intent / "Intent.json": with_unknown(
            {"name": "I", "sampleUtterances": [with_unknown({"utterance": draw(st.text())})]}
        ),
        intent / "ConversationFlow.json": draw(unknown),
        intent / "Slots" / "s" / "Slot.json": with_unknown({"name": "s"}),
        LOCALE / "SlotTypes" / "T" / "SlotType.json": with_unknown({"name": "T"}),
        LOCALE / "CustomVocabulary" / "CustomVocabulary.json": draw(unknown),
    }


def canonical_files(contents: dict[PurePosixPath, bytes]) -> dict[PurePosixPath, bytes]:
    return {place: canonical(json.loads(content)) for place, content in contents.items()}


def in_folder(folder: Path) -> dict[PurePosixPath, bytes]:
    return {
        PurePosixPath(file.relative_to(folder).as_posix()): file.read_bytes()
        for file in folder.rglob("*.json")
    }


def in_zip(archive: bytes) -> dict[PurePosixPath, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {PurePosixPath(name): opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_a_bot_that_is_read_and_written_is_the_same_in_a_folder_and_in_a_zip(
    export: Path, tmp_path: Path
) -> None:
    original = canonical_files(in_folder(export))
    files = load(export).files
    write_folder(files, tmp_path)
    assert canonical_files(in_folder(tmp_path)) == original
    assert canonical_files(in_zip(zip_of(files))) == original


@settings(max_examples=60, deadline=None)
@given(exports())
def test_keys_that_nobody_has_heard_of_survive_folder_and_zip(
    files: dict[PurePosixPath, Json],
) -> None:
    expected = {place: canonical(content) for place, content in files.items()}
    with TemporaryDirectory() as name:
        folder, archive = Path(name) / "folder", Path(name) / "bot.zip"
        write_folder(files, folder)
        archive.write_bytes(zip_of(files))
        for path in (folder, archive):
            read = load(path).files
            assert {place: canonical(content) for place, content in read.items()} == expected


@settings(max_examples=30, deadline=None)
@given(exports(), st.randoms())
def test_a_zip_depends_on_the_files_and_not_on_their_order(
    files: dict[PurePosixPath, Json], random: Any
) -> None:
    shuffled = list(files.items())
    random.shuffle(shuffled)
    assert zip_of(dict(shuffled)) == zip_of(files)


def test_the_manifest_is_the_first_entry_at_the_root() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_of(load(LIBRARY).files))) as archive:
        assert archive.namelist()[0] == "Manifest.json"


def test_half_of_a_surrogate_pair_survives(tmp_path: Path) -> None:
    files = {PurePosixPath("Manifest.json"): {"odd": "\ud800"}}
    write_folder(files, tmp_path)
    assert json.loads((tmp_path / "Manifest.json").read_bytes()) == {"odd": "\ud800"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_number_that_json_does_not_have_is_refused(tmp_path: Path, number: str) -> None:
    (tmp_path / "Manifest.json").write_text(f'{{"metaData": {number}}}')
    with pytest.raises(DefinitionError, match="is not JSON"):
        read_files(tmp_path)


def test_an_export_without_its_manifest_can_be_read_to_mend_it(tmp_path: Path) -> None:
    write_folder({LOCALE / "BotLocale.json": {"identifier": "en_US"}}, tmp_path)
    export = read_export(tmp_path)
    assert export.manifest is None
    assert list(export.files) == [LOCALE / "BotLocale.json"]


def test_the_folder_above_a_manifest_is_told(tmp_path: Path) -> None:
    write_folder({PurePosixPath("again/Manifest.json"): {}}, tmp_path)
    export = read_export(tmp_path)
    assert (export.root, export.manifest) == (
        PurePosixPath("again"),
        PurePosixPath("Manifest.json"),
    )
