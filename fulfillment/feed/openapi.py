"""The feed's operation as OpenAPI 3.1, made from the models that check what is sent."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from fulfillment.feed.transaction import AccountCredit, CardPurchase, CardRefund, DirectDebit

_REF = "#/components/schemas/{model}"
_KINDS: dict[str, type[BaseModel]] = {
    "card_purchase": CardPurchase,
    "card_refund": CardRefund,
    "direct_debit": DirectDebit,
    "account_credit": AccountCredit,
}
_TAKEN = {
    "type": "object",
    "required": ["id", "transaction", "decision", "booked", "reasons", "replayed"],
    "properties": {
        "id": {"type": "string", "description": "The sender's own id."},
        "transaction": {"type": "string", "description": "The movement's id in the books."},
        "decision": {
            "type": "string",
            "enum": ["allow", "hold", "block", "decline"],
            "description": (
                "allow: booked. hold: the money waits for the customer or an analyst. block: judged"
                " to be fraud, nothing moved. decline: the card or account does not allow it."
            ),
        },
        "booked": {"type": "boolean"},
        "reasons": {"type": "array", "items": {"type": "string"}},
        "case": {"type": "string", "description": "The analysts' case, where there is one."},
        "replayed": {"type": "boolean", "description": "It had been taken before."},
    },
}
_REFUSED = {
    "type": "object",
    "required": ["error", "message"],
    "properties": {
        "error": {"type": "string", "description": "A stable word for a program."},
        "message": {"type": "string"},
        "field": {"type": "string", "description": "Which party is not known (404)."},
        "fields": {
            "type": "array",
            "description": "Each field at fault (400).",
            "items": {
                "type": "object",
                "required": ["field", "problem"],
                "properties": {"field": {"type": "string"}, "problem": {"type": "string"}},
            },
        },
    },
}
_ANSWERS = {
    "201": ("Taken now.", "FeedTaken"),
    "200": ("Had been taken before: the first answer again.", "FeedTaken"),
    "400": ("No transaction: `fields` say why.", "FeedRefused"),
    "401": ("The feed's credential is missing or not right.", "FeedRefused"),
    "404": ("No such customer, card or account: `field` says which.", "FeedRefused"),
    "409": ("The id was used before, for other content.", "FeedRefused"),
    "413": ("The body is too large.", "FeedRefused"),
    "415": ("The body does not say that it is JSON.", "FeedRefused"),
    "503": ("Not taken: send the same transaction again.", "FeedRefused"),
}


def fragment() -> dict[str, Any]:
    """`paths` and `components` to be put into the bank's OpenAPI document."""
    _, made = models_json_schema(
        [(model, "validation") for model in _KINDS.values()], ref_template=_REF
    )
    mapping = {kind: _REF.format(model=model.__name__) for kind, model in _KINDS.items()}
    schemas: dict[str, Any] = dict(made["$defs"])
    schemas["FeedTransaction"] = {
        "oneOf": [{"$ref": ref} for ref in mapping.values()],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    schemas |= {"FeedTaken": _TAKEN, "FeedRefused": _REFUSED}
    return {
        "paths": {"/transactions": {"post": _operation()}},
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "feed": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The feed's own credential; a customer's token is none.",
                }
            },
        },
    }


def _operation() -> dict[str, Any]:
    return {
        "operationId": "takeTransaction",
        "summary": "Take one transaction of the card or core-banking feed.",
        "description": (
            "Judged and booked once for each `id`: sending it again answers as the first time."
            " Amounts are minor units. Any answer below 500 is final."
        ),
        "tags": ["feed"],
        "security": [{"feed": []}],
        "requestBody": {
            "required": True,
            "content": _json_of("FeedTransaction"),
        },
        "responses": {
            status: {
                "description": what,
                "content": _json_of(model),
            }
            for status, (what, model) in _ANSWERS.items()
        },
    }


def _json_of(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model)}}}
