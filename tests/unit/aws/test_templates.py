"""What the core template becomes on AWS, before CDK takes it in: no Node needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.aws.acknowledged import REASONS, Reason
from infra.aws.alarms import alarms_of
from infra.aws.bank_alarms import bank_alarms, spending_alarm
from infra.aws.bundles import bundle_key, module_of, modules_of, packages_of
from infra.aws.checks.nag import PACKS, Violation, judged, read_report
from infra.aws.checks.secrets import secrets_in
from infra.aws.hardening import hardened
from infra.aws.lex_bot import archive, bot_resources, digest_of
from infra.aws.lifetimes import STATEFUL, cut
from infra.aws.repair_rules import PATTERNS
from infra.aws.repairs import repair_resources
from infra.aws.stages import STAGES, Stage
from infra.aws.template import Json, of_type, read_template, references

PROD, DEV = STAGES["prod"], STAGES["dev"]


def of_core(stage: Stage = PROD) -> dict[str, Json]:
    return hardened(read_template()["Resources"], stage)


def functions() -> Iterator[tuple[str, Json]]:
    for name, one in of_type(of_core(), "AWS::Lambda::Function"):
        yield name, one["Properties"]


def test_the_data_stack_keeps_what_cannot_be_made_again_and_nothing_else() -> None:
    data, rest = cut(read_template())
    assert {one["Type"] for one in data["Resources"].values()} <= STATEFUL
    assert not {one["Type"] for one in rest["Resources"].values()} & STATEFUL
    assert "BankTable" in data["Resources"]


def test_the_assistant_refers_to_no_resource_that_is_in_the_other_stack() -> None:
    data, rest = cut(read_template())
    asked = {name for name, _ in references(rest["Resources"])}
    assert asked.isdisjoint(data["Resources"])


def test_all_that_the_assistant_imports_is_exported() -> None:
    data, rest = cut(read_template())
    exported = {one["Export"]["Name"] for one in data["Outputs"].values()}
    written = json.dumps(rest["Resources"])
    imported = {part.split('"')[0] for part in written.split('{"Fn::ImportValue": "')[1:]}
    assert imported
    assert imported <= exported


def test_nobody_fixes_the_clock_on_aws() -> None:
    _, rest = cut(read_template())
    assert "TELLER_CLOCK" not in json.dumps(rest)


def test_hardening_leaves_its_argument_as_it_is() -> None:
    before = read_template()["Resources"]
    hardened(before, PROD)
    assert before == read_template()["Resources"]


@pytest.mark.parametrize(("name", "properties"), list(functions()))
def test_every_function_traces_is_bounded_and_has_dead_letters(name: str, properties: Json) -> None:
    assert properties["TracingConfig"] == {"Mode": "Active"}
    assert properties["ReservedConcurrentExecutions"] > 0
    assert properties["DeadLetterConfig"]["TargetArn"] == {
        "Fn::GetAtt": [f"{name}DeadLetters", "Arn"]
    }
    assert properties["Architectures"] == ["arm64"]


def test_the_table_outlives_its_stack_in_production_and_costs_nothing_after_dev() -> None:
    assert of_core(PROD)["BankTable"]["DeletionPolicy"] == "Retain"
    assert of_core(PROD)["BankTable"]["Properties"]["DeletionProtectionEnabled"] is True
    assert of_core(DEV)["BankTable"]["DeletionPolicy"] == "Delete"


def test_no_role_has_a_policy_of_another_or_an_inline_one() -> None:
    made = of_core()
    for name, role in of_type(made, "AWS::IAM::Role"):
        assert "Policies" not in role["Properties"]
        assert made[f"{name}Policy"]["Properties"]["Roles"] == [{"Ref": name}]


def test_a_bundle_holds_what_its_function_imports_and_no_conversation_for_the_messenger() -> None:
    messenger = {str(path) for path in modules_of("fulfillment.handlers.messenger")}
    assert "fulfillment/store/contacts.py" in messenger
    assert not any(path.startswith("fulfillment/conversations/") for path in messenger)
    assert not any("jinja2" in one for one in packages_of("fulfillment.handlers.messenger"))


def test_the_same_sources_have_the_same_key() -> None:
    module = module_of("fulfillment.handlers.messenger.handler")
    assert bundle_key(module) == bundle_key(module)
    assert bundle_key(module) != bundle_key("fulfillment.handlers.sweeper")


def test_a_version_of_the_bot_is_named_by_its_definition_and_kept() -> None:
    made = bot_resources(PROD)
    version = f"BotVersion{digest_of(archive())}"
    assert made[version]["DeletionPolicy"] == "Retain"
    assert made["BotAlias"]["Properties"]["BotVersion"] == {"Fn::GetAtt": [version, "BotVersion"]}


def test_every_finding_goes_to_a_function_that_is_there_and_repairs_are_dry_in_dev() -> None:
    made = repair_resources(DEV)
    for name, (function, _) in PATTERNS.items():
        assert made[name]["Properties"]["Targets"][0]["Arn"] == {"Fn::GetAtt": [function, "Arn"]}
        variables = made[function]["Properties"]["Environment"]["Variables"]
        assert variables["DRY_RUN"] == "true"


def test_the_function_that_disables_users_is_denied_the_break_glass_role() -> None:
    policy = repair_resources(PROD)["RepairIdentityRole"]["Properties"]["Policies"][0]
    denied = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
    assert "user/break-glass*" in json.dumps(denied)
    assert "iam:UpdateAccessKey" in denied[0]["Action"]


def test_there_are_fewer_than_fifteen_reasons_and_each_says_something() -> None:
    assert len(REASONS) < 15
    assert all(len(reason.why) > 60 for reason in REASONS)


def test_a_violation_without_a_reason_and_a_reason_without_a_violation_are_findings() -> None:
    reasons = (Reason("known", "Rule-1", "data/.*", "why"), Reason("old", "Rule-9", ".*", "why"))
    found, used = judged(
        [Violation("Rule-1", "data/Table", ""), Violation("Rule-1", "channels/Api", "")], reasons
    )
    assert [(one.rule, one.where) for one in found] == [
        ("Rule-1", "channels/Api"),
        ("reason-without-violation", "old"),
    ]
    assert used == {"known": 1, "old": 0}


def test_a_report_in_which_a_pack_is_missing_is_not_believed() -> None:
    report = {"pluginReports": [{"pluginName": pack, "violations": []} for pack in PACKS[1:]]}
    with pytest.raises(ValueError, match="AwsSolutions"):
        list(read_report(report))


def test_a_secret_in_a_template_is_found_by_its_shape_and_by_its_place() -> None:
    template = {"Env": {"A": "AKIA" + "Q" * 16, "DbPassword": "hunter2", "Name": "teller"}}
    assert [one.where for one in secrets_in("t", template)] == ["t/Env/A", "t/Env/DbPassword"]


def test_every_alarm_names_a_runbook_that_is_there() -> None:
    root = Path(__file__).resolve().parents[3]
    made = alarms_of([{"Resources": of_core()}]) | bank_alarms() | spending_alarm(PROD)
    assert "FulfillmentFails" in made
    assert "FulfillmentDeadLettersWaiting" in made
    for one in made.values():
        runbook = one["Properties"]["AlarmDescription"].removeprefix("Runbook: ")
        assert (root / runbook).is_file(), runbook
