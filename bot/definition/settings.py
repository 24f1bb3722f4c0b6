"""Settings beside the dialog: voice, updates during a fulfilment, and waiting for a customer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.definition.speech import Response


@dataclass(frozen=True, slots=True)
class Voice:
    """The Amazon Polly voice of a locale; `engine` is None in older exports."""

    voice_id: str
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class FulfillmentUpdates:
    """What is said while a fulfilment runs, in seconds from its start. Streaming only."""

    start: Response = ()
    start_delay_s: int | None = None
    update: Response = ()
    update_every_s: int | None = None
    timeout_s: int | None = None


@dataclass(frozen=True, slots=True)
class WaitAndContinue:
    """What is said while a customer looks something up for a slot."""

    waiting: Response = ()
    still_waiting: Response = ()
    still_waiting_every_s: int | None = None
    timeout_s: int | None = None
    continuing: Response = ()
