"""A31, A32: what repairs without being asked is no weapon, and does nothing when it cannot see or
keep a way back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pydantic import ValidationError

from fulfillment.alerts.events import Severity
from fulfillment.remediation import identity
from fulfillment.remediation.findings import findings_of
from fulfillment.remediation.guard import Guard
from fulfillment.remediation.hourly import AN_HOUR, Hourly
from fulfillment.remediation.running import Remediator
from fulfillment.remediation.serving import RepairSettings
from infra.capacity.command import create_table
from tests.integration.remediation.test_repairs import ACCOUNT, Kept, account, client, guardduty

__all__ = ["account"]
DOWN = ClientError({"Error": {"Code": "ServiceUnavailable", "Message": ""}}, "PutObject")
ENVIRONMENT = {
    "TABLE_NAME": "teller", "EVIDENCE_BUCKET": "teller-evidence", "ACCOUNT_ID": ACCOUNT,
    "AWS_REGION": "us-east-1", "LEDGER_KEY_ARN": "arn:aws:kms:...", "MAY_REPAIR": "teller-",
    "BREAK_GLASS": "break-glass",
}  # fmt: skip


class NoEvidence(Kept):
    """The bucket of evidence is away."""

    def keep(self, name: str, content: str) -> None:
        raise DOWN


class Blind:
    """IAM, when whatever is asked of it fails; it is never asked to change anything."""

    def __getattr__(self, call: str) -> Callable[..., Any]:
        assert call.startswith(("get", "list")), f"{call} changes something"

        def fails(*_: object, **__: object) -> Any:
            raise DOWN

        return fails


def remediator(kept: Kept) -> Remediator:
    return Remediator(Guard(ACCOUNT, ("teller-",), ("break-glass",)), kept, kept, kept, False)


@dataclass
class Clock:
    """A time that is put on by hand."""

    now: datetime = datetime(2026, 11, 27, 10, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def an_hour(clock: Callable[[], datetime] | None = None, table: str = "teller") -> Hourly:
    return Hourly(client("dynamodb"), table, clock or Clock())


def shut_out(user: str, hourly: Hourly, kept: Kept | None = None) -> set[str]:
    """What came of a finding about `user`, by its repairs' ends."""
    finding = findings_of(guardduty("IAMUser", user))[0]
    repairs = identity.repairs_of(finding, client, hourly)
    return {one.result for one in remediator(kept or Kept()).remediate(finding, repairs)}


@pytest.fixture
def users() -> list[str]:
    create_table(client("dynamodb"), "teller")
    names = [f"user-{number}" for number in range(AN_HOUR + 2)]
    for name in names:
        client("iam").create_user(UserName=name)
        client("iam").create_access_key(UserName=name)
    return names


def test_a31_so_many_are_shut_out_within_an_hour_and_the_next_one_waits_for_a_person(
    users: list[str],
) -> None:
    clock, kept = Clock(), Kept()
    for name in users[:AN_HOUR]:
        assert "done" in shut_out(name, an_hour(clock))
    clock.now += timedelta(minutes=59)
    assert "refused" in shut_out(users[AN_HOUR], an_hour(clock), kept)
    [key] = client("iam").list_access_keys(UserName=users[AN_HOUR])["AccessKeyMetadata"]
    assert key["Status"] == "Active"
    told = list(kept.events.values())
    assert {one.severity for one in told} == {Severity.HIGH}
    assert "many-shut-out" in told[0].as_json()
    clock.now += timedelta(minutes=1)
    assert "done" in shut_out(users[AN_HOUR], an_hour(clock))


def test_a31_a_user_who_is_found_again_and_again_has_one_place(users: list[str]) -> None:
    first, second, third, fourth = users[:4]
    for _ in range(AN_HOUR + 1):
        assert "done" in shut_out(first, an_hour())
        client("iam").delete_user_policy(UserName=first, PolicyName=identity.POLICY)
    assert "done" in shut_out(second, an_hour())
    assert "done" in shut_out(third, an_hour())
    assert "refused" in shut_out(fourth, an_hour())


def test_a31_who_is_made_up_takes_no_place(users: list[str]) -> None:
    for number in range(AN_HOUR + 1):
        assert "done" not in shut_out(f"nobody-{number}", an_hour())
    assert "done" in shut_out(users[0], an_hour())


def test_a32_where_the_hour_cannot_be_counted_nobody_is_shut_out(users: list[str]) -> None:
    with pytest.raises(ClientError):
        shut_out(users[0], an_hour(table="away"))
    assert client("iam").list_user_policies(UserName=users[0])["PolicyNames"] == []


def test_a32_without_a_place_for_the_evidence_nothing_is_changed() -> None:
    iam = client("iam")
    iam.create_user(UserName="mallory")
    key = iam.create_access_key(UserName="mallory")["AccessKey"]["AccessKeyId"]
    finding = findings_of(guardduty("IAMUser", "mallory"))[0]
    with pytest.raises(ClientError):
        remediator(NoEvidence()).remediate(finding, identity.repairs_of(finding, client, an_hour()))
    [listed] = iam.list_access_keys(UserName="mallory")["AccessKeyMetadata"]
    assert (listed["AccessKeyId"], listed["Status"]) == (key, "Active")
    assert iam.list_user_policies(UserName="mallory")["PolicyNames"] == []


def test_a32_what_cannot_be_looked_at_is_not_touched_and_nobody_is_told_it_is_well() -> None:
    finding, kept = findings_of(guardduty("IAMUser", "mallory"))[0], Kept()
    with pytest.raises(ClientError):
        remediator(kept).remediate(
            finding, identity.repairs_of(finding, lambda _: Blind(), an_hour())
        )
    assert (kept.evidence, kept.events, kept.notes) == ([], {}, [])


@pytest.mark.parametrize("name", ["BREAK_GLASS", "MAY_REPAIR", "ACCOUNT_ID"])
@pytest.mark.parametrize("value", [None, ""])
def test_a32_a_function_without_its_lists_does_not_start(name: str, value: str | None) -> None:
    given = {key: one for key, one in ENVIRONMENT.items() if key != name}
    RepairSettings.model_validate(ENVIRONMENT)
    with pytest.raises(ValidationError):
        RepairSettings.model_validate(given if value is None else {**given, name: value})


def test_a32_a_function_that_is_not_told_to_act_only_says_what_it_would_do() -> None:
    assert RepairSettings.model_validate(ENVIRONMENT).dry_run


@pytest.mark.parametrize("name", ["break-glass-1", ""])
def test_a32_a_user_who_may_not_be_touched_or_has_no_name_is_let_be(name: str) -> None:
    [finding] = findings_of(guardduty("IAMUser", name or "x"))
    guard = Guard(ACCOUNT, ("teller-",), ("break-glass", ""))
    # An empty beginning in the list is that of every name: in doubt all are let be.
    assert guard.refusal(finding) is not None
