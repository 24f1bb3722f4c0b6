"""A32: what repairs without being asked does nothing when it cannot see, or keep a way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pydantic import ValidationError

from fulfillment.remediation import identity
from fulfillment.remediation.findings import findings_of
from fulfillment.remediation.guard import Guard
from fulfillment.remediation.running import Remediator
from fulfillment.remediation.serving import RepairSettings
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


def test_a32_without_a_place_for_the_evidence_nothing_is_changed() -> None:
    iam = client("iam")
    iam.create_user(UserName="mallory")
    key = iam.create_access_key(UserName="mallory")["AccessKey"]["AccessKeyId"]
    finding = findings_of(guardduty("IAMUser", "mallory"))[0]
    with pytest.raises(ClientError):
        remediator(NoEvidence()).remediate(finding, identity.repairs_of(finding, client))
    [listed] = iam.list_access_keys(UserName="mallory")["AccessKeyMetadata"]
    assert (listed["AccessKeyId"], listed["Status"]) == (key, "Active")
    assert iam.list_user_policies(UserName="mallory")["PolicyNames"] == []


def test_a32_what_cannot_be_looked_at_is_not_touched_and_nobody_is_told_it_is_well() -> None:
    finding, kept = findings_of(guardduty("IAMUser", "mallory"))[0], Kept()
    with pytest.raises(ClientError):
        remediator(kept).remediate(finding, identity.repairs_of(finding, lambda _: Blind()))
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
