"""One finding from its arrival to its evidence: guard, look, act, look again, tell.

Every step can be done twice. The evidence of what was there is written before anything is changed,
so that nothing is ever changed without a way back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from fulfillment.alerts.events import Remediation, SecurityEvent, Severity, security_event
from fulfillment.remediation.controls import ACCESS_ANALYZER
from fulfillment.remediation.findings import Finding
from fulfillment.remediation.guard import Guard
from fulfillment.remediation.repair import RefusedError, Repair, State

WELL, DONE, WOULD, REFUSED = "well", "done", "would", "refused"


class StillWrongError(RuntimeError):
    """A repair was made and it does not hold: somebody has to look at once."""


class Evidence(Protocol):
    """Where what was found and done is kept; what is kept is never changed."""

    def keep(self, name: str, content: str) -> None:
        """Keeps `content` under `name`. May raise botocore's own errors."""


class Outbox(Protocol):
    """Where security events go."""

    def record(self, event: SecurityEvent) -> bool:
        """Records an event once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one repair. `why` is set for a refusal."""

    action: str
    result: str
    before: State = field(default_factory=dict)
    after: State = field(default_factory=dict)
    undo: list[State] = field(default_factory=list)
    why: str | None = None

    def as_json(self) -> State:
        return {
            "action": self.action, "result": self.result, "before": self.before,
            "after": self.after, "undo": self.undo, "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remediator:
    """`hub` is a Security Hub client. With `dry_run` all is done but the repair itself."""

    guard: Guard
    evidence: Evidence
    outbox: Outbox
    hub: Any
    dry_run: bool = True

    def remediate(self, finding: Finding, repairs: Sequence[Repair]) -> list[Outcome]:
        """Deals with one finding.

        Raises `StillWrongError`, and botocore's own errors: EventBridge brings the finding again.
        """
        refusal = self.guard.refusal(finding)
        if refusal is not None:
            outcomes = [Outcome("nothing", REFUSED, why=refusal)]
        else:
            outcomes = [self._repair(finding, repair) for repair in repairs]
        self._tell(finding, outcomes)
        return outcomes

    def _repair(self, finding: Finding, repair: Repair) -> Outcome:
        before = repair.look()
        if repair.is_well(before):
            return Outcome(repair.action, WELL, before)
        undo = [call.as_json() for call in repair.undo(before)]
        if self.dry_run:
            return self._kept(finding, Outcome(repair.action, WOULD, before, undo=undo))
        self._kept(finding, Outcome(repair.action, "begun", before, undo=undo))
        try:
            repair.act(before)
        except RefusedError as refusal:
            return self._kept(finding, Outcome(repair.action, REFUSED, before, why=str(refusal)))
        after = repair.look()
        outcome = Outcome(repair.action, DONE, before, after, undo)
        if not repair.is_well(after):
            raise StillWrongError(f"{repair.action}: {finding.resource}")
        return self._kept(finding, outcome)

    def _kept(self, finding: Finding, outcome: Outcome) -> Outcome:
        content = json.dumps(
            {"finding": finding.id, "what": finding.what, "resource": finding.resource,
             **outcome.as_json()},
            sort_keys=True, default=str,
        )  # fmt: skip
        found = hashlib.sha256(finding.id.encode()).hexdigest()[:24]
        step = hashlib.sha256(content.encode()).hexdigest()[:12]
        self.evidence.keep(f"remediation/{found}/{outcome.result}-{step}.json", content)
        return outcome

    def _tell(self, finding: Finding, outcomes: Sequence[Outcome]) -> None:
        if finding.product_arn is not None and outcomes:
            self.hub.batch_update_findings(**note_of(finding, outcomes))
        for outcome in outcomes:
            # What was well already is told nobody: a finding comes again and again.
            if outcome.result != WELL:
                self.outbox.record(event_of(finding, outcome))


def event_of(finding: Finding, outcome: Outcome) -> SecurityEvent:
    """The security event of one outcome. A finding told twice makes one event."""
    action = outcome.action if outcome.why is None else f"{outcome.action}: {outcome.why}"
    if outcome.result == WOULD:
        action = f"would {action}"
    return security_event(
        Remediation(
            finding=f"{finding.source} {finding.what}"[:120],
            resource=finding.resource,
            action=action[:120],
            done=outcome.result == DONE,
        ),
        f"{finding.id}/{outcome.action}/{outcome.result}",
        finding.found_at,
        source="remediation",
        severity=Severity.MEDIUM if outcome.result == DONE else Severity.HIGH,
    )


def note_of(finding: Finding, outcomes: Sequence[Outcome]) -> Mapping[str, Any]:
    """What Security Hub is told: resolved if all is well now, else that somebody was notified.

    What the access analyser found was only resolved by taking it away: not every stranger whom it
    names is the whole world, and who of them may come in is for a person to say.
    """
    is_well = all(outcome.result in (WELL, DONE) for outcome in outcomes)
    if finding.what == ACCESS_ANALYZER:
        is_well = is_well and any(outcome.result == DONE for outcome in outcomes)
    said = "; ".join(
        f"{outcome.result}: {outcome.action}" + (f" ({outcome.why})" if outcome.why else "")
        for outcome in outcomes
    )
    return {
        "FindingIdentifiers": [{"Id": finding.id, "ProductArn": finding.product_arn}],
        "Workflow": {"Status": "RESOLVED" if is_well else "NOTIFIED"},
        "Note": {"Text": said[:512], "UpdatedBy": "teller-remediation"},
    }
