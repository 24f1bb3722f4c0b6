"""The Lambda behind the phone topic: finds a customer's telephone and sends the text there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from pydantic import ValidationError

from fulfillment.alerts.phone import PhoneMessage
from fulfillment.client_config import client_config
from fulfillment.settings import read_table_settings
from fulfillment.store.contacts import Contacts

logger = Logger(service="messenger")

_CLIENT = client_config(read_s=5)
_URGENT = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}


@cache
def _clients() -> tuple[Contacts, Any]:
    settings = read_table_settings(os.environ)
    session = botocore.session.get_session()
    # botocore makes its clients at run time, so no type checker knows their operations.
    dynamodb: Any = session.create_client("dynamodb", config=_CLIENT)
    return Contacts(dynamodb, settings.table_name), session.create_client("sns", config=_CLIENT)


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """Sends every message of an SNS event. A fault is raised, so that SNS delivers it again."""
    contacts, sns = _clients()
    sent = 0
    for record in event.get("Records", ()):
        sent += deliver(record["Sns"]["Message"], contacts, sns)
    # How many, and never to whom or what: a one-time code would open the door to a log's reader.
    logger.info("messages", extra={"sent": sent})
    return {"sent": sent}


def deliver(body: str, contacts: Contacts, sns: Any) -> bool:
    """Sends one message; False when it is none of ours, or for nobody."""
    try:
        message = PhoneMessage.model_validate_json(body)
    except ValidationError as error:
        logger.error("not a phone message", extra={"faults": error.error_count()})
        return False
    phone = contacts.phone_of(message.customer_id)
    if phone is None:
        return False
    sns.publish(PhoneNumber=phone, Message=message.text, MessageAttributes=_URGENT)
    return True
