"""What a page of a PDF shows: characters, rules, pictures and ink, as pdfium finds and paints them.

Whether a character shows is seen, not concluded: the page is painted with its text and without,
and what makes no difference is not on it, be it white, covered, clipped, or in a layer that is off.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from gkparse.errors import ReadError

if TYPE_CHECKING:
    from gkparse.limits import Limits

__all__ = ["UNREADABLE", "Box", "Char", "Page", "Rule", "pages"]

# A character that shows and that the file does not say.
UNREADABLE = "\ufffd"

# Points of a page as it is read, from its left and its top.
Box: TypeAlias = tuple[float, float, float, float]
_Matrix: TypeAlias = tuple[float, float, float, float, float, float]


class Char(NamedTuple):
    """A character with its box (left, top, right, bottom), its baseline and its font's size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    upright: bool = True


class Rule(NamedTuple):
    """A straight line along or down the page: at which height or width, from where, to where."""

    along: bool
    at: float
    start: float
    end: float


class Page(NamedTuple):
    """What a page shows, characters in the order in which the file draws them."""

    number: int
    width: float
    height: float
    chars: Sequence[Char]
    rules: Sequence[Rule]
    pictures: Sequence[Box]
    painted: Painting

    def inked(self, box: Box) -> bool:
        """Whether anything but one colour shows in a box."""
        return self.painted.inked(box)


def pages(data: bytes, limits: Limits) -> Iterator[Page]:
    """The pages of a PDF, one after the other."""
    import pypdfium2  # noqa: PLC0415
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise ReadError(_REFUSED.get(pdfium.FPDF_GetLastError(), _DAMAGED)) from None
    limits.hold("pages", len(document), "pages in the PDF")
    count = 0
    for at in range(len(document)):
        handle = pdfium.FPDF_LoadPage(document, at)
        # Its notes and fields become text and lines of the page itself.
        if handle and pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            pdfium.FPDF_ClosePage(handle)
            handle = pdfium.FPDF_LoadPage(document, at)
        if not handle:
            raise ReadError(f"page {at + 1} of the PDF is damaged: fetch it again")
        text = pdfium.FPDFText_LoadPage(handle)
        try:
            count += max(0, pdfium.FPDFText_CountChars(text))
            limits.hold("characters", count, "characters in the PDF")
            yield _Reader(pdfium, handle, text, limits).page(at + 1)
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(handle)


_DAMAGED = "it is a PDF that is cut off or damaged: fetch it again"
_ENCRYPTED = "it is encrypted: save it without a password"
_REFUSED = {4: _ENCRYPTED, 5: _ENCRYPTED}  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

# A colour that differs by less from what is around it is not seen.
_LEAST_CONTRAST = 8
_DARK = 100
# Pixels to a point; fewer on a big page, of which no more than so many pixels are painted.
_SCALE = 2.0
_LEAST_SCALE = 0.5
_MOST_PIXELS = 16_000_000
# A line thicker than this is a box, a direction further off than this oblique.
_THICK = 3.0
_STRAIGHT = 1.0
_DOT = 1.6
_OFF = math.radians(3)
_SMALL = 0.2  # of a font's size
_TALLEST = 3.0  # of a font's size: no box of a character is higher
_INVISIBLE = 3  # a text's rendering mode: neither filled nor stroked


class Painting:
    """A page as painted with its text and without it."""

    def __init__(self, shown: bytes, bare: bytes, stride: int, width: int, scale: float) -> None:
        self._shown, self._bare, self._stride = shown, bare, stride
        self._width, self._height, self._scale = width, len(shown) // stride, scale

    def _rows(self, box: Box, pixels: bytes) -> Iterator[bytes]:
        left, top, right, bottom = (edge * self._scale for edge in box)
        start, end = max(0, math.floor(left)), min(self._width, math.ceil(right))
        if start < end:
            for y in range(max(0, math.floor(top)), min(self._height, math.ceil(bottom))):
                yield pixels[y * self._stride + start * 3 : y * self._stride + end * 3]

    def differs(self, box: Box) -> bool:
        """Whether text shows in a box."""
        return any(
            shown != bare and any(abs(a - b) > _LEAST_CONTRAST for a, b in zip(shown, bare, strict=True))
            for shown, bare in zip(self._rows(box, self._shown), self._rows(box, self._bare), strict=True)
        )

    def inked(self, box: Box) -> bool:
        """Whether anything but one colour shows in a box."""
        ground = b""
        for row in self._rows(box, self._shown):
            ground = ground or row[:3]
            plain = ground * (len(row) // 3)
            if row != plain and any(
                abs(a - b) > _LEAST_CONTRAST for a, b in zip(row, plain, strict=True)
            ):
                return True
        return False

    def colour(self, box: Box) -> bytes:
        """The colour at the upper left of a box."""
        return next(self._rows(box, self._shown), b"")[:3]


class _Reader:
    """Reads one page with pdfium."""

    def __init__(self, pdfium: Any, handle: Any, text: Any, limits: Limits) -> None:
        self._pdfium, self._handle, self._text, self._limits = pdfium, handle, text, limits
        self._turns = 0  # quarter turns, to the right, that bring the page upright
        self._box = self._shown_box()

    def page(self, number: int) -> Page:
        found = list(self._characters())
        self._turns = self._turned(found)
        objects = list(self._objects())
        rules: list[Rule] = []
        pictures: list[Box] = []
        for handle, kind, matrix in objects:
            if kind == self._pdfium.FPDF_PAGEOBJ_PATH:
                rules.extend(self._lines(handle, matrix))
            elif kind == self._pdfium.FPDF_PAGEOBJ_IMAGE:
                box = self._placed(_unit_square(matrix))
                thin = _thin(box)
                rules.extend(thin)
                pictures.extend([] if thin else [box])
        texts = [handle for handle, kind, _ in objects if kind == self._pdfium.FPDF_PAGEOBJ_TEXT]
        painting = self._painting(number, found, texts)
        chars = [char for raw in found if (char := self._char(raw, painting)) is not None]
        width, height = self._size()
        return Page(number, width, height, chars, rules, pictures, painting)

    # ------------------------------------------------------------ where things are

    def _shown_box(self) -> Box:
        found = self._pdfium.FS_RECTF()
        self._pdfium.FPDF_GetPageBoundingBox(self._handle, found)
        return found.left, found.bottom, found.right, found.top

    def _turned(self, found: list[_Raw]) -> int:
        """The quarter turns that most of the text asks for; those of the page, where there is none."""
        asked = Counter(_quarters(raw.matrix) for raw in found)
        del asked[None]
        most = asked.most_common(1)
        return int(most[0][0] or 0) if most else int(self._pdfium.FPDFPage_GetRotation(self._handle)) % 4

    def _size(self) -> tuple[float, float]:
        left, bottom, right, top = self._box
        wide, high = right - left, top - bottom
        return (high, wide) if self._turns % 2 else (wide, high)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space, as it is read."""
        left, bottom, right, top = self._box
        return (
            (x - left, top - y), (y - bottom, x - left), (right - x, y - bottom), (top - y, right - x)
        )[self._turns]  # fmt: skip

    def _placed(self, points: Sequence[tuple[float, float]]) -> Box:
        xs, ys = zip(*(self._point(x, y) for x, y in points), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    # ------------------------------------------------------------ text

    def _characters(self) -> Iterator[_Raw]:
        """What stands in the text that pdfium finds, without the blanks that it puts in."""
        pdfium, text = self._pdfium, self._text
        x, y = ctypes.c_double(), ctypes.c_double()
        edges = [ctypes.c_double() for _ in range(4)]
        matrix, loose = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        last: _Raw | None = None
        for at in range(max(0, pdfium.FPDFText_CountChars(text))):
            if pdfium.FPDFText_IsGenerated(text, at) == 1:
                continue
            code = pdfium.FPDFText_GetUnicode(text, at)
            unmapped = not code or code in _NONCHARACTERS or pdfium.FPDFText_HasUnicodeMapError(text, at) == 1
            # A hyphen that ends a line comes as another character.
            hyphen = pdfium.FPDFText_IsHyphen(text, at) == 1
            letter = "-" if hyphen else UNREADABLE if unmapped else chr(code)
            if letter.isspace() or not (
                pdfium.FPDFText_GetMatrix(text, at, matrix)
                and pdfium.FPDFText_GetCharOrigin(text, at, x, y)
                and pdfium.FPDFText_GetLooseCharBox(text, at, loose)
                and pdfium.FPDFText_GetCharBox(text, at, *edges)
            ):
                continue
            left, right, bottom, top = (edge.value for edge in edges)
            raw = _Raw(
                at,
                letter,
                (x.value, y.value),
                ((loose.left, loose.bottom), (loose.right, loose.top)),
                ((left, bottom), (right, top)),
                (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f),
                pdfium.FPDFText_GetFontSize(text, at),
                pdfium.FPDFText_GetTextObject(text, at),
            )
            if last is not None and last.origin == raw.origin and _same(last.owner, raw.owner):
                # One glyph that stands for several characters.
                last = last._replace(letter=last.letter + letter)
                continue
            if last is not None:
                yield last
            last = raw
        if last is not None:
            yield last

    def _char(self, raw: _Raw, painting: Painting) -> Char | None:
        """A character as it is read; None for one that does not show, or is a watermark's."""
        quarters = _quarters(raw.matrix)
        if quarters is None:
            return None
        box, tight = self._placed(raw.loose), self._placed(raw.tight)
        base = self._point(*raw.origin)[1]
        a, b, c, d = raw.matrix[:4]
        size = abs(raw.size) * math.sqrt(abs(a * d - b * c)) or box[3] - box[1]
        if box[3] - box[1] > _TALLEST * size:
            # pdfium gives a character of vertical writing a box and an origin that are not its own.
            box, base = tight, tight[3]
        elif min(tight[2] - tight[0], tight[3] - tight[1]) < _SMALL * size:
            # A point or a dash: where another font stands in, it is not just where it should be.
            tight = box
        letter = raw.letter
        if not painting.differs(tight) and not self._fontless(raw, tight, painting):
            if not self._blackened(raw, tight, painting):
                return None
            letter = UNREADABLE
        return Char(letter, *box, base, size, quarters == self._turns)

    def _fontless(self, raw: _Raw, box: Box, painting: Painting) -> bool:
        """Whether a character does not show because this machine has no font for it.

        pdfium brings its own for what is no Chinese; a font in the file shows as it is.
        """
        pdfium = self._pdfium
        font = pdfium.FPDFTextObj_GetFont(raw.owner)
        if (
            raw.letter.isascii()
            or (font and pdfium.FPDFFont_GetIsEmbedded(font) == 1)
            or self._invisible(raw)
            or painting.inked(box)
        ):
            return False
        parts = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFText_GetFillColor(self._text, raw.at, *parts)
        red, green, blue, alpha = (part.value for part in parts)
        ground = painting.colour(box)
        return bool(ground) and alpha > _LEAST_CONTRAST and any(
            abs(a - b) > _LEAST_CONTRAST for a, b in zip(ground, (blue, green, red), strict=True)
        )

    def _blackened(self, raw: _Raw, box: Box, painting: Painting) -> bool:
        """Whether a dark box lies over a character: it is no blank."""
        ground = painting.colour(box)
        dark = bool(ground) and max(ground) < _DARK
        return dark and not painting.inked(box) and not self._invisible(raw)

    def _invisible(self, raw: _Raw) -> bool:
        """Whether a character is written not to show, as that of an OCR."""
        return bool(self._pdfium.FPDFTextObj_GetTextRenderMode(raw.owner) == _INVISIBLE)

    # ------------------------------------------------------------ lines and pictures

    def _objects(self) -> Iterator[tuple[Any, int, _Matrix]]:
        """Each object of the page and of the forms in it, its kind, and where it is drawn."""
        pdfium = self._pdfium
        found = pdfium.FS_MATRIX()
        pixels = 0
        count = pdfium.FPDFPage_CountObjects(self._handle)
        waiting = [
            (pdfium.FPDFPage_GetObject(self._handle, at), _IDENTITY, 0) for at in reversed(range(count))
        ]
        while waiting:
            handle, outer, depth = waiting.pop()
            kind = pdfium.FPDFPageObj_GetType(handle)
            pdfium.FPDFPageObj_GetMatrix(handle, found)
            matrix = _times((found.a, found.b, found.c, found.d, found.e, found.f), outer)
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                self._limits.hold("depth", depth, "forms within each other in the PDF")
                inner = pdfium.FPDFFormObj_CountObjects(handle)
                waiting.extend(
                    (pdfium.FPDFFormObj_GetObject(handle, at), matrix, depth + 1)
                    for at in reversed(range(max(0, inner)))
                )
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                wide, high = ctypes.c_uint(), ctypes.c_uint()
                pdfium.FPDFImageObj_GetImagePixelSize(handle, wide, high)
                pixels += wide.value * high.value
                self._limits.hold("unpacked_bytes", pixels, "pixels in the pictures of a page")
            yield handle, kind, matrix

    def _lines(self, handle: Any, matrix: _Matrix) -> Iterator[Rule]:
        """The rules that a path draws: its straight strokes, and filled boxes as thin as a line."""
        pdfium = self._pdfium
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(handle, filled, stroked)
        for points in self._subpaths(handle, matrix):
            thin = _thin(self._placed(points))
            yield from thin
            if stroked.value and not thin:
                for side in pairwise(points):
                    yield from _thin(self._placed(side), _STRAIGHT)

    def _subpaths(self, handle: Any, matrix: _Matrix) -> list[list[tuple[float, float]]]:
        pdfium = self._pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        found: list[list[tuple[float, float]]] = [[]]
        for at in range(max(0, pdfium.FPDFPath_CountSegments(handle))):
            segment = pdfium.FPDFPath_GetPathSegment(handle, at)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                found.append([])
            a, b, c, d, e, f = matrix
            found[-1].append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if pdfium.FPDFPathSegment_GetClose(segment):
                found[-1].append(found[-1][0])
        return [points for points in found if len(points) > 1]

    # ------------------------------------------------------------ painting

    def _painting(self, number: int, found: list[_Raw], texts: list[Any]) -> Painting:
        """The page painted twice; watermarks, which are oblique, neither time."""
        pdfium = self._pdfium
        for raw in found:
            if _quarters(raw.matrix) is None:
                pdfium.FPDFPageObj_SetIsActive(raw.owner, False)
        wide, high = self._size()
        scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(1.0, wide * high)))
        if not scale >= _LEAST_SCALE:
            raise ReadError(f"page {number} of the PDF is larger than any paper: print it to a new PDF")
        width, height = max(1, math.ceil(wide * scale)), max(1, math.ceil(high * scale))
        shown, stride = self._paint(width, height)
        for handle in texts:
            pdfium.FPDFPageObj_SetIsActive(handle, False)
        bare, _ = self._paint(width, height)
        return Painting(shown, bare, stride, width, scale)

    def _paint(self, width: int, height: int) -> tuple[bytes, int]:
        pdfium = self._pdfium
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            raise MemoryError
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
            turns = (self._turns - pdfium.FPDFPage_GetRotation(self._handle)) % 4
            pdfium.FPDF_RenderPageBitmap(bitmap, self._handle, 0, 0, width, height, turns, 0)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height), stride
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)


class _Raw(NamedTuple):
    """A character as pdfium gives it, in the page's own space."""

    at: int
    letter: str
    origin: tuple[float, float]
    loose: tuple[tuple[float, float], tuple[float, float]]
    tight: tuple[tuple[float, float], tuple[float, float]]
    matrix: _Matrix
    size: float
    owner: Any


_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NONCHARACTERS = frozenset({0xFFFE, 0xFFFF})


def _same(one: Any, other: Any) -> bool:
    """Whether two of pdfium's handles are of one object."""
    return bool(ctypes.cast(one, ctypes.c_void_p).value == ctypes.cast(other, ctypes.c_void_p).value)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _unit_square(matrix: _Matrix) -> list[tuple[float, float]]:
    """The corners of an image, which fills the unit square of its space."""
    a, b, c, d, e, f = matrix
    return [(e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f)]


def _thin(box: Box, thick: float = _THICK) -> list[Rule]:
    """The rule that a box is, if it is no thicker than `thick`; a dot may be of either direction."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    dot = max(wide, high) <= _DOT
    found = []
    if high <= thick and (wide > 2 * high or dot):
        found.append(Rule(True, (top + bottom) / 2, left, right))
    if wide <= thick and (high > 2 * wide or dot):
        found.append(Rule(False, (left + right) / 2, top, bottom))
    return found


def _quarters(matrix: _Matrix) -> int | None:
    """The quarter turns to the right that bring a character upright; None for an oblique one."""
    angle = math.atan2(matrix[1], matrix[0])
    turns = round(angle / (math.pi / 2))
    return turns % 4 if abs(angle - turns * math.pi / 2) <= _OFF else None
