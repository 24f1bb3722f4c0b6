"""A reply says the same on every channel, in the form which that channel can carry."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.money import Money
from fulfillment.lex import Message, card, text
from fulfillment.lex.messages import to_lex_messages
from fulfillment.replies import Channel, Speech, channel_of, fit
from fulfillment.replies.channels import MAX_SMS, MAX_SSML

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHOICES = card("Your accounts", [("Checking", "Checking"), ("Savings", "Savings")])

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ue000\ue001"), max_size=300
).filter(str.strip)
replies = st.lists(texts.map(text), min_size=1, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("mode", "attribute", "channel"),
    [
        ("Text", None, Channel.WEB),
        ("Text", "sms", Channel.SMS),
        ("Text", "slack", Channel.SLACK),
        ("Text", "carrier pigeon", Channel.WEB),
        ("Speech", "web", Channel.VOICE),
        ("DTMF", None, Channel.VOICE),
    ],
)
def test_the_channel_is_what_was_heard_or_what_the_client_calls_itself(
    mode: str, attribute: str | None, channel: Channel
) -> None:
    attributes = {"x-teller-channel": attribute} if attribute else None
    assert channel_of(mode, attributes) is channel


def test_the_web_gets_the_reply_as_it_is() -> None:
    reply = (text("Which account?"), CHOICES)
    assert fit(reply, Channel.WEB) == reply


def test_a_short_message_has_no_card_and_no_markup_and_still_every_choice() -> None:
    (message,) = fit((text("• “Which” account…"), CHOICES), Channel.SMS)
    assert message == text('- "Which" account...\nReply: Checking / Savings')


@pytest.mark.parametrize(
    ("locale", "yes", "line"),
    [("en_US", "yes", "Reply: yes / no"), ("es_US", "sí", "Responda: sí / no")],
)
def test_a_short_message_says_the_one_word_that_answers_a_yes_or_no(
    locale: str, yes: str, line: str
) -> None:
    reply = (text("Cancel it?"), card("It", [("Yes, cancel it", yes), ("No, keep it", "no")]))
    assert fit(reply, Channel.SMS, locale) == (text(f"Cancel it?\n{line}"),)


def test_a_voice_says_what_one_can_say() -> None:
    (spoken,) = fit(
        (text("Send it?"), card("It", [("Yes, send it", "yes"), ("No", "no")])), Channel.VOICE
    )
    assert spoken.content == "<speak>Send it? You can say: yes or no.</speak>"


def test_choices_that_were_said_are_not_said_again() -> None:
    (message,) = fit((text("Which account: Checking or Savings?"), CHOICES), Channel.SMS)
    assert message == text("Which account: Checking or Savings?")


def test_a_card_that_stands_alone_is_said_by_its_title() -> None:
    (message,) = fit((CHOICES,), Channel.SMS)
    assert message == text("Your accounts\nReply: Checking / Savings")


def test_slack_takes_no_mention_and_no_link_from_a_customers_words() -> None:
    said, shown = fit((text("To <!channel> & co"), card("<x>", [("a", "a")], "<y>")), Channel.SLACK)
    assert said.content == "To &lt;!channel&gt; &amp; co"
    assert (shown.title, shown.subtitle) == ("&lt;x&gt;", "&lt;y&gt;")


def test_a_voice_reads_sums_and_days_in_words_and_spells_the_rest() -> None:
    speech = Speech("en_US", "UTC", NOW, aloud=True)
    sent = speech.say(
        "payment.sent",
        amount=Money(2050, "USD"),
        payee="Anna & Co",
        source="Checking",
        receipt="TR-4F2K",
        available=Money(10000, "USD"),
    )
    (spoken,) = fit((sent,), Channel.VOICE)
    assert spoken.kind == "SSML"
    assert "20.50 US dollars to Anna &amp; Co" in spoken.content
    assert '<say-as interpret-as="characters">TR-4F2K</say-as>' in spoken.content
    assert "100 US dollars" in spoken.content
    assert speech.day(NOW) == "November 23"


def test_a_list_is_read_line_by_line() -> None:
    (spoken,) = fit((text("Here you are:\n• Checking: $5\n• Savings: $7"),), Channel.VOICE)
    assert spoken.content == "<speak>Here you are: Checking: $5. Savings: $7.</speak>"


@given(replies)
def test_what_a_voice_reads_is_sound_markup_within_lexs_limit(reply: tuple[Message, ...]) -> None:
    for message in fit(reply, Channel.VOICE):
        assert len(message.content) <= MAX_SSML or " " not in message.content.strip()
        ET.fromstring(message.content)  # noqa: S314 - our own markup


@given(replies)
def test_no_word_is_lost_in_a_short_message(reply: tuple[Message, ...]) -> None:
    parts = fit(reply, Channel.SMS)
    assert all(len(part.content) <= MAX_SMS or "\n" not in part.content for part in parts)
    plain = [message for message in reply if message.content.isascii()]
    whole = "\n".join(part.content for part in parts)
    assert all(line in whole for message in plain for line in message.content.splitlines())


@given(replies, st.sampled_from(list(Channel)))
def test_every_channel_gets_what_lex_takes(reply: tuple[Message, ...], channel: Channel) -> None:
    said = to_lex_messages(fit(reply, channel))
    assert 1 <= len(said) <= 5
