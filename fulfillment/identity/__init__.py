"""Who is speaking: known only from a signed, short-lived, session-bound token; else nobody."""

from fulfillment.identity.keys import SessionTokenKeys, TokenKey
from fulfillment.identity.token import ANONYMOUS_LEVEL, Identity, anonymous, verify

__all__ = [
    "ANONYMOUS_LEVEL",
    "Identity",
    "SessionTokenKeys",
    "TokenKey",
    "anonymous",
    "verify",
]
