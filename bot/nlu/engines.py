"""The engines that understand meaning: `light` comes with Teller, `encoder` with `teller[nlu]`."""

from __future__ import annotations

from bot.nlu.meaning import Meaning
from bot.nlu.word_table import word_table

LIGHT = "light"
ENCODER = "encoder"
ENGINES = (LIGHT, ENCODER)


class EngineError(ValueError):
    """An engine was asked for that does not exist or is not installed."""


def meaning_of(engine: str) -> Meaning:
    """The engine of that name. Raises `EngineError` in one sentence when it cannot be had."""
    if engine == LIGHT:
        return word_table()
    if engine != ENCODER:
        raise EngineError(f"no NLU engine {engine!r}: choose one of {', '.join(ENGINES)}")
    try:
        # Heavy and optional: only who asks for the encoder pays for it.
        from bot.nlu.encoder import encoder
    except ImportError as fault:
        raise EngineError(
            f"the NLU engine {ENCODER!r} needs the extra: pip install 'teller[nlu]' ({fault})"
        ) from fault
    return encoder()
