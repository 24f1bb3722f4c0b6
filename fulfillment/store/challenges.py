"""One-time code challenges: one open at a time for a session and purpose, good for one right guess.

A guess is counted by a conditional write before anybody compares it, so that ten guesses at once
are ten guesses. What a right guess leads to is written in the transaction that uses the challenge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.store import keys
from fulfillment.store.payment_items import QUOTED, audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.sending import Committed, Patience, send
from fulfillment.store.sessions import Proof, session_item
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item

VERIFY = "verify"
"""To prove who is speaking."""
STEP_UP = "stepup"
"""To prove it once more for one action."""

_OPEN, _USED, _GRANTED = "open", "used", "granted"
_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A code that was sent. `customer_id` may be nobody's: an unknown number is challenged too.

    `subject` is what the code is for, as a digest; `quote_id` names the quote it is of, if any.
    `what` says it in words, for another text like the first; `confirmed` that the customer had said
    yes to it, so that a right code does it.
    """

    session: str
    purpose: str
    customer_id: str
    subject: str
    sealed: str
    expires_at: datetime
    quote_id: str | None = None
    guesses: int = 0
    what: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Challenges:
    """The challenges. Every method may raise botocore's own errors."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def put(self, challenge: Challenge) -> None:
        """Open `challenge`; the one that was open before for that purpose is void."""
        self.client.put_item(
            TableName=self.table,
            Item=encode(
                {
                    **keys.challenge(challenge.session, challenge.purpose),
                    "st": _OPEN,
                    "cid": challenge.customer_id,
                    "subject": challenge.subject,
                    "seal": challenge.sealed,
                    "qid": challenge.quote_id,
                    "guesses": 0,
                    "what": challenge.what,
                    "yes": challenge.confirmed,
                    "exp": keys.exact_instant(challenge.expires_at),
                    "ttl": int((challenge.expires_at + _KEPT).timestamp()),
                }
            ),
        )

    def last(self, session: str, purpose: str) -> Challenge | None:
        """The challenge that was opened last, whatever has become of it."""
        item = Reader(self.client, self.table).one(keys.challenge(session, purpose))
        return _read(item, session, purpose) if item else None

    def guess(self, session: str, purpose: str, most: int, now: datetime) -> Challenge | None:
        """Count a guess at the open challenge and return it; None when none may be guessed at."""
        try:
            answer = self.client.update_item(
                TableName=self.table,
                Key=encode(keys.challenge(session, purpose)),
                UpdateExpression="ADD guesses :one",
                ConditionExpression="st = :open AND #exp > :now AND guesses < :most",
                ExpressionAttributeNames={"#exp": "exp"},
                ExpressionAttributeValues=encode(
                    {":one": 1, ":open": _OPEN, ":now": keys.exact_instant(now), ":most": most}
                ),
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return None
        return _read(answer["Attributes"], session, purpose)

    def verify(self, challenge: Challenge, level: int, now: datetime, entry_id: str) -> bool:
        """Use the challenge and open the session for its customer; False when it was used."""
        proof = Proof(challenge.customer_id, level, now, by_code=True)
        session = session_item(challenge.session, proof, now)
        opened: TransactWriteItemTypeDef = {"Put": {"TableName": self.table, "Item": session}}
        entry = put_new(
            self.table,
            audit_item(
                challenge.customer_id, now, entry_id, "verified", challenge.session, level=level
            ),
        )
        return self._use(challenge, _USED, now, entry_id, opened, entry)

    def step_up_quote(self, challenge: Challenge, now: datetime, entry_id: str) -> bool:
        """Use the challenge and mark its quote as stepped up; False when either is past use.

        The quote carries the digest that the code was for: the payment compares it with its own.
        """
        if challenge.quote_id is None:
            return False
        mark = update(
            self.table,
            keys.quote(challenge.customer_id, challenge.quote_id),
            "SET stepUp = :digest",
            {":digest": challenge.subject, ":quoted": QUOTED, ":now": keys.exact_instant(now)},
            condition="st = :quoted AND dg = :digest AND #exp > :now",
            names={"#exp": "exp"},
        )
        return self._use(
            challenge, _USED, now, entry_id, mark, self._entry(challenge, now, entry_id)
        )

    def grant(self, challenge: Challenge, now: datetime, entry_id: str) -> bool:
        """Use the challenge and allow its action once, while the challenge lasts."""
        entry = self._entry(challenge, now, entry_id)
        return self._use(challenge, _GRANTED, now, entry_id, entry)

    def use_grant(self, session: str, customer_id: str, subject: str, now: datetime) -> bool:
        """Take the one action `subject` that was granted; False when it was not, or is past."""
        try:
            self.client.update_item(
                TableName=self.table,
                Key=encode(keys.challenge(session, STEP_UP)),
                UpdateExpression="SET st = :used",
                ConditionExpression=(
                    "st = :granted AND cid = :customer AND subject = :subject AND #exp > :now"
                ),
                ExpressionAttributeNames={"#exp": "exp"},
                ExpressionAttributeValues=encode(
                    {
                        ":used": _USED,
                        ":granted": _GRANTED,
                        ":customer": customer_id,
                        ":subject": subject,
                        ":now": keys.exact_instant(now),
                    }
                ),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def _entry(
        self, challenge: Challenge, now: datetime, entry_id: str
    ) -> TransactWriteItemTypeDef:
        entry = audit_item(challenge.customer_id, now, entry_id, "stepped_up", challenge.subject)
        return put_new(self.table, entry)

    def _use(
        self,
        challenge: Challenge,
        status: str,
        now: datetime,
        token: str,
        *consequences: TransactWriteItemTypeDef,
    ) -> bool:
        use = update(
            self.table,
            keys.challenge(challenge.session, challenge.purpose),
            "SET st = :status",
            {
                ":status": status,
                ":open": _OPEN,
                ":seal": challenge.sealed,
                ":now": keys.exact_instant(now),
            },
            condition="st = :open AND seal = :seal AND #exp > :now",
            names={"#exp": "exp"},
        )
        # An answer that was lost counts as a no: the customer asks for another code.
        sent = send(self.client, [use, *consequences], token, self.patience)
        return isinstance(sent, Committed)


def _read(item: Item, session: str, purpose: str) -> Challenge:
    record = Record(item)
    return Challenge(
        session=session,
        purpose=purpose,
        customer_id=record.text("cid"),
        subject=record.text("subject"),
        sealed=record.text("seal"),
        expires_at=keys.moment(record.text("exp")),
        quote_id=record.optional_text("qid"),
        guesses=record.number("guesses"),
        what=record.optional_text("what") or "",
        confirmed="yes" in item and record.flag("yes"),
    )
