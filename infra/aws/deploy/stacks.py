"""One stack brought to its template, or taken away: by change sets, and with the reason when it fails."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError, WaiterError

_UNCHANGED = ("didn't contain changes", "No updates are to be performed")
_NEVER_MADE = ("CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED")
"""A stack whose first creation failed: nothing can be done with it but delete it."""
_BEGINS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")
_TOLD = 5
"""Of a stack that failed, so many reasons: the first is mostly the cause of the others."""


class DeployError(RuntimeError):
    """A step did not come to its end; what was deployed before it stands."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`where` is the body of a template or its address; `declared` are its parameters, `given` the
    values that were given for this run. A value that nobody gives stays as the stack has it.
    """

    where: Mapping[str, str]
    declared: frozenset[str]
    given: Mapping[str, str]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stacks:
    """`cloudformation` is a boto3 client; between two looks at a stack `pause_s` seconds go by."""

    cloudformation: Any
    pause_s: int = 10
    looks: int = 360

    def status(self, stack: str) -> str:
        """CloudFormation's word for how a stack is; empty when there is none."""
        try:
            found = self.cloudformation.describe_stacks(StackName=stack)["Stacks"]
        except ClientError as error:
            if "does not exist" not in str(error):
                raise
            return ""
        return str(found[0]["StackStatus"])

    def has(self, stack: str) -> bool:
        """Whether there is such a stack, with what was made of it."""
        return self.status(stack) not in ("", "REVIEW_IN_PROGRESS", *_NEVER_MADE)

    def bring(self, stack: str, wanted: Wanted) -> bool:
        """Whether anything changed. Raises `DeployError`; CloudFormation has rolled back then."""
        status = self.status(stack)
        if status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
            raise DeployError(f"{stack} is {status}: somebody else deploys it")
        if status in _NEVER_MADE:
            self.delete(stack)
            status = ""
        exists = status not in ("", "REVIEW_IN_PROGRESS")
        change = f"release-{secrets.token_hex(6)}"
        named = {"StackName": stack, "ChangeSetName": change}
        self.cloudformation.create_change_set(
            **named, **wanted.where,
            ChangeSetType="UPDATE" if exists else "CREATE",
            Capabilities=["CAPABILITY_NAMED_IAM"],
            Parameters=self._parameters(stack, wanted, exists),
            Tags=[{"Key": key, "Value": value} for key, value in sorted(wanted.tags.items())],
        )  # fmt: skip
        if not self._there(named):
            return False
        self.cloudformation.execute_change_set(**named)
        done = "stack_update_complete" if exists else "stack_create_complete"
        self._await(done, stack)
        return True

    def protect(self, stack: str) -> None:
        """Nobody deletes it by mistake: no template can say so, and a change set does not."""
        self.cloudformation.update_termination_protection(
            StackName=stack, EnableTerminationProtection=True
        )

    def delete(self, stack: str) -> None:
        """Raises `DeployError` when something of it could not be deleted."""
        self.cloudformation.delete_stack(StackName=stack)
        self._await("stack_delete_complete", stack)

    def of_type(self, stack: str, *types: str) -> list[str]:
        """Physical ids of a stack's resources of some types; none when there is no such stack."""
        pages = self.cloudformation.get_paginator("list_stack_resources")
        try:
            found = [one for page in pages.paginate(StackName=stack)
                     for one in page["StackResourceSummaries"]]  # fmt: skip
        except ClientError as error:
            if "does not exist" not in str(error):
                raise
            return []
        return [
            one["PhysicalResourceId"]
            for one in found
            if one["ResourceType"] in types
            and one.get("PhysicalResourceId")
            and one["ResourceStatus"] != "DELETE_COMPLETE"
        ]

    def _parameters(self, stack: str, wanted: Wanted, exists: bool) -> list[dict[str, Any]]:
        """What is left out would fall back to the template's own value, unasked: an endpoint with
        its model would go at the next deployment.
        """
        had: set[str] = set()
        if exists:
            [found] = self.cloudformation.describe_stacks(StackName=stack)["Stacks"]
            had = {one["ParameterKey"] for one in found.get("Parameters", ())}
        return [
            {"ParameterKey": name, "ParameterValue": wanted.given[name]}
            if name in wanted.given
            else {"ParameterKey": name, "UsePreviousValue": True}
            for name in sorted(wanted.declared & (set(wanted.given) | had))
        ]

    def _there(self, named: Mapping[str, str]) -> bool:
        """Whether the change set has changes. One without is taken away again."""
        try:
            self.cloudformation.get_waiter("change_set_create_complete").wait(
                **named, WaiterConfig=self._patience
            )
        except WaiterError:
            found = self.cloudformation.describe_change_set(**named)
            why = found.get("StatusReason", "")
            self.cloudformation.delete_change_set(**named)
            if any(one in why for one in _UNCHANGED):
                return False
            raise DeployError(f"{named['StackName']}: {why or found['Status']}") from None
        return True

    @property
    def _patience(self) -> dict[str, int]:
        return {"Delay": self.pause_s, "MaxAttempts": self.looks}

    def _await(self, what: str, stack: str) -> None:
        try:
            self.cloudformation.get_waiter(what).wait(StackName=stack, WaiterConfig=self._patience)
        except WaiterError:
            reasons = self._reasons(stack)
            said = "; ".join(reasons) or "CloudFormation gives no reason"
            raise DeployError(f"{stack} is {self.status(stack)}: {said}") from None

    def _reasons(self, stack: str) -> Sequence[str]:
        """Why the last operation failed, the first failure first."""
        failed = [
            f"{event['LogicalResourceId']} ({event['ResourceType']}): "
            f"{event.get('ResourceStatusReason', 'no reason')}"
            for event in self._last_operation(stack)
            if event["ResourceStatus"].endswith("_FAILED")
            and "cancelled" not in event.get("ResourceStatusReason", "")
        ]
        return failed[::-1][:_TOLD]

    def _last_operation(self, stack: str) -> Iterator[Mapping[str, Any]]:
        """Its events, newest first, back to where it began."""
        try:
            for page in self.cloudformation.get_paginator("describe_stack_events").paginate(
                StackName=stack
            ):
                for event in page["StackEvents"]:
                    yield event
                    began = event["ResourceStatus"] in _BEGINS
                    if began and event["LogicalResourceId"] == event["StackName"]:
                        return
        except ClientError:
            return
