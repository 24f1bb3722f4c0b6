"""How a folder of exports is read."""

import shutil
from pathlib import Path

import pytest

from tests.exports.layout import OURS, LayoutError, exhibit_of, exhibits_below, exports_below

BOTS = Path(__file__).parents[1] / "bots"


def test_folders_and_zips_are_found_wherever_they_are(tmp_path: Path) -> None:
    shutil.copytree(BOTS / "pizzeria", tmp_path / "clone" / "my bot" / "pizzeria")
    shutil.make_archive(str(tmp_path / "a bot"), "zip", BOTS / "pizzeria")
    (tmp_path / "other.zip").write_bytes(b"not a zip")
    found = [path.relative_to(tmp_path).as_posix() for path in exports_below(tmp_path)]
    assert found == ["a bot.zip", "clone/my bot/pizzeria"]


def test_a_conversation_names_its_export_and_its_hook(tmp_path: Path) -> None:
    file = tmp_path / "order.chat"
    file.write_text("# export: shop/bot.zip\n# hook: app:handler in shop/src\ncustomer: hi\n")
    exhibit = exhibit_of(file, tmp_path)
    assert exhibit.export == tmp_path / "shop" / "bot.zip"
    assert (exhibit.hook, exhibit.folder) == ("app:handler", tmp_path / "shop" / "src")
    assert file not in [e.conversation for e in exhibits_below(tmp_path)], "its export is missing"


def test_a_conversation_without_an_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "order.chat").write_text("customer: hi\n")
    with pytest.raises(LayoutError, match="has no line"):
        exhibits_below(tmp_path)


def test_our_conversations_say_where_their_exports_are_published() -> None:
    files = sorted(OURS.glob("*.chat"))
    assert len(files) >= 3
    for file in files:
        assert "# repository: github.com/" in file.read_text("utf-8"), file
        assert exhibit_of(file, Path("clones")).export.parts[0] == "clones"
