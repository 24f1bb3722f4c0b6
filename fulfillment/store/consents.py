"""Store what a customer is asked to say yes to, and use that yes up in the act's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fulfillment.bank.consents import Consent
from fulfillment.store import keys
from fulfillment.store.errors import BooksError
from fulfillment.store.reading import Reader
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_SHOWN, _USED = "shown", "used"
_KEPT = timedelta(days=7)


def show_consent(client: DynamoDBClient, table: str, consent: Consent) -> None:
    """Store what was shown. Its id is fresh, so nothing is overwritten that was said yes to."""
    if not keys.addressable(consent.consent_id, consent.customer_id, consent.subject):
        raise BooksError("a consent with an id that cannot be part of a key")
    client.put_item(
        TableName=table,
        Item=encode(
            {
                **keys.consent(consent.customer_id, consent.consent_id),
                "st": _SHOWN,
                "dg": consent.digest,
                "sid": consent.session_id,
                "act": consent.act,
                "subject": consent.subject,
                "at": keys.exact_instant(consent.created_at),
                "exp": keys.exact_instant(consent.expires_at),
                "ttl": int((consent.expires_at + _KEPT).timestamp()),
            }
        ),
        ConditionExpression="attribute_not_exists(PK)",
    )


def read_consent(
    reader: Reader, customer_id: str, consent_id: str, session_id: str
) -> Consent | None:
    """What was shown to this customer in this session, whatever has become of it, or None."""
    if not keys.addressable(customer_id, consent_id):
        return None
    item = reader.one(keys.consent(customer_id, consent_id))
    if item is None or Record(item).text("sid") != session_id:
        return None
    record = Record(item)
    return Consent(
        consent_id=consent_id,
        customer_id=customer_id,
        session_id=session_id,
        act=record.text("act"),
        subject=record.text("subject"),
        created_at=keys.moment(record.text("at")),
    )


def use_consent(table: str, consent: Consent, now: datetime) -> TransactWriteItemTypeDef:
    """The write that uses the yes up: it fails unless exactly this was shown, a moment ago."""
    return update(
        table,
        keys.consent(consent.customer_id, consent.consent_id),
        "SET st = :used",
        {
            ":used": _USED,
            ":shown": _SHOWN,
            ":digest": consent.digest,
            ":session": consent.session_id,
            ":now": keys.exact_instant(now),
        },
        condition="st = :shown AND dg = :digest AND sid = :session AND #exp > :now",
        names={"#exp": "exp"},
    )
