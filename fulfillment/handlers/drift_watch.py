"""The Lambda that looks, each week, whether payments still look like those of the training.

Reads the features and scores that were kept with each judged payment, and compares them with the
bins of the training data in the model's file. What is past a bound becomes a security event, as
any other: the stream brings it to the topic, to the desk and to who is on call.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import botocore.session
from aws_lambda_powertools import Logger

from fulfillment.alerts.events import ModelDrift, SecurityEvent, Severity, security_event
from fulfillment.client_config import client_config
from fulfillment.clock import clock_of
from fulfillment.fraud.drift import Drift, drift_of_all, worth_telling
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, Model, read_model
from fulfillment.settings import read_table_settings
from fulfillment.store.judged_payments import judged_payments
from fulfillment.store.security_events import SecurityEvents
from fulfillment.store.sending import Patience

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

DAYS: Final = 7
logger = Logger(service="drift-watch")

_CLIENT = client_config(read_s=10, attempts=5)


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at what `model` judged in `table`; `now` ends the days that are looked at."""

    client: DynamoDBClient
    table: str
    model: Model
    now: datetime

    def look(self, days: int) -> list[Drift]:
        """Every feature and the score over the last `days`, the furthest first."""
        since = self.now - timedelta(days=days)
        rows, scores = [], []
        for one in judged_payments(self.client, self.table, since, self.now):
            if one.model_version == self.model.version and one.score is not None:
                rows.append(one.row)
                scores.append(one.score)
        return drift_of_all(self.model, rows, scores)

    def events(self, found: Sequence[Drift]) -> list[SecurityEvent]:
        """One event a measure and day, for what people are told."""
        return [
            security_event(
                ModelDrift(
                    model=self.model.name,
                    model_version=self.model.version,
                    measure=f"PSI of {one.name}"[:60],
                    value=round(one.psi, 4),
                    threshold=one.bound,
                ),
                f"{self.model.name}/{self.model.version}/{one.name}/{self._day.date()}",
                self.now,
                source="models",
                severity=Severity.MEDIUM if one.level == "alarm" else Severity.LOW,
            )
            for one in worth_telling(found)
        ]

    def publish(self, events: Sequence[SecurityEvent]) -> int:
        """Write what is new of `events`, and say how many that were."""
        book = SecurityEvents(self.client, self.table, Patience())
        return sum(book.record(event, self._day) for event in events)

    @property
    def _day(self) -> datetime:
        return self.now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@cache
def _client() -> Any:
    return botocore.session.get_session().create_client("dynamodb", config=_CLIENT)


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """Looks at the last seven days. Twice a day is one event. A fault is raised."""
    settings = read_table_settings(os.environ)
    model = read_model(SHIPPED_MODEL.read_bytes())
    now = clock_of(os.environ.get("TELLER_CLOCK"))()
    watch = Watch(_client(), settings.table_name, model, now)
    found = watch.look(DAYS)
    told = watch.publish(watch.events(found))
    logger.info("drift", extra={"rows": found[0].rows, "furthest": found[0].name,
                                "psi": round(found[0].psi, 4), "told": told})  # fmt: skip
    return {"rows": found[0].rows, "told": told}
