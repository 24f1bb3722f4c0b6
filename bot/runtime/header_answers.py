"""The operations whose bodies are kept for speech, and which therefore answer in headers.

Source: API reference, PutSession and RecognizeUtterance: state, messages, attributes, readings
and transcript are gzipped and base64-encoded JSON, in the request's headers as in the answer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from bot.runtime.errors import ValidationError
from bot.runtime.header_codec import decode_header, encode_header
from bot.runtime.validation import validate
from bot.runtime.wire_model import operation

TEXT_CONTENT_TYPE = "text/plain; charset=utf-8"
SESSION_ID_HEADER = "x-amz-lex-session-id"
ANSWER_HEADERS = {
    "sessionState": "x-amz-lex-session-state",
    "messages": "x-amz-lex-messages",
    "interpretations": "x-amz-lex-interpretations",
    "requestAttributes": "x-amz-lex-request-attributes",
}
_PACKED_MEMBERS = ("sessionState", "requestAttributes")
_LARGEST_PACKED = 12 * 1024
"""Bytes of the packed headers of a RecognizeUtterance, taken together (developer guide, quotas)."""


def refuse_speech(member: str, content_type: str | None) -> None:
    """Raise `ValidationError` unless `content_type` is absent or plain text."""
    if content_type is not None and not content_type.strip().lower().startswith("text/plain"):
        raise ValidationError(
            f"Value at '{member}' failed to satisfy constraint:"
            f" speech is not available here, use {TEXT_CONTENT_TYPE}"
        )


def header_answer(answer: Mapping[str, Any]) -> Response:
    """`answer` in headers; an empty part has none. The body would be speech, and is empty."""
    headers = {
        header: encode_header(answer[member])
        for member, header in ANSWER_HEADERS.items()
        if answer.get(member)
    }
    headers[SESSION_ID_HEADER] = answer["sessionId"]
    headers["Content-Type"] = TEXT_CONTENT_TYPE
    return Response(b"", headers=headers)


def typed_request(request: Mapping[str, Any]) -> dict[str, Any]:
    """The RecognizeText request that a RecognizeUtterance of plain text stands for.

    Raises `ValidationError` for speech, for headers that do not unpack, and for what
    RecognizeText would refuse.
    """
    refuse_speech("requestContentType", request["requestContentType"])
    refuse_speech("responseContentType", request.get("responseContentType"))
    packed = sum(len(request.get(member) or "") for member in _PACKED_MEMBERS)
    if packed > _LARGEST_PACKED:
        raise ValidationError(
            f"The session state and request attributes have {packed} bytes of headers,"
            f" at most {_LARGEST_PACKED} are taken"
        )
    typed = {name: request[name] for name in ("botId", "botAliasId", "localeId", "sessionId")}
    for member in _PACKED_MEMBERS:
        if request.get(member):
            typed[member] = decode_header(request[member], ANSWER_HEADERS[member])
    try:
        typed["text"] = request["inputStream"].decode()
    except UnicodeDecodeError as fault:
        raise ValidationError("The text is not UTF-8") from fault
    validate(typed, operation("RecognizeText").input)
    return typed


def spoken_answer(answer: Mapping[str, Any], text: str) -> Response:
    """RecognizeUtterance's answer to `text`."""
    response = header_answer(answer)
    response.headers["x-amz-lex-input-mode"] = "Text"
    response.headers["x-amz-lex-input-transcript"] = encode_header(text)
    return response
