"""What waits in the desk's queue: clicks, words, and cases to be shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Id = Annotated[str, Field(min_length=1, max_length=64)]


class _Job(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def as_json(self) -> str:
        return self.model_dump_json()


class Click(_Job):
    """A button was pressed. `wish_id` is the same however often Slack tells of it."""

    type: Literal["click"] = "click"
    wish_id: Id
    user: Id
    channel: Id
    action: Id
    value: str = Field(max_length=200)


class Said(_Job):
    """Somebody wrote in the thread of a message."""

    type: Literal["said"] = "said"
    wish_id: Id
    user: Id
    channel: Id
    thread: Id
    text: str = Field(max_length=4000)


class Show(_Job):
    """Something about a case has changed: show it."""

    type: Literal["show"] = "show"
    customer_id: str = Field(max_length=64)
    case_id: Id


class ShowDigest(_Job):
    """The stretch of time is over: tell of its burst."""

    type: Literal["digest"] = "digest"
    window: Id


Job = Annotated[Click | Said | Show | ShowDigest, Field(discriminator="type")]
_ADAPTER: TypeAdapter[Click | Said | Show | ShowDigest] = TypeAdapter(Job)


def read_job(body: str) -> Click | Said | Show | ShowDigest:
    """Raises pydantic's `ValidationError` for what is no job."""
    return _ADAPTER.validate_json(body)
