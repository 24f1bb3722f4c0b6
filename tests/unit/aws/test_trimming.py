"""What a bundle keeps of the packages that it is made with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from infra.aws.trimming import services_of, trim

CHAT = "fulfillment.handlers.lex"
KNOWN = ("dynamodb", "ec2", "s3", "sagemaker-runtime", "secretsmanager", "sns", "appconfigdata")


def laid(folder: Path, *names: str, text: str = "") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def left(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_function_keeps_the_services_that_its_code_names_and_that_powertools_asks_for() -> None:
    assert services_of(CHAT, KNOWN) == frozenset(KNOWN) - {"ec2"}


def test_descriptions_and_endpoints_of_other_services_go(tmp_path: Path) -> None:
    laid(tmp_path, "botocore/data/s3/1/service-2.json", "botocore/data/ec2/1/service-2.json")
    told = {"partitions": [{"partition": "aws", "services": {"s3": {"a": 1}, "ec2": {}}}]}
    laid(tmp_path, "botocore/data/endpoints.json", text=json.dumps(told))
    trim(CHAT, tmp_path)
    kept = {"botocore/data/s3/1/service-2.json", "botocore/data/endpoints.json"}
    assert left(tmp_path) == kept
    told["partitions"][0]["services"] = {"s3": {"a": 1}}
    assert json.loads((tmp_path / "botocore/data/endpoints.json").read_text()) == told


def test_a_service_is_described_without_its_manual_and_members_of_that_name_stay(
    tmp_path: Path,
) -> None:
    described = tmp_path / "botocore/data/s3/1/service-2.json.gz"
    described.parent.mkdir(parents=True)
    members = {"documentation": {"shape": "Text", "documentation": "<p>What it says.</p>"}}
    shapes = {"Page": {"type": "structure", "members": members}, "Text": {"type": "string"}}
    whole = {"documentation": "<p>A service.</p>", "shapes": shapes}
    described.write_bytes(gzip.compress(json.dumps(whole).encode()))
    trim(CHAT, tmp_path)
    assert left(tmp_path) == {"botocore/data/s3/1/service-2.json"}
    members["documentation"].pop("documentation")
    told = json.loads(described.with_suffix("").read_text())
    assert told == {"shapes": shapes}


def test_what_an_installer_has_linked_to_its_cache_stays_whole_there(tmp_path: Path) -> None:
    cached = tmp_path / "cached.json"
    whole = json.dumps({"partitions": [{"partition": "aws", "services": {"ec2": {}}}]})
    cached.write_text(whole)
    linked = tmp_path / "code/botocore/data/endpoints.json"
    linked.parent.mkdir(parents=True)
    linked.hardlink_to(cached)
    trim(CHAT, tmp_path / "code")
    assert "ec2" not in linked.read_text()
    assert cached.read_text() == whole


def test_a_locale_stays_with_those_whose_data_it_goes_on_with(tmp_path: Path) -> None:
    ours = {"root", "en", "en_US", "en_001", "en_GB", "es", "es_419", "es_US"}
    laid(tmp_path, *(f"babel/locale-data/{name}.dat" for name in (*ours, "en_AU", "fr", "es_ES")))
    trim(CHAT, tmp_path)
    assert left(tmp_path) == {f"babel/locale-data/{name}.dat" for name in ours}


def test_modules_that_no_import_leads_to_go_and_those_found_by_country_stay(tmp_path: Path) -> None:
    laid(tmp_path, "stdnum/__init__.py", "stdnum/exceptions.py", "stdnum/isbn.py")
    laid(tmp_path, "stdnum/isbn.dat", "stdnum/iban.dat", "stdnum/es/__init__.py")
    laid(tmp_path, "stdnum/es/ccc.py", "stdnum/es/nie.py", "stdnum/fr/siren.py")
    laid(tmp_path, "stdnum/iban.py", text="from stdnum.exceptions import *\nnumdb.get('iban')\n")
    laid(tmp_path, "stdnum/es/iban.py", text="from stdnum.es import ccc\n")
    trim(CHAT, tmp_path)
    kept = ("__init__.py", "exceptions.py", "iban.py", "iban.dat", "es/__init__.py", "es/iban.py")
    assert left(tmp_path) == {f"stdnum/{name}" for name in (*kept, "es/ccc.py")}
