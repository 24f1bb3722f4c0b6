"""The runbooks of Systems Manager ask AWS for calls that there are, and each has its page."""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.model import OperationModel
from botocore.validate import validate_parameters

from infra.aws.automations import AUTOMATIONS, automation_resources
from infra.aws.practices.evidence import ROOT

SESSION = botocore.session.get_session()
CALLS = [
    (name, step)
    for name, (_, _, steps) in AUTOMATIONS.items()
    for step in steps
    if step["action"] in ("aws:executeAwsApi", "aws:waitForAwsResourceProperty")
]
NOT_OF_THE_CALL = {"Service", "Api", "PropertySelector", "DesiredValues"}


def operation(step: dict[str, Any]) -> OperationModel:
    return SESSION.get_service_model(step["inputs"]["Service"]).operation_model(
        step["inputs"]["Api"]
    )


@pytest.mark.parametrize(("name", "step"), CALLS, ids=[f"{n}-{s['name']}" for n, s in CALLS])
def test_a_step_asks_for_a_call_with_what_the_call_takes(name: str, step: dict[str, Any]) -> None:
    asked = {key: one for key, one in step["inputs"].items() if key not in NOT_OF_THE_CALL}
    shape = operation(step).input_shape
    assert shape is not None
    assert set(asked) <= set(shape.members)
    assert set(shape.required_members) <= set(asked)
    # Botocore wants an instant where a document has a placeholder for one.
    validate_parameters({k: v for k, v in asked.items() if not k.endswith("DateTime")}, shape)


@pytest.mark.parametrize("name", AUTOMATIONS)
def test_every_parameter_is_used_and_nothing_else_is_asked_for(name: str) -> None:
    _, parameters, steps = AUTOMATIONS[name]
    said = str(steps)
    assert {one for one in parameters if f"{{{{ {one} }}}}" in said} == set(parameters)
    assert said.count("{{") == sum(said.count(f"{{{{ {one} }}}}") for one in parameters)


def test_a_page_of_the_runbooks_names_each_automation() -> None:
    pages = "".join(page.read_text() for page in (ROOT / "docs" / "runbooks").glob("*.md"))
    for one in automation_resources().values():
        assert f"`{one['Properties']['Name']}`" in pages


def test_nobody_gets_a_role_by_starting_one() -> None:
    for one in automation_resources().values():
        assert "assumeRole" not in one["Properties"]["Content"]
