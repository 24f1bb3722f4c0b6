"""Where the local bank listens and where it keeps its data."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from infra.local.turnstile import processes_by_default

DEFAULT_PORT = 8700
REGION = "us-east-1"
STACK_NAME = "teller-core"
BOT_ID = "TELLERBOT0"
TEST_ALIAS_ID = "TSTALIASID"
LIVE_ALIAS_ID = "LIVEALIAS0"
DEMO_SEED = 2026
FRAUD_ENDPOINT = "teller-fraud"
PERSONALIZATION_ENDPOINT = "teller-personalization"
DEFAULT_NLU = "light"
DEFAULT_CHAT_PER_MINUTE = 120
DEFAULT_STATE_SECONDS = 1


class SettingsError(ValueError):
    """A setting has a value that the local bank cannot use."""


@dataclass(frozen=True, slots=True)
class LocalSettings:
    """`port` serves pages, Lex and channels; the embedded AWS listens on the port after it.

    `clock` fixes the bank's time (an ISO instant with an offset) so that a rehearsal or a test
    meets the same figures every day; None is the real time. `nlu` is how utterances are understood:
    `light`, or `encoder` where `teller[nlu]` is installed. `model_port` is the fraud model's,
    `personalization_port` the propensities'. `chat_per_minute` is how many messages a customer may
    send in a minute. `keeps_conversations`: every turn is logged as Lex logs it to CloudWatch.
    `function_processes` is how many processes of one function run at once. `state_seconds` is how
    old the state on disk may get: what `kill -9` of the embedded AWS may cost.
    """

    port: int
    home: Path
    clock: str | None = None
    nlu: str = DEFAULT_NLU
    model_port: int = 0
    personalization_port: int = 0
    chat_per_minute: int = DEFAULT_CHAT_PER_MINUTE
    keeps_conversations: bool = False
    function_processes: int = field(default_factory=processes_by_default)
    state_seconds: int = DEFAULT_STATE_SECONDS

    @property
    def aws_port(self) -> int:
        return self.port + 1

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def aws_endpoint(self) -> str:
        return f"http://127.0.0.1:{self.aws_port}"

    @property
    def state_folder(self) -> Path:
        return self.home / "aws"

    @property
    def demo_customers_file(self) -> Path:
        return self.home / "demo-customers.json"

    @property
    def flags_file(self) -> Path:
        """The kill switches of the local bank."""
        return self.home / "flags.json"

    @property
    def missed_file(self) -> Path:
        """What the bot did not understand, redacted: `teller lex missed` reads it."""
        return self.home / "missed.jsonl"

    @property
    def conversations_file(self) -> Path:
        """The conversation logs, where they are kept."""
        return self.home / "conversations.jsonl"

    @property
    def now(self) -> datetime:
        """The instant at which the demo history ends when the bank is seeded."""
        return datetime.fromisoformat(self.clock) if self.clock else datetime.now(UTC)


def read_settings(environ: Mapping[str, str], port: int | None = None) -> LocalSettings:
    """Settings from `TELLER_PORT`, `_HOME`, `_CLOCK`, `_NLU`, `_CHAT_PER_MINUTE`,
    `_CONVERSATION_LOGS`, `_FUNCTION_PROCESSES`, `_STATE_SECONDS` and (between processes) the
    models' ports.

    `port` overrides the first.

    Raises `SettingsError` when one of them cannot be used.
    """
    chosen = port if port is not None else _port(environ.get("TELLER_PORT", str(DEFAULT_PORT)))
    if not 1024 <= chosen <= 65534:
        raise SettingsError(f"port {chosen} cannot be used: choose one from 1024 to 65534")
    clock = environ.get("TELLER_CLOCK") or None
    if clock is not None:
        _check_clock(clock)
    home = Path(environ.get("TELLER_HOME", ".teller")).resolve()
    model_port = _port(environ.get("TELLER_MODEL_PORT", "0"))
    personalization_port = _port(environ.get("TELLER_PERSONALIZATION_PORT", "0"))
    engine = _engine(environ.get("TELLER_NLU"))
    rate = _count(environ, "TELLER_CHAT_PER_MINUTE", DEFAULT_CHAT_PER_MINUTE)
    kept = environ.get("TELLER_CONVERSATION_LOGS", "").lower() == "true"
    processes = _count(environ, "TELLER_FUNCTION_PROCESSES", processes_by_default())
    state_seconds = _count(environ, "TELLER_STATE_SECONDS", DEFAULT_STATE_SECONDS)
    return LocalSettings(
        chosen, home, clock, engine, model_port, personalization_port, rate, kept, processes,
        state_seconds,
    )  # fmt: skip


def _port(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SettingsError(f"TELLER_PORT is {text!r}: it must be a number") from None


def _count(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 1_000_000:
        raise SettingsError(f"{name} is {text!r}: it must be a number above 0")
    return int(text)


def _engine(name: str | None) -> str:
    if not name:
        return DEFAULT_NLU
    # Most commands never listen: only a setting to check is worth loading the ears for.
    from bot.nlu.engines import EngineError, check_engine

    try:
        check_engine(name)
    except EngineError as fault:
        raise SettingsError(f"TELLER_NLU is {name!r}: {fault}") from fault
    return name


def _check_clock(text: str) -> None:
    try:
        aware = datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        raise SettingsError("TELLER_CLOCK must be an ISO instant, as in 2026-11-23T12:00:00+00:00")


def clean_environment(settings: LocalSettings) -> dict[str, str]:
    """This process's environment with every real AWS setting replaced by the embedded AWS's.

    Handlers inherit it, so no real credential or profile may get through.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    kept.update(
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",  # noqa: S106 - the embedded AWS's own, not a secret
        AWS_DEFAULT_REGION=REGION,
        AWS_REGION=REGION,
        AWS_ENDPOINT_URL=settings.aws_endpoint,
        AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=settings.endpoint,
        AWS_EC2_METADATA_DISABLED="true",
    )
    # A sentence is held against some megabytes of numbers: a second thread waits on it, spinning.
    kept.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Dozens of processes start: what one has compiled, the others read.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept
