"""The routes that serve Teller's pages and the files they are made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.web.headers import (
    EMBED_SCRIPT_HEADERS,
    PAGE_HEADERS,
    WithHeaders,
    embedded_page_headers,
    with_pictures_of,
)

STATIC = Path(__file__).parent / "static"
PAGES = {"/": "chat/index.html"}
"""Each page's path and the file that is served there."""
CONSOLE_PAGE = {"/console": "console/index.html"}
"""The test console's: for launchers that listen on loopback alone, see `bot.console`."""

ANALYST_PAGE = {"/analyst": "analyst/index.html"}
"""The local stand-in for the analysts' Slack channel."""


EMBED_SCRIPT = "/static/embed/teller.js"
"""The one script tag that puts the chat on a bank's own page."""


def page_routes(
    served: Mapping[str, str] = PAGES,
    embedded_in: Sequence[str] = ("'self'",),
    own_files: Sequence[str] = (),
) -> list[BaseRoute]:
    """The pages at their paths, and /static for their styles, scripts and images.

    `/embed` is the customer's chat for a frame on another page; `embedded_in` are the origins of
    the pages that may hold it, as in `https://www.bank.example`. `own_files` are where the bank's
    own files lie, as the channel's settings have them: charts are shown from there.
    """
    headers = [Middleware(WithHeaders, headers=with_pictures_of(PAGE_HEADERS, own_files))]
    in_frame = with_pictures_of(embedded_page_headers(embedded_in), own_files)
    framed = [Middleware(WithHeaders, headers=in_frame)]
    loaded = [Middleware(WithHeaders, headers=EMBED_SCRIPT_HEADERS)]
    pages = [Route(path, _page(STATIC / file), middleware=headers) for path, file in served.items()]
    files = Starlette(routes=[Mount("/", StaticFiles(directory=STATIC))], middleware=headers)
    return [
        *pages,
        Route("/embed", _page(STATIC / PAGES["/"]), middleware=framed),
        Route(EMBED_SCRIPT, _page(STATIC / "embed/teller.js"), middleware=loaded),
        Mount("/static", app=files),
    ]


def _page(file: Path) -> Callable[[Request], Awaitable[Response]]:
    async def page(_: Request) -> Response:
        return FileResponse(file)

    return page
