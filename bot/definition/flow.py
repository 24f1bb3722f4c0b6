"""Where a dialog goes from a point: responses, next steps, conditions and code hooks, as values.

Source: API reference, DialogState, ConditionalSpecification, DialogCodeHookInvocationSetting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.definition.speech import Response


@dataclass(frozen=True, slots=True)
class SlotOverride:
    """What a step puts into a slot: one value, a list of values, or nothing (it is cleared)."""

    value: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """The dialog's next action, by Lex's name, and the values that are set on the way.

    `intent` None means the current one, `action` None that only values are set. `suppress`: the
    message that the action would say by itself is left out.
    """

    action: str | None = None
    slot: str | None = None
    intent: str | None = None
    slots: Mapping[str, SlotOverride] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    suppress: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A way that is taken when its condition holds; the default branch has none."""

    name: str
    condition: str | None
    response: Response = ()
    next_step: NextStep | None = None


@dataclass(frozen=True, slots=True)
class Conditional:
    """Branches in order: the first whose condition holds is taken, else the default."""

    branches: tuple[Branch, ...]
    default: Branch | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows an event of the dialog. An inactive conditional is None. False when empty."""

    response: Response = ()
    next_step: NextStep | None = None
    conditional: Conditional | None = None

    def __bool__(self) -> bool:
        return bool(self.response or self.next_step or self.conditional)


NOTHING = Outcome()
"""Nothing is said or set: the dialog goes on as it would by itself."""


@dataclass(frozen=True, slots=True)
class CodeHook:
    """An active dialog code hook at one point. Without `invokes` it succeeds uncalled."""

    invokes: bool
    label: str | None = None
    success: Outcome = NOTHING
    failure: Outcome = NOTHING
    timeout: Outcome = NOTHING


@dataclass(frozen=True, slots=True)
class ElicitationHook:
    """A code hook that hears the replies to a question; it exists only where it is enabled."""

    label: str | None = None
