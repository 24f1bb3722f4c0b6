"""The security headers of pages and of the channel API, put on every answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# No inline script or style, nothing from elsewhere, no frame around it, and no string ever parsed
# as HTML (Trusted Types), so that a message can only be shown as text.
_PAGE_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self'; "
    "connect-src 'self'; "
    "base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)

PAGE_HEADERS: Mapping[str, str] = {
    **_EVERYWHERE,
    "Content-Security-Policy": _PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # Asked for again each time, answered with 304: a page and its modules never part.
    "Cache-Control": "no-cache",
}

API_HEADERS: Mapping[str, str] = {
    **_EVERYWHERE,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


# What another origin's page may load: the script tag that puts the frame there.
EMBED_SCRIPT_HEADERS: Mapping[str, str] = {
    **{name: value for name, value in PAGE_HEADERS.items() if name != "X-Frame-Options"},
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def with_pictures_of(headers: Mapping[str, str], files: Sequence[str]) -> Mapping[str, str]:
    """The headers of a page that may show images of where the bank's own `files` lie too: paths of
    other origins, each with the slash that ends it. Nothing else may come from there. Raises
    `ValueError` for one that could end the directive."""
    if any(set(" ;,\t\r\n") & set(one) for one in files):
        raise ValueError("an address of files holds what ends a directive")
    if not files:
        return headers
    policy = headers["Content-Security-Policy"]
    widened = policy.replace("img-src 'self'", f"img-src 'self' {' '.join(files)}")
    return {**headers, "Content-Security-Policy": widened}


def embedded_page_headers(origins: Sequence[str]) -> Mapping[str, str]:
    """The headers of the page that pages of `origins`, and no others, may frame."""
    allowed = " ".join(origins) or "'none'"
    policy = _PAGE_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {allowed}")
    kept = {name: value for name, value in PAGE_HEADERS.items() if name != "X-Frame-Options"}
    return {**kept, "Content-Security-Policy": policy}


class WithHeaders:
    """ASGI middleware that sets `headers` on every HTTP answer of `app`."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; set the headers where the answer starts."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)
