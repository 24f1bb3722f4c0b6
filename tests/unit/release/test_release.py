"""A release is the same bytes whenever it is built, and says what is in it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from infra.licences import UNKNOWN, licences
from infra.release import STATEMENT, SUMS, main, parts, version

ROOT = Path(__file__).resolve().parents[3]
COPYLEFT = ("GPL", "General Public License", "SSPL")
LIBRARIES = {"python-stdnum"}
"""Under the Lesser licence, used as they are: docs/dependencies.md says so."""


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return parts(["core: no change"])


def test_a_second_build_in_another_process_has_the_same_bytes(built: dict[str, bytes]) -> None:
    script = (
        "import sys; from infra.release import parts;"
        "sys.stdout.write(parts(['core: no change'])['SHA256SUMS'].decode())"
    )
    again = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True
    )
    assert again.stdout == built[SUMS]


def test_every_checksum_is_that_of_its_file_and_no_file_is_without_one(
    built: dict[str, bytes],
) -> None:
    lines = [line.split("  ") for line in built[SUMS].decode().splitlines()]
    told = {name: digest for digest, name in lines}
    assert set(told) == set(built) - {SUMS}
    assert all(hashlib.sha256(built[name]).hexdigest() == digest for name, digest in told.items())


def test_a_release_holds_every_function_the_bot_the_template_and_the_lock(
    built: dict[str, bytes],
) -> None:
    assert {"bot/Teller.zip", "template/core.json", "requirements.lock"} <= set(built)
    bundle = zipfile.ZipFile(BytesIO(built["functions/teller-fulfillment.zip"]))
    assert "fulfillment/handlers/lex.py" in bundle.namelist()
    assert not [name for name in bundle.namelist() if name.startswith("tests/")]
    statement = json.loads(built[STATEMENT])
    assert statement["version"] == version()
    assert any(one.startswith("pydantic==") for one in statement["packages"]["teller-fulfillment"])


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("x")
    assert main(["-o", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]


def test_every_package_says_its_licence_and_none_asks_for_our_source() -> None:
    found = licences()
    assert UNKNOWN not in found.values()
    asking = {name for name, said in found.items() if any(word in said for word in COPYLEFT)}
    assert asking <= LIBRARIES
