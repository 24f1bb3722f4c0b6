"""The customer's page as it is served: headers, and nothing that its policy would block."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.channels.messages import LinkMessage, reply_from_lex
from bot.channels.on_aws import files_in
from bot.web import page_routes
from bot.web.pages import STATIC
from tests.unit.channels.asgi import Client

FILES = sorted(path for path in STATIC.rglob("*") if path.is_file())
DESK = Path(__file__).resolve().parents[3] / "fulfillment" / "alerts"
PAGES = [path for path in FILES if path.suffix == ".html"]


class Tags(HTMLParser):
    """Every tag's attributes, and the text inside scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.inline.append(data)


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


@pytest.fixture
def site() -> Client:
    return Client(Starlette(routes=page_routes()))


def test_the_page_is_served_under_a_strict_policy(site: Client) -> None:
    page = site.get("/")
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_static_files_carry_the_headers_and_answer_304_when_unchanged(site: Client) -> None:
    first = site.get("/static/chat/main.js")
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["x-content-type-options"] == "nosniff"
    again = site.get("/static/chat/main.js", {"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static/"])
def test_nothing_beside_the_static_files_is_served(site: Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status == 404
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_file_a_page_names_is_there(site: Client) -> None:
    for page in PAGES:
        for _, attributes in parsed(page.read_text(encoding="utf-8")).tags:
            for name in ("src", "href"):
                address = (attributes.get(name) or "").partition("#")[0]
                if address:
                    assert address.startswith("/static/"), address
                    assert site.get(address).status == 200, address


def test_every_icon_a_page_or_script_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'id="(\w+)"', (STATIC / "shared/icons.svg").read_text("utf-8")))
    used = set()
    for file in FILES:
        if file.suffix in (".html", ".js"):
            source = file.read_text("utf-8")
            used |= set(re.findall(r'icons\.svg#(\w+)"', source))
            used |= set(re.findall(r'\bicon\("(\w+)"\)', source))
    assert used
    assert used <= sprite


def test_every_emoji_the_desk_writes_is_a_picture_on_the_analysts_page() -> None:
    written = set("".join(file.read_text("utf-8") for file in DESK.rglob("*.py")))
    blocks = range(0x2580, 0x25A0)  # what gauges are drawn with: every font has them
    emoji = {one for one in written if unicodedata.category(one) == "So" and ord(one) not in blocks}
    script = (STATIC / "analyst/emoji.js").read_text("utf-8")
    pictures = dict(re.findall(r'"(\W)": "([\w-]+)', script))
    sprite = set(re.findall(r'id="([\w-]+)"', (STATIC / "analyst/emoji.svg").read_text("utf-8")))
    assert len(emoji) > 15
    assert emoji == set(pictures)
    assert set(pictures.values()) == sprite


def test_pages_have_no_inline_script_style_or_handler() -> None:
    for page in PAGES:
        tags = parsed(page.read_text(encoding="utf-8"))
        assert tags.inline == []
        for _, attributes in tags.tags:
            assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_scripts_never_parse_text_as_html_or_code() -> None:
    forbidden = re.compile(
        r"(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|parseFromString"
    )
    for script in (file for file in FILES if file.suffix == ".js"):
        assert not forbidden.search(script.read_text(encoding="utf-8")), script.name


def test_nothing_is_loaded_from_elsewhere() -> None:
    for file in FILES:
        addresses = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", file.read_text(encoding="utf-8"))
        assert set(addresses) <= {"http://www.w3.org"}, file.name


def test_styles_and_scripts_stay_readable_in_size() -> None:
    for file in FILES:
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 300, file.name


def test_pictures_may_come_from_the_banks_own_files_and_from_nowhere_else() -> None:
    client = Client(Starlette(routes=page_routes(own_files=("https://files.bank.example/b/",))))
    for path in ("/", "/embed"):
        policy = client.get(path).headers["content-security-policy"]
        assert "img-src 'self' https://files.bank.example/b/;" in policy
        assert policy.count("files.bank.example") == 1
    with pytest.raises(ValueError, match="directive"):
        page_routes(own_files=("https://files.bank.example/; script-src *",))


def test_on_aws_the_very_links_that_the_chat_shows_may_be_shown_as_pictures() -> None:
    files = files_in("teller-statements", "eu-west-1")
    page = Client(Starlette(routes=page_routes(own_files=files))).get("/")
    policy = page.headers["content-security-policy"]
    link = "https://teller-statements.s3.eu-west-1.amazonaws.com/charts/1.svg?X-Amz-Signature=1"
    said = {
        "messages": [{"contentType": "PlainText", "content": "Here."}],
        "requestAttributes": {"teller-link": link, "teller-link-name": "Spending"},
    }
    [_, shown] = reply_from_lex(said, "s", files).messages
    assert isinstance(shown, LinkMessage)
    pictures = next(one for one in policy.split("; ") if one.startswith("img-src"))
    assert any(shown.content.startswith(place) for place in pictures.split()[1:])
    assert (
        "https://teller-statements.s3"
        not in Client(Starlette(routes=page_routes())).get("/").headers["content-security-policy"]
    )
