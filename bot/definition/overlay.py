"""A language made from another: what is said otherwise, laid over the definition of a locale.

British English is American English with other words. Sixty copied intents would drift apart in a
month; here `teller lex locale` makes the copy from one small file, and a test compares the two.

An overlay is TOML: `from` and `to` (locale ids), `[locale]` (name and voice), `[words]` (phrases
put in place of others, in utterances and messages), `[intents.X]` with `words` of that intent alone
and `utterances` to add, `[types.X]` with synonyms to add by value, `[messages]` (whole messages). A
phrase stands in place of another where whole words match, the longest first.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from bot.definition.writing import Contents

_LOCALES = "BotLocales"
_SLOT = re.compile(r"(\{\w+\})")


class OverlayError(ValueError):
    """An overlay that cannot be read, or that speaks of what the locale has not."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """How one locale differs from another in words; settings, slots and values never do."""

    source: str
    target: str
    name: str
    voice: str
    words: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    intent_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    utterances: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Overlay:
        """Raises `OverlayError` for what is no overlay."""
        try:
            content = tomllib.loads(text)
            intents = content.get("intents", {})
            return cls(
                content["from"],
                content["to"],
                content["locale"]["name"],
                content["locale"]["voice"],
                content.get("words", {}),
                content.get("messages", {}),
                {name: one.get("words", {}) for name, one in intents.items()},
                {name: tuple(one.get("utterances", ())) for name, one in intents.items()},
                {
                    name: {value: tuple(said) for value, said in values.items()}
                    for name, values in content.get("types", {}).items()
                },
            )
        except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as fault:
            raise OverlayError(f"not an overlay: {fault}") from fault


def overlaid(files: Contents, overlay: Overlay) -> dict[PurePosixPath, dict[str, Any]]:
    """The files of the target locale. Raises `OverlayError` for an intent, type, value or message
    that the source locale has not: an overlay must not outlive what it is about.
    """
    made = {_place(place, overlay): content for place, content in _source(files, overlay)}
    if not made:
        raise OverlayError(f"there is no locale {overlay.source} to make {overlay.target} of")
    unused = {
        *(f"intent {name}" for name in {*overlay.intent_words, *overlay.utterances}),
        *(f"type {name}" for name in overlay.synonyms),
        *(f"message {text!r}" for text in overlay.messages),
    }
    changed = {}
    for place, content in made.items():
        writer = _Writer(overlay, place)
        changed[place] = writer.file(json.loads(json.dumps(content)))
        unused -= writer.used
    if unused:
        raise OverlayError(f"{overlay.source} has no {min(unused)}")
    return changed


def _source(files: Contents, overlay: Overlay) -> Iterator[tuple[PurePosixPath, Mapping[str, Any]]]:
    for place, content in files.items():
        if (_LOCALES, overlay.source) == place.parts[1:3]:
            yield place, content


def _place(place: PurePosixPath, overlay: Overlay) -> PurePosixPath:
    return PurePosixPath(place.parts[0], _LOCALES, overlay.target, *place.parts[3:])


class _Writer:
    """Says one file's sentences as the overlay has them; `used` is what of it had a say."""

    def __init__(self, overlay: Overlay, place: PurePosixPath) -> None:
        self._overlay = overlay
        self._intent = place.parts[4] if place.parts[3:4] == ("Intents",) else ""
        self._words = {**overlay.words, **overlay.intent_words.get(self._intent, {})}
        self.used = {f"intent {self._intent}"}

    def file(self, content: dict[str, Any]) -> dict[str, Any]:
        if "voiceSettings" in content:
            content["name"] = self._overlay.name
            content["identifier"] = self._overlay.target
            content["voiceSettings"]["voiceId"] = self._overlay.voice
        elif content.get("sampleUtterances"):
            added = self._overlay.utterances.get(content["name"], ())
            said = [*(self._said(u["utterance"]) for u in content["sampleUtterances"]), *added]
            content["sampleUtterances"] = [{"utterance": text} for text in dict.fromkeys(said)]
        elif "slotTypeValues" in content:
            self._type(content)
        self._messages(content)
        return content

    def _type(self, content: dict[str, Any]) -> None:
        added = dict(self._overlay.synonyms.get(content["name"], {}))
        self.used.add(f"type {content['name']}")
        for value in content["slotTypeValues"] or ():
            name = value["sampleValue"]["value"]
            more = added.pop(name, ())
            said = dict.fromkeys([*(s["value"] for s in value["synonyms"] or ()), *more])
            value["synonyms"] = [{"value": text} for text in said] or value["synonyms"]
        if added:
            raise OverlayError(f"{content['name']} has no value {min(added)!r}")

    def _messages(self, content: Any) -> None:
        if isinstance(content, list):
            for value in content:
                self._messages(value)
        if not isinstance(content, dict):
            return
        for key, value in content.items():
            if key == "plainTextMessage" and value:
                text = value["value"]
                self.used.add(f"message {text!r}")
                value["value"] = self._overlay.messages.get(text) or self._said(text)
            else:
                self._messages(value)

    def _said(self, text: str) -> str:
        """`text` in the target's words; slots keep their names."""
        parts = _SLOT.split(text)
        return "".join(part if index % 2 else self._swap(part) for index, part in enumerate(parts))

    def _swap(self, text: str) -> str:
        if not self._words:
            return text
        longest_first = sorted(self._words, key=len, reverse=True)
        either = "|".join(map(re.escape, longest_first))
        phrase = re.compile(rf"(?<![\w'])(?:{either})(?![\w'])")
        return phrase.sub(lambda match: self._words[match.group()], text)
