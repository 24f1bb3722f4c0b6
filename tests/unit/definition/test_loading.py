"""An export as it is read: from a folder or a zip, whatever its dialect."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from bot.definition import DefinitionError, load
from tests.unit.definition.zip_crypto import locked

LIBRARY = Path(__file__).parent / "bots" / "lending_library"
LOCALE = Path("LendingLibrary/BotLocales/en_GB")
Write = Callable[..., Path]


@pytest.fixture
def archive(tmp_path: Path) -> Write:
    """Zips the library, below `top`; `change` maps a file's path to other content, or None."""

    def write(top: str = "", change: dict[str, bytes | None] | None = None) -> Path:
        path = tmp_path / "export.zip"
        files: dict[str, bytes | None] = {
            str(file.relative_to(LIBRARY)): file.read_bytes() for file in LIBRARY.rglob("*.json")
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in {**files, **(change or {})}.items():
                if content is not None:
                    made.writestr(top + name, content)
        return path

    return write


def test_a_folder_and_its_zip_are_the_same_bot(archive: Write) -> None:
    assert load(archive()) == load(LIBRARY)


def test_a_folder_above_the_manifest_is_ignored(archive: Write) -> None:
    assert load(archive("zipped-by-hand/")) == load(LIBRARY)


def test_what_an_operating_system_adds_is_ignored(archive: Write) -> None:
    strange = {"__MACOSX/LendingLibrary/Bot.json": b"\x00", "LendingLibrary/notes.txt": b"hello"}
    assert load(archive(change=strange)) == load(LIBRARY)


def test_a_byte_order_mark_is_ignored(archive: Write) -> None:
    marked = b"\xef\xbb\xbf" + (LIBRARY / "LendingLibrary" / "Bot.json").read_bytes()
    assert load(archive(change={"LendingLibrary/Bot.json": marked})) == load(LIBRARY)


@pytest.mark.parametrize(
    "manifest",
    [
        {"metadata": {"schemaVersion": 1, "fileFormat": "LexJson", "resourceType": "Bot"}},
        {"metaData": {"schemaVersion": "1.0", "resourceType": "BOT_LOCALE"}},
        {"metaData": {"resourceType": "BotLocale"}},
        {},
    ],
)
def test_every_known_form_of_the_manifest_is_read(
    archive: Write, manifest: dict[str, object]
) -> None:
    assert load(archive(change={"Manifest.json": json.dumps(manifest).encode()})).name


def test_a_manifest_in_small_letters_is_one(archive: Write) -> None:
    content = (LIBRARY / "Manifest.json").read_bytes()
    path = archive(change={"Manifest.json": None, "manifest.json": content})
    assert load(path).name == "LendingLibrary"


def test_a_locale_without_its_bot_is_named_after_its_folder(archive: Write) -> None:
    bot = load(archive(change={"LendingLibrary/Bot.json": None}))
    assert (bot.name, bot.version, bot.idle_ttl_s) == ("LendingLibrary", "DRAFT", 300)


def test_the_bot_s_own_settings_are_read() -> None:
    bot = load(LIBRARY)
    assert (bot.name, bot.identifier, bot.version, bot.idle_ttl_s) == (
        "LendingLibrary",
        "QWERTYUIOP",
        "3",
        900,
    )
    assert bot.child_directed is False
    assert list(bot.locales) == ["en_GB"]
    assert bot.locales["en_GB"].threshold == 0.55


def test_every_file_is_kept_word_for_word_for_a_writer() -> None:
    kept = load(LIBRARY).files
    on_disk = {
        PurePosixPath(file.relative_to(LIBRARY).as_posix()): json.loads(file.read_text())
        for file in LIBRARY.rglob("*.json")
    }
    assert kept == on_disk


def test_unknown_keys_are_kept_with_their_object() -> None:
    locale = load(LIBRARY).locales["en_GB"]
    assert locale.raw["speechDetectionSensitivity"] == "Default"
    assert "qnAIntentConfiguration" in locale.intents["BorrowBook"].raw


# --- what no export holds ---


@pytest.mark.parametrize("name", ["../evil.json", "/etc/evil.json", "a\\evil.json"])
def test_a_path_that_leaves_the_archive_is_refused(archive: Write, name: str) -> None:
    with pytest.raises(DefinitionError, match="unsafe path"):
        load(archive(change={name: b"{}"}))


def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("Manifest.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("Manifest.json", "{}")
    with pytest.raises(DefinitionError, match="twice"):
        load(path)


def test_an_archive_that_unpacks_to_more_than_any_export_is_refused(
    archive: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive()
    monkeypatch.setattr("bot.definition.reading.MAX_BYTES", 1000)
    for place in (path, LIBRARY):
        with pytest.raises(DefinitionError, match="larger than any Lex export"):
            load(place)


def test_a_damaged_archive_is_refused(archive: Write) -> None:
    path = archive()
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(bytes(content))
    with pytest.raises(DefinitionError):
        load(path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Manifest.json": None}, "has no Manifest.json"),
        ({"Manifest.json": b'{"metaData": {"schemaVersion": "2"}}'}, "schema version 2"),
        ({"Manifest.json": b'{"metaData": {"resourceType": "TEST_SET"}}'}, "is not a bot"),
        ({"Manifest.json": b'{"metaData": "1"}'}, "metaData must be an object"),
        ({"LendingLibrary/Bot.json": b"{"}, "LendingLibrary/Bot.json: is not JSON"),
        ({"LendingLibrary/Bot.json": b"\xff"}, "LendingLibrary/Bot.json: is not JSON"),
        ({"LendingLibrary/Bot.json": b"[]"}, "must hold one JSON object"),
        ({"LendingLibrary/Bot.json": b"[" * 100_000}, "is not JSON"),
        ({"LendingLibrary/Bot.json": b'{"idleSessionTTLInSeconds": "soon"}'}, "the wrong kind"),
        ({"Other/Bot.json": b'{"name": "Other"}'}, "is a second bot"),
        ({f"{LOCALE}/BotLocale.json": None}, "has no BotLocale.json"),
        ({f"{LOCALE}/BotLocale.json": b'{"nluConfidenceThreshold": {}}'}, "the wrong kind"),
        (
            {"LendingLibrary/BotLocales/fr/BotLocale.json": b'{"identifier": "en_GB"}'},
            "en_GB is defined twice",
        ),
        (
            {f"{LOCALE}/Intents/Copy/Intent.json": b'{"name": "BorrowBook"}'},
            "BorrowBook is defined twice",
        ),
        ({f"{LOCALE}/Intents/Copy/Intent.json": b"{}"}, "Copy/Intent.json: lacks 'name'"),
        (
            {f"{LOCALE}/Intents/Copy/Intent.json": b'{"name": "C", "outputContexts": [{}]}'},
            "Copy/Intent.json: lacks 'name'",
        ),
        (
            {f"{LOCALE}/Intents/BorrowBook/Slots/x/Slot.json": b'{"name": "card"}'},
            "card is defined twice",
        ),
        (
            {f"{LOCALE}/SlotTypes/x/SlotType.json": b'{"name": "x", "slotTypeValues": [3]}'},
            "x/SlotType.json: has a value of the wrong kind",
        ),
    ],
)
def test_a_definition_that_cannot_be_read_names_the_file_and_the_reason(
    archive: Write, change: dict[str, bytes | None], words: str
) -> None:
    with pytest.raises(DefinitionError) as refused:
        load(archive(change=change))
    assert words in str(refused.value)


def test_what_is_neither_a_folder_nor_a_zip_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", LIBRARY / "Manifest.json", tmp_path):
        with pytest.raises(DefinitionError):
            load(path)


def test_a_locked_archive_needs_its_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    path.write_bytes(locked("Manifest.json", b"{}", b"sesame"))
    with pytest.raises(DefinitionError, match="protected by a password"):
        load(path)
    with pytest.raises(DefinitionError, match="does not open"):
        load(path, password="open")
    with pytest.raises(DefinitionError, match=r"has no BotLocale.json"):
        load(path, password="sesame")


def test_a_folder_without_its_manifest_is_read_from_its_bot(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY / "LendingLibrary", tmp_path / "LendingLibrary")
    assert load(tmp_path / "LendingLibrary").locales == load(LIBRARY).locales
    assert load(tmp_path).name == "LendingLibrary"


def test_files_beside_the_definition_do_not_disturb_it(archive: Write) -> None:
    beside = {"manifest.json": b"{}", "test-events.json": b"[1]", "notes.json": b"{} {}"}
    inside = {f"{LOCALE}/Intents/BorrowBook/draft.json": b"soon"}
    assert load(archive(change={**beside, **inside})).locales == load(LIBRARY).locales


def test_the_manifest_above_the_bot_counts_and_not_that_of_a_web_page(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY, tmp_path / "deploy" / "lex")
    (tmp_path / "manifest.json").write_text('{"short_name": "Library"}')
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "manifest.json").write_text('{"short_name": "Library"}')
    assert load(tmp_path / "deploy").locales == load(LIBRARY).locales
    assert load(tmp_path).locales == load(LIBRARY).locales


def test_an_export_of_lex_v1_is_told_by_its_name(tmp_path: Path) -> None:
    about = {"schemaVersion": "1.0", "importType": "LEX", "importFormat": "JSON"}
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as made:
        made.writestr("Library.json", json.dumps({"metadata": about, "resource": {}}))
    with pytest.raises(DefinitionError, match="an export of Lex V1"):
        load(tmp_path / "old.zip")


def test_exports_side_by_side_are_not_guessed_between(tmp_path: Path) -> None:
    for name in ("first", "second"):
        shutil.copytree(LIBRARY, tmp_path / "clone" / name)
    with pytest.raises(DefinitionError, match=r"holds several exports, name one of them: .*second"):
        load(tmp_path)
    assert load(tmp_path / "clone" / "second") == load(LIBRARY)
