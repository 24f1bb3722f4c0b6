"""A Lex client that answers from a script, in RecognizeText's real shapes, and keeps its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

Answer = Mapping[str, Any] | Exception | Callable[[], Mapping[str, Any]]


def text(content: str) -> dict[str, Any]:
    return {"contentType": "PlainText", "content": content}


def card(title: str, subtitle: str, **buttons: str) -> dict[str, Any]:
    return {
        "contentType": "ImageResponseCard",
        "imageResponseCard": {
            "title": title,
            "subtitle": subtitle,
            "buttons": [
                {"text": words.replace("_", " "), "value": value}
                for words, value in buttons.items()
            ],
        },
    }


def answer(
    *messages: Mapping[str, Any], intent: str = "CheckBalance", state: str = "Fulfilled"
) -> dict[str, Any]:
    """What boto3 returns, attributes that must stay behind included."""
    return {
        "ResponseMetadata": {"HTTPStatusCode": 200, "RequestId": "r-1"},
        "messages": list(messages),
        "sessionState": {
            "dialogAction": {"type": "Close"},
            "intent": {
                "name": intent,
                "slots": {
                    "account": {
                        "shape": "Scalar",
                        "value": {
                            "originalValue": "savings",
                            "interpretedValue": "savings",
                            "resolvedValues": ["savings"],
                        },
                    }
                },
                "state": state,
                "confirmationState": "None",
            },
            "sessionAttributes": {"quoteId": "q-secret"},
            "originatingRequestId": "r-1",
        },
        "interpretations": [],
        "requestAttributes": {"x-teller-identity": "token-secret"},
        "sessionId": "chosen-by-lex",
        "recognizedBotMember": {"botId": "TELLERBOT0"},
    }


def lex_error(code: str) -> ClientError:
    detail = "arn:aws:lambda:us-east-1:000000000000:function:inside"
    return ClientError({"Error": {"Code": code, "Message": detail}}, "RecognizeText")


class ScriptedLex:
    """Says what its script has for the text; keeps every request, and the sessions deleted."""

    def __init__(self, script: Mapping[str, Answer] | None = None) -> None:
        self.script: dict[str, Answer] = dict(script or {})
        self.turns: list[dict[str, Any]] = []
        self.deleted: list[str] = []
        self.known: dict[str, Any] = {}

    def recognize_text(self, **request: Any) -> Mapping[str, Any]:
        self.turns.append(request)
        said = self.script.get(request["text"], answer(text(f"You said {request['text']}")))
        if isinstance(said, Exception):
            raise said
        return said() if callable(said) else said

    def get_session(self, **request: Any) -> Mapping[str, Any]:
        if request["localeId"] not in self.known:
            raise lex_error("ResourceNotFoundException")
        return {"sessionState": self.known[request["localeId"]]}

    def delete_session(self, **request: Any) -> Mapping[str, Any]:
        self.deleted.append(request["sessionId"])
        return {}
