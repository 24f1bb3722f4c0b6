"""The stacks of prod as CDK writes them, synthesised once for all who ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra.aws.stages import STAGES
from infra.aws.template import Json


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """Every template of prod, by its stack."""
    pytest.importorskip("aws_cdk", reason="CDK is not installed: make infra")
    from infra.aws.app import prepare, templates_of

    prepare()
    folder: Path = tmp_path_factory.mktemp("prod")
    return {
        path.name.partition(".")[0]: json.loads(path.read_text())
        for path in templates_of(STAGES["prod"], folder)
    }


@pytest.fixture(scope="session")
def synthesised(templates: dict[str, Json]) -> dict[str, Json]:
    """All resources of prod, by stack and logical id."""
    return {
        f"{stack}/{name}": one
        for stack, template in templates.items()
        for name, one in template["Resources"].items()
    }
