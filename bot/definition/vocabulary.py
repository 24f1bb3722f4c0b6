"""A locale's custom vocabulary: phrases that speech recognition should expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.definition.model import BotDefinition

FILE_NAME = "CustomVocabulary.json"
_LIST_KEYS = ("customVocabularyItems", "customVocabularyItemList", "items")


@dataclass(frozen=True, slots=True)
class VocabularyItem:
    """A phrase, how strongly it is expected (0 to 3), and how a transcript writes it."""

    phrase: str
    weight: int | None = None
    display_as: str | None = None

    def to_api(self) -> dict[str, Any]:
        parts = {"phrase": self.phrase, "weight": self.weight, "displayAs": self.display_as}
        return {key: value for key, value in parts.items() if value is not None}


def vocabulary_of(bot: BotDefinition, locale_id: str) -> tuple[VocabularyItem, ...]:
    """The custom vocabulary of one locale, empty where it has none."""
    root = next(
        (
            place.parent
            for place, raw in bot.files.items()
            if place.name == "BotLocale.json"
            and (raw.get("identifier") or place.parent.name) == locale_id
        ),
        None,
    )
    if root is None:
        return ()
    raw = bot.files.get(root / "CustomVocabulary" / FILE_NAME, {})
    return tuple(
        VocabularyItem(str(item["phrase"]), _weight(item), item.get("displayAs"))
        for item in listed_items(raw)
        if isinstance(item, dict) and item.get("phrase")
    )


def listed_items(raw: Any) -> list[Any]:
    """The entries of a vocabulary file, whichever of the known keys holds them."""
    found: Any = next((raw[key] for key in _LIST_KEYS if raw.get(key)), [])
    return found if isinstance(found, list) else []


def _weight(item: dict[str, Any]) -> int | None:
    weight = item.get("weight")
    return weight if isinstance(weight, int) else None
