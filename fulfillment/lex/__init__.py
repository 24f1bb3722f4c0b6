"""A resolver for Amazon Lex V2 code hooks, in the idiom of Powertools for AWS Lambda.

It knows Lex's event, response and limits, and nothing about banking.

Example:
    >>> app = LexResolver()
    >>> @app.fulfillment("Greet")
    ... def greet(turn: Turn) -> Reply:
    ...     return turn.close(text("Hello."))
    >>> event = {
    ...     "sessionId": "s-1",
    ...     "invocationSource": "FulfillmentCodeHook",
    ...     "inputTranscript": "hi",
    ...     "bot": {"name": "Teller", "localeId": "en_US"},
    ...     "sessionState": {"intent": {"name": "Greet", "state": "ReadyForFulfillment"}},
    ... }
    >>> app.resolve(event)["messages"]
    [{'contentType': 'PlainText', 'content': 'Hello.'}]
"""

from fulfillment.lex.event import LexEvent, MalformedEventError, SlotValue
from fulfillment.lex.messages import Button, Message, card, payload, ssml, text
from fulfillment.lex.reply import Reply, Switch
from fulfillment.lex.resolver import LexResolver
from fulfillment.lex.router import Handler, Middleware, Route, Router, Validator
from fulfillment.lex.session import SessionModel
from fulfillment.lex.turn import Slots, Turn

__all__ = [
    "Button",
    "Handler",
    "LexEvent",
    "LexResolver",
    "MalformedEventError",
    "Message",
    "Middleware",
    "Reply",
    "Route",
    "Router",
    "SessionModel",
    "SlotValue",
    "Slots",
    "Switch",
    "Turn",
    "Validator",
    "card",
    "payload",
    "ssml",
    "text",
]
