"""The ears of every locale of a bot: one learned at once, each other when first spoken to.

Learning a locale takes seconds. A bot of three languages would start three times slower, and most
who start one on a laptop never speak the third.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock

from bot.definition.model import BotDefinition
from bot.nlu.engines import LIGHT
from bot.nlu.recogniser import TrainedRecogniser
from bot.nlu.slot_reading import SlotReader
from bot.nlu.training import train

_MAIN = "en_US"


def main_of(locale_ids: Iterable[str]) -> str:
    """The locale that most are expected to speak: en_US, else the bot's first; "" without any."""
    known = list(locale_ids)
    return _MAIN if _MAIN in known else next(iter(known), "")


class Ears(Mapping[str, TrainedRecogniser]):
    """A recogniser a locale, by its id. May be asked from many threads; each is learned once."""

    def __init__(
        self, definition: BotDefinition, cache_dir: Path | None = None, *, engine: str = LIGHT
    ) -> None:
        """Learns the main locale. Raises what `train` does, for a slot of any locale."""
        self._locales = definition.locales
        self._cache_dir = cache_dir
        self._engine = engine
        self._learned: dict[str, TrainedRecogniser] = {}
        self._locks = {locale_id: Lock() for locale_id in self._locales}
        for locale in self._locales.values():
            SlotReader(locale)
        self.main = main_of(self._locales)
        if self.main:
            self[self.main]

    def __getitem__(self, locale_id: str) -> TrainedRecogniser:
        """Blocks while the locale is learned. Raises KeyError for one that the bot has not."""
        known = self._learned.get(locale_id)
        if known is not None:
            return known
        with self._locks[locale_id]:
            if locale_id not in self._learned:
                self._learned[locale_id] = train(
                    self._locales[locale_id], self._cache_dir, engine=self._engine
                )
            return self._learned[locale_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._locales)

    def __len__(self) -> int:
        return len(self._locales)
