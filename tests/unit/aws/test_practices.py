"""The table of practices tells the truth: what a row names is there."""

from __future__ import annotations

import json
import re

from infra.aws.alarms import DASHBOARDS, NAMESPACE
from infra.aws.bare import bare_resources
from infra.aws.hardening import hardened
from infra.aws.practices.command import PAGE, with_table
from infra.aws.practices.evidence import (
    ROOT,
    Practice,
    counted,
    lost,
    read_practices,
    read_resources,
    table,
)
from infra.aws.repair_rules import NOTICES, PATTERNS
from infra.aws.repairs import repair_resources
from infra.aws.stages import STAGES

PROD = STAGES["prod"]
IDENTIFIERS = re.findall(r'r"(\\b.*?)"', (ROOT / "infra/aws/stacks/security.py").read_text())


def test_no_row_has_lost_its_resource_its_code_or_its_test() -> None:
    types = {kind for found in read_resources().values() for kind in found}
    assert lost(read_practices(), types) == []


def test_all_fifty_three_rows_are_there_once() -> None:
    assert [one.id for one in read_practices()] == [f"R{n:02d}" for n in range(1, 54)]


def test_a_row_that_loses_something_is_named_with_what_it_lost() -> None:
    row = Practice("R99", "x", "yes", ("AWS::Gone::Thing",), ("fulfillment.gone",),
                   ("tests/unit/aws/test_practices.py::test_gone",), ("cfn-lint",))  # fmt: skip
    assert lost([row], {"AWS::S3::Bucket"}) == [
        "R99: no stack has a AWS::Gone::Thing",
        "R99: there is no module fulfillment.gone",
        "R99: there is no test tests/unit/aws/test_practices.py::test_gone",
    ]
    silent = Practice("R98", "x", "no", (), (), (), ())
    assert lost([silent], ()) == ["R98: no, and not a word of what is lacking"]


def test_the_table_in_the_docs_is_the_one_that_the_rows_give() -> None:
    page = PAGE.read_text()
    assert with_table(page, table(read_practices())) == page


def test_the_resources_that_were_counted_hold_all_that_we_describe_ourselves() -> None:
    kinds = {kind for found in read_resources().values() for kind in found}
    own = counted({"own": bare_resources(PROD)})["own"]
    assert set(own) <= kinds


def test_macie_s_patterns_find_the_bank_s_account_numbers_and_no_order_number() -> None:
    iban, us = (re.compile(one) for one in IDENTIFIERS)
    assert iban.search("GB33 BUKB 2020 1555 5555 55")
    assert us.search("021000021 / 123456789")
    assert not iban.search("order AB-1234")
    assert not us.search("20261123")


def test_a_bucket_that_drifted_goes_to_the_function_that_repairs_buckets() -> None:
    function, pattern = PATTERNS["ConfigFound"]
    assert function == "RepairStorage"
    assert pattern["detail"]["resourceType"] == ["AWS::S3::Bucket"]


def test_people_are_told_of_root_of_rights_of_keys_and_of_threats() -> None:
    made = hardened(repair_resources(PROD), PROD)
    assert {
        "RootWasUsed",
        "RightsChanged",
        "KeyIsToGo",
        "VulnerabilityFound",
        "ThreatFound",
    } == set(NOTICES)
    for name in NOTICES:
        assert made[name]["Properties"]["Targets"][0]["Arn"] == {"Ref": "SecurityNotices"}
    policy = json.dumps(made["SecurityNoticesPolicy"])
    assert "events.amazonaws.com" in policy


def test_saved_queries_ask_logs_that_are_there() -> None:
    asked = set(re.findall(r"/aws/lambda/[a-z-]+",
                           (ROOT / "infra/aws/stacks/observability.py").read_text()))  # fmt: skip
    groups = {
        one["Properties"]["LogGroupName"]
        for one in bare_resources(PROD).values()
        if one["Type"] == "AWS::Logs::LogGroup"
    }
    assert asked
    assert asked <= groups


def test_every_figure_on_a_dashboard_is_emitted_by_code_or_by_aws() -> None:
    code = "".join(path.read_text() for path in (ROOT / "fulfillment").rglob("*.py"))
    for graphs in DASHBOARDS.values():
        for _, _, metrics in graphs:
            for namespace, name, *_ in metrics:
                if namespace == NAMESPACE:
                    word = re.sub(r"^(Holds|Doubts|ScheduledPayments)", "", name)
                    assert name in code or word.lower() in code, name
