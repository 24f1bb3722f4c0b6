"""What goes over the channel API: the bodies a client sends and the answers it gets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator
from pydantic.alias_generators import to_camel

from bot.channels.demo import DemoCustomer

LONGEST_TEXT = 1024
"""Characters that Lex takes in one turn."""

Spoken = Literal["en_US", "en_GB", "es_US"]
"""The languages of the bank."""

_SSML_TAG = re.compile(r"<[^<>]*>")


class SignIn(BaseModel):
    """An ID token of the bank's identity provider, or a demo customer's id, or
    {"anonymous": true}: one of the three. Other keys are not read.
    """

    id_token: Annotated[str, StringConstraints(min_length=1, max_length=8192)] | None = None
    customer: Annotated[str, StringConstraints(max_length=64)] | None = None
    anonymous: bool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if [self.id_token is not None, self.customer is not None, self.anonymous].count(True) != 1:
            raise ValueError("give an id_token, a customer or anonymous, one of the three")
        return self


class Utterance(BaseModel):
    """What the customer writes, and in which language if not the chat's last. No other key of the
    body is read: attributes never come from it.
    """

    text: Annotated[str, StringConstraints(strip_whitespace=True)]
    locale: Spoken | None = None


class SignedIn(BaseModel):
    """An access token, good for `expires_in` seconds; `customer` is None for an anonymous chat."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a scheme, not a secret
    expires_in: int
    customer: DemoCustomer | None


class Customers(BaseModel):
    """Who may sign in; `phone` is where a demonstration shows the texts it would have sent."""

    customers: tuple[DemoCustomer, ...]
    phone: str | None = None


class _LexShape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Button(_LexShape):
    """A quick reply: what it says, and the text it sends."""

    text: str
    value: str


class Card(_LexShape):
    """Lex's response card."""

    title: str
    subtitle: str | None = None
    image_url: str | None = None
    buttons: list[Button] = Field(default_factory=list)


class TextMessage(_LexShape):
    """A plain sentence."""

    content_type: Literal["PlainText"] = "PlainText"
    content: str


class CardMessage(_LexShape):
    """A card, which Lex always sends beside a sentence."""

    content_type: Literal["ImageResponseCard"] = "ImageResponseCard"
    image_response_card: Card


class LinkMessage(_LexShape):
    """A file of the bank's to fetch: what it is called, and its address."""

    content_type: Literal["Link"] = "Link"
    title: str
    content: str


Message = Annotated[TextMessage | CardMessage | LinkMessage, Field(discriminator="content_type")]
LINK_ATTRIBUTE = "teller-link"
LINK_NAME_ATTRIBUTE = "teller-link-name"
_SAID: TypeAdapter[TextMessage | CardMessage] = TypeAdapter(
    Annotated[TextMessage | CardMessage, Field(discriminator="content_type")]
)


class Reply(BaseModel):
    """One turn's answer: messages in Lex's own shape, the intent in progress and its state.

    `heard` is set when a secret was taken out of what the customer wrote: a client shows and keeps
    it in place of the customer's own words.
    """

    messages: list[Message]
    intent: str | None
    state: str | None
    session_id: str
    heard: str | None = None


def reply_from_lex(
    answer: Mapping[str, Any], session_id: str, own_files: Sequence[str] = ()
) -> Reply:
    """The part of a RecognizeText answer that a customer may see.

    Session and request attributes stay behind, but for a link: it is shown after what was said, by
    its name, if its address begins with one of `own_files`, where the bank's files lie; any other
    address is text and no link. Speech markup is shown as its words; custom payloads, which only
    a program of the bot's author could read, are left out.
    """
    intent = answer.get("sessionState", {}).get("intent", {})
    shown = list(_readable(answer.get("messages", ())))
    return Reply(
        messages=_with_link(shown, answer.get("requestAttributes") or {}, own_files),
        intent=intent.get("name"),
        state=intent.get("state"),
        session_id=session_id,
    )


def _with_link(
    shown: list[TextMessage | CardMessage], attributes: Mapping[str, str], own_files: Sequence[str]
) -> list[TextMessage | CardMessage | LinkMessage]:
    link = attributes.get(LINK_ATTRIBUTE)
    if not link:
        return [*shown]
    # A short address was said as well, for clients that show no names.
    said = [one for one in shown if not (isinstance(one, TextMessage) and one.content == link)]
    name = attributes.get(LINK_NAME_ATTRIBUTE)
    if not name or not link.startswith(tuple(own_files)):
        return [*said, TextMessage(content=link)]
    return [*said, LinkMessage(title=name, content=link)]


_KEEP_IT_TO_YOURSELF = {
    "en": "Please keep passwords, PINs, security codes and whole card numbers to yourself: I never "
    "ask for them, and I've taken out what you wrote.",
    "es": "Por favor, no comparta contraseñas, números PIN, códigos de seguridad ni números "
    "completos de tarjeta: nunca los pido, y ya quité lo que escribió.",
}


def with_secret_removed(reply: Reply, heard: str, locale_id: str = "en_US") -> Reply:
    """`reply` after the news that a secret was taken out, and what was left of the words."""
    told = TextMessage(content=_KEEP_IT_TO_YOURSELF.get(locale_id[:2], _KEEP_IT_TO_YOURSELF["en"]))
    return reply.model_copy(update={"messages": [told, *reply.messages], "heard": heard})


def _readable(messages: Iterable[Mapping[str, Any]]) -> Iterable[TextMessage | CardMessage]:
    for message in messages:
        if message["contentType"] == "SSML":
            yield TextMessage(content=_SSML_TAG.sub("", message["content"]).strip())
        elif message["contentType"] != "CustomPayload":
            yield _SAID.validate_python(message)
