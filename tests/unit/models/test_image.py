"""The models' image is made of what is here: no machine of this project builds it."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec

from infra.aws.functions import Function
from infra.aws.training.request import SCRIPT
from infra.local.stack import ROOT

_DOCKERFILE = (ROOT / "models" / "Dockerfile").read_text()


def _all(pattern: str) -> list[str]:
    return re.findall(pattern, _DOCKERFILE, re.MULTILINE)


def test_it_copies_what_is_there_and_every_package_that_a_wheel_holds() -> None:
    copied = [name for line in _all(r"^COPY (.+)$") for name in line.split()[:-1]]
    assert all((ROOT / name).exists() for name in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert set(packages) <= set(copied)
    [extra] = _all(r"'\.\[(\w+)\]'")
    assert extra in project["project"]["optional-dependencies"]


def test_it_has_the_python_of_the_functions_and_the_uv_of_the_makefile() -> None:
    [python] = _all(r"^FROM python:(3\.\d+)-slim$")
    runtime = Function("Any", "fulfillment.handlers.stream.handler", "", []).resources()["Any"][
        "Properties"
    ]["Runtime"]
    assert f"python{python}" == runtime
    [uv] = _all(r"uv==([\d.]+)")
    assert f"UV_VERSION := {uv}\n" in (ROOT / "Makefile").read_text()


def test_it_starts_the_server_and_holds_the_script_of_the_training_job() -> None:
    [module] = _all(r'^ENTRYPOINT \["python", "-m", "([\w.]+)"\]$')
    assert find_spec(f"{module}.__main__") is not None
    assert SCRIPT[:2] == ("python", "-m")
    assert find_spec(SCRIPT[2]) is not None
