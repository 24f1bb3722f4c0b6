"""A message to a customer's telephone: handed to a topic, delivered by the messenger behind it.

Whoever hands a message over neither knows the telephone nor learns whether there is one, so that a
message to a customer who does not exist costs the same and takes the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field


class PhoneMessage(BaseModel):
    """What goes over the topic. `customer_id` may be nobody's: then the message goes nowhere."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    version: Literal[1] = 1
    customer_id: str = Field(min_length=1, max_length=64)
    text: str = Field(min_length=1, max_length=480)


class SnsClient(Protocol):
    """The one call of SNS that is used."""

    def publish(self, **request: Any) -> Any: ...


class Phones(Protocol):
    """The way to customers' telephones. May raise botocore's own errors."""

    def send(self, message: PhoneMessage) -> None:
        """Hand `message` over; it arrives later, once or now and then twice."""
        ...


class PhoneTopic:
    """Hands messages to the topic `arn`; the client is made for the first of them, and kept."""

    def __init__(self, make_client: Callable[[], SnsClient], arn: str) -> None:
        self._client = cache(make_client)
        self._arn = arn

    def send(self, message: PhoneMessage) -> None:
        self._client().publish(TopicArn=self._arn, Message=message.model_dump_json())


class NoPhonesError(RuntimeError):
    """This function was given no way to customers' telephones."""


class NoPhones:
    """Where no way was given: whoever needs one fails, and nobody is let in without."""

    def send(self, message: PhoneMessage) -> None:
        raise NoPhonesError(f"no way to customers' telephones (version {message.version})")
