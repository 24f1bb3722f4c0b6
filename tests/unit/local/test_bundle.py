import io
import zipfile
from pathlib import Path

from infra.local.bundle import build_bundle, bundle_key


def _package(root: Path, text: str = "ANSWER = 42\n") -> Path:
    folder = root / "pkg"
    (folder / "__pycache__").mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").write_text(text)
    (folder / "__pycache__" / "stale.pyc").write_bytes(b"stale")
    (folder / "reply.j2").write_text("hello")
    return root


def test_a_bundle_holds_sources_data_and_bytecode_but_no_stale_cache(tmp_path: Path) -> None:
    bundle = build_bundle(_package(tmp_path), ("pkg",))
    names = zipfile.ZipFile(io.BytesIO(bundle)).namelist()
    assert "pkg/__init__.py" in names
    assert "pkg/reply.j2" in names
    assert any(name.startswith("pkg/__pycache__/__init__.") for name in names)
    assert not any("stale" in name for name in names)


def test_the_same_sources_in_another_folder_give_the_same_bundle(tmp_path: Path) -> None:
    first = build_bundle(_package(tmp_path / "a"), ("pkg",))
    second = build_bundle(_package(tmp_path / "b"), ("pkg",))
    assert first == second
    assert bundle_key(first) == bundle_key(second)


def test_changed_code_gets_a_new_key(tmp_path: Path) -> None:
    before = build_bundle(_package(tmp_path / "a"), ("pkg",))
    after = build_bundle(_package(tmp_path / "b", "ANSWER = 43\n"), ("pkg",))
    assert bundle_key(before) != bundle_key(after)
