"""A PDF that a screen reader can read: every text is in a tree of headings, paragraphs and tables.

What is only for the eye (rules, page numbers) is marked as an artefact, which is not read out. The
fonts are those that every reader has, so nothing is embedded: text is what Windows-1252 can write.

Source: ISO 32000-1, 14.7 (logical structure) and 14.8 (tagged PDF).
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from datetime import datetime

import pydyf

WIDTH, HEIGHT = 595, 792
"""Points: as wide as A4 and as high as Letter, so that it prints whole on either."""
COURIER_EM = 0.6
"""How wide each of Courier's characters is, of its size."""
_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier", "F4": "Courier-Bold"}
_AS_TYPED = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Font:
    """One of `_FONTS` by its name in the file, and its size in points."""

    name: str
    size: int


HEADING = Font("F2", 18)
PLAIN = Font("F1", 10)
CELL = Font("F3", 9)
HEAD_CELL = Font("F4", 9)


class TaggedPdf:
    """A document in `language` (BCP 47), written page by page from the top; y is from the top."""

    def __init__(self, title: str, language: str, made_at: datetime) -> None:
        self._pdf = pydyf.PDF()
        self._pdf.info.update(
            Title=pydyf.String(title), CreationDate=pydyf.String(f"D:{made_at:%Y%m%d%H%M%S}Z")
        )
        self._root = self._added(Type="/StructTreeRoot", K=pydyf.Array())
        self.document = self._element("Document", self._root)
        self._pages: list[pydyf.Dictionary] = []
        self._marks: list[list[bytes]] = []
        self._pdf.catalog.update(
            Lang=pydyf.String(language),
            MarkInfo=pydyf.Dictionary({"Marked": "true"}),
            ViewerPreferences=pydyf.Dictionary({"DisplayDocTitle": "true"}),
            StructTreeRoot=self._root.reference,
        )
        fonts = {
            name: pydyf.Dictionary(
                {"Type": "/Font", "Subtype": "/Type1", "BaseFont": f"/{base}",
                 "Encoding": "/WinAnsiEncoding"}
            )
            for name, base in _FONTS.items()
        }  # fmt: skip
        self._fonts = pydyf.Dictionary({"Font": pydyf.Dictionary(fonts)})

    def new_page(self) -> None:
        """Begin a page; what is written goes there from now on."""
        self._stream = pydyf.Stream(compress=True)
        self._pdf.add_object(self._stream)
        page = pydyf.Dictionary({
            "Type": "/Page",
            "Parent": self._pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, WIDTH, HEIGHT]),
            "Resources": self._fonts,
            "Contents": self._stream.reference,
            "StructParents": len(self._pages),
            "Tabs": "/S",
        })  # fmt: skip
        self._pdf.add_page(page)
        self._pages.append(page)
        self._marks.append([])

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def element(self, kind: str, parent: pydyf.Dictionary | None = None) -> pydyf.Dictionary:
        """A new element of the tree, such as `H1`, `P`, `Table`, `TR`, `TH` or `TD`."""
        return self._element(kind, self.document if parent is None else parent)

    def write(
        self, element: pydyf.Dictionary, x: float, y: float, text: str, font: Font = PLAIN
    ) -> None:
        """Text of `element`, its base line `y` points below the page's top edge."""
        number = len(self._marks[-1])
        self._marks[-1].append(element.reference)
        element["Pg"] = self._pages[-1].reference
        element["K"].append(number)
        kind = element["S"].removeprefix("/")
        self._stream.begin_marked_content(kind, f"<</MCID {number}>>".encode())
        self._show(x, y, text, font)

    def write_unread(self, x: float, y: float, text: str, font: Font = PLAIN) -> None:
        """Text for the eye alone."""
        self._stream.begin_marked_content("Artifact")
        self._show(x, y, text, font)

    def rule(self, x: float, y: float, width: float) -> None:
        """A thin line from `x` to the right."""
        self._stream.begin_marked_content("Artifact")
        self._stream.set_line_width(0.5)
        self._stream.move_to(x, HEIGHT - y)
        self._stream.line_to(x + width, HEIGHT - y)
        self._stream.stroke()
        self._stream.end_marked_content()

    def to_bytes(self) -> bytes:
        """The whole file. Call it once: the tree is closed by it."""
        numbers = pydyf.Array()
        for number, marks in enumerate(self._marks):
            numbers.extend([number, pydyf.Array(marks)])
        tree = self._added(Nums=numbers)
        self._root["ParentTree"] = tree.reference
        self._root["ParentTreeNextKey"] = len(self._marks)
        written = io.BytesIO()
        self._pdf.write(written, identifier=True, compress=True)
        return written.getvalue()

    def _show(self, x: float, y: float, text: str, font: Font) -> None:
        self._stream.begin_text()
        self._stream.set_font_size(font.name, font.size)
        self._stream.set_text_matrix(1, 0, 0, 1, x, HEIGHT - y)
        self._stream.show_text_string(as_typed(text).encode("cp1252", "replace"))
        self._stream.end_text()
        self._stream.end_marked_content()

    def _element(self, kind: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        made = self._added(Type="/StructElem", S=f"/{kind}", P=parent.reference, K=pydyf.Array())
        if kind == "TH":
            made["A"] = pydyf.Dictionary({"O": "/Table", "Scope": "/Column"})
        parent["K"].append(made.reference)
        return made

    def _added(self, **values: object) -> pydyf.Dictionary:
        made = pydyf.Dictionary(values)
        self._pdf.add_object(made)
        return made


def as_typed(text: str) -> str:
    """`text` with its spaces and hyphens as a keyboard has them."""
    return unicodedata.normalize("NFKC", text).translate(_AS_TYPED)
