"""What may be touched at all: decided before anything is looked at, and in doubt by no."""

from __future__ import annotations

from dataclasses import dataclass

from fulfillment.remediation.findings import Finding, Thing

_BY_PREFIX = {
    Thing.BUCKET,
    Thing.OBJECT,
    Thing.TABLE,
    Thing.FUNCTION,
    Thing.SECRET,
    Thing.TRAIL,
    Thing.TOPIC,
    Thing.QUEUE,
    Thing.LOG_GROUP,
    Thing.SWITCHES,
}
_A_PERSON_MUST = {
    Thing.ROOT: "the root user is dealt with by a person",
    Thing.ROLE: "a role's sessions are revoked by a person: services work under roles",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """`may_repair`: what the names of our own resources begin with. `break_glass`: identities by
    which people get in when nothing else lets them, each with all that its name begins.
    """

    account: str
    may_repair: tuple[str, ...]
    break_glass: tuple[str, ...]

    def refusal(self, finding: Finding) -> str | None:
        """Why the finding's resource must be let be; None when it may be repaired."""
        if finding.account != self.account:
            return "of another account"
        if finding.thing in _A_PERSON_MUST:
            return _A_PERSON_MUST[finding.thing]
        if finding.thing is Thing.USER:
            if not finding.name or finding.name.startswith(self.break_glass):
                return "the way in when nothing else is"
            return None
        if finding.thing in _BY_PREFIX and not finding.name.startswith(self.may_repair):
            return "not on the list of what may be repaired"
        return None
