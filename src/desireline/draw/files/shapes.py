"""Slides and the shapes on them: cards, texts, dots and lines, in points, in the colours of the palette."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any, TypeAlias

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from desireline.draw.html import writable
from desireline.draw.layout import Box
from desireline.draw.palette import LIGHT
from desireline.draw.text import words_of, wrap

FONT = "Arial"
LEADING = 1.3  # height of a line over the size of its letters
WIDER = 0.86  # of a line of a title, so that it also fits in a font that is wider than Arial
SMALLER = (30, 26, 22, 19, 16, 14)
TITLE_ONLY = 5  # the layout of the default template that has a title and nothing else

Said: TypeAlias = tuple[str, str, float, bool]
"""A paragraph: its text, the role of its colour, its size, and whether it is bold."""


class Deck:
    """A presentation that is being made."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def add(self, title: str) -> Slide:
        """A new slide at the end."""
        page = self._made.slides.add_slide(self._made.slide_layouts[TITLE_ONLY])
        page.shapes.turbo_add_enabled = True
        page.shapes.title.text_frame.text = _plain(title)
        return Slide(page, _plain(title))

    def save(self, into: IO[bytes]) -> None:
        """The file is written."""
        self._made.save(into)


def deck(title: str, width: float, height: float) -> Deck:
    """An empty presentation of this size, in points."""
    made = Presentation()
    made.slide_width, made.slide_height = Pt(width), Pt(height)
    made.core_properties.title = _plain(title)[:255]
    made.core_properties.author = "Desireline"
    made.core_properties.created = made.core_properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    return Deck(made)


class Slide:
    """A slide. Places are in pixels of a layout, shown `scale` points large, from `top` on."""

    def __init__(self, page: Any, title: str, *, scale: float = 1.0, top: float = 0.0) -> None:
        self.page, self.title, self.scale, self.top = page, title, scale, top

    def scaled(self, scale: float, *, top: float = 0.0) -> Slide:
        """The same slide, for a layout of another scale."""
        return Slide(self.page, self.title, scale=scale, top=top)

    def ground(self, role: str) -> None:
        """The whole slide has this colour."""
        self.page.background.fill.solid()
        self.page.background.fill.fore_color.rgb = colour(role)

    def head(self) -> None:
        """The title stands at the top, on the ground of pages."""
        self.ground("page")
        self.title_at(Box(32, 14, 896, 42), size=22, colour="ink")

    def title_at(self, box: Box, *, size: float, colour: str) -> None:
        """The title stands here."""
        shape = self.page.shapes.title
        shape.left, shape.top, shape.width, shape.height = self._place(box)
        fitting = next((one for one in (size, *SMALLER) if one <= size and self._lines(box, one) <= box.height), 12)
        said = [(self.title, colour, fitting, True)]
        _fill_text(shape.text_frame, said, 1.0, inset=(0, 0), anchor=MSO_ANCHOR.MIDDLE)

    def _lines(self, box: Box, size: float) -> float:
        """How high the title would be."""
        return len(wrap(self.title, WIDER * box.width, size, bold=True)) * size * LEADING

    def card(
        self,
        box: Box,
        said: Sequence[Said],
        *,
        fill: str = "sheet",
        line: str = "",
        name: str = "",
        middle: bool = False,
        round_: float = 6,
    ) -> Any:
        """A rounded rectangle that holds its text."""
        shape = self.page.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *self._place(box))
        shape.adjustments[0] = min(0.5, round_ / max(min(box.width, box.height), 1))
        _paint(shape, fill, line, self.scale)
        shape.name = _plain(name)[:120] or "Card"
        anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        inset = (3, 0) if middle else (10, 6)
        align = PP_ALIGN.CENTER if middle else PP_ALIGN.LEFT
        _fill_text(shape.text_frame, said, self.scale, inset=inset, anchor=anchor, align=align)
        return shape

    def text(
        self,
        box: Box,
        said: Sequence[Said],
        name: str = "",
        *,
        middle: bool = False,
        align: str = "",
        safe: bool = False,
    ) -> Any:
        """Text without a card. `safe`: in a wider font one line stays one line, and more lines shrink."""
        shape = self.page.shapes.add_textbox(*self._place(box))
        shape.name = _plain(name)[:120] or "Text"
        anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        where = {"right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}.get(align, PP_ALIGN.LEFT)
        one_line = safe and len(said) == 1 and box.height < 2 * said[0][2] * LEADING
        _fill_text(shape.text_frame, said, self.scale, inset=(0, 0), anchor=anchor, align=where, wrap=not one_line)
        if safe and not one_line:
            shape.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        return shape

    def block(
        self, box: Box, *, fill: str, line: str = "", round_: float = 0, hatched: bool = False, name: str = ""
    ) -> Any:
        """A rectangle without a text."""
        form = MSO_SHAPE.ROUNDED_RECTANGLE if round_ else MSO_SHAPE.RECTANGLE
        shape = self.page.shapes.add_shape(form, *self._place(box))
        if round_:
            shape.adjustments[0] = min(0.5, round_ / max(min(box.width, box.height), 1))
        _paint(shape, fill, line, self.scale)
        if hatched:
            shape.fill.patterned()
            shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            shape.fill.fore_color.rgb, shape.fill.back_color.rgb = colour("hatch"), colour("sheet")
        shape.name = _plain(name)[:120] or "Block"
        return shape

    def area(self, corners: Sequence[tuple[float, float]], *, fill: str, name: str = "") -> Any:
        """A filled shape with these corners."""
        begun, *rest = [(self._at(x), self._at(y, self.top)) for x, y in corners]
        drawn = self.page.shapes.build_freeform(*begun)
        drawn.add_line_segments(rest)
        shape = drawn.convert_to_shape()
        _paint(shape, fill, "", self.scale)
        shape.name = _plain(name)[:120] or "Area"
        return shape

    def dot(
        self,
        box: Box,
        *,
        fill: str,
        said: str = "",
        colour: str = "ink",
        line: str = "sheet",
        name: str = "",
        form: str = "",
    ) -> Any:
        """A circle (square, diamond, triangle), with a few letters in it."""
        forms = {
            "square": MSO_SHAPE.RECTANGLE,
            "diamond": MSO_SHAPE.DIAMOND,
            "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
        }
        shape = self.page.shapes.add_shape(forms.get(form, MSO_SHAPE.OVAL), *self._place(box))
        _paint(shape, fill, line, self.scale)
        shape.name = _plain(name)[:120] or "Dot"
        text = [(said, colour, 12, True)] if said else []
        _fill_text(
            shape.text_frame,
            text,
            self.scale,
            inset=(0, 0),
            anchor=MSO_ANCHOR.MIDDLE,
            align=PP_ALIGN.CENTER,
            wrap=False,
        )
        return shape

    def picture(self, box: Box, body: bytes, says: str, *, round_: bool = False) -> Any:
        """A picture that fills its box, cut where it must be."""
        shape = self.page.shapes.add_picture(BytesIO(body), *self._place(box))
        wide, tall = shape.image.size
        over = (wide / tall) / (box.width / box.height)
        if over > 1:
            shape.crop_left = shape.crop_right = (1 - 1 / over) / 2
        else:
            shape.crop_top = shape.crop_bottom = (1 - over) / 2
        if round_:
            shape.auto_shape_type = MSO_SHAPE.OVAL
        shape._element.nvPicPr.cNvPr.set("descr", _plain(says)[:250])
        shape.name = "Picture"
        return shape

    def line(self, x: float, y: float, to_x: float, to_y: float, **look: Any) -> Any:
        """A straight line. `look`: colour, width, dash (True), name."""
        ends = [self._at(x), self._at(y, self.top), self._at(to_x), self._at(to_y, self.top)]
        shape = self.page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        _plainly(shape)
        shape.line.color.rgb = colour(look.get("colour", "line"))
        shape.line.width = Pt(look.get("width", 1.0) * self.scale)
        if look.get("dash"):
            shape.line.dash_style = MSO_LINE.DASH
        shape.name = _plain(look.get("name", "")) or "Line"
        return shape

    def _place(self, box: Box) -> tuple[Emu, Emu, Emu, Emu]:
        return (
            self._at(box.x),
            self._at(box.y, self.top),
            self._at(max(box.width, 1)),
            self._at(max(box.height, 1)),
        )

    def _at(self, pixels: float, begin: float = 0.0) -> Emu:
        return Emu(round((pixels * self.scale + begin) * 12_700))


def colour(role: str) -> RGBColor:
    """A colour of the palette by its role; `#rrggbb` is itself."""
    code = LIGHT.get(role, role).removeprefix("#")
    return RGBColor(*bytes.fromhex(code))  # type: ignore[no-untyped-call]


def _paint(shape: Any, fill: str, line: str, scale: float) -> None:
    _plainly(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(fill)
    if line:
        shape.line.color.rgb = colour(line)
        shape.line.width = Pt(1.0 * scale)
    else:
        shape.line.fill.background()


def _plainly(shape: Any) -> None:
    """The shape has none of the theme's shadows and fills."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _fill_text(
    frame: Any,
    said: Sequence[Said],
    scale: float,
    *,
    inset: tuple[float, float],
    anchor: Any,
    align: Any = PP_ALIGN.LEFT,
    wrap: bool = True,
) -> None:
    frame.word_wrap = wrap
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = Pt(inset[0] * scale)
    frame.margin_top = frame.margin_bottom = Pt(inset[1] * scale)
    for k, (text, role, size, bold) in enumerate(said):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        for old in list(paragraph.runs):
            old._r.getparent().remove(old._r)
        paragraph.alignment = align
        paragraph.line_spacing = Pt(round(size * LEADING * scale, 2))
        run = paragraph.add_run()
        run.text = _plain(text)
        run.font.name, run.font.size, run.font.bold = FONT, Pt(round(size * scale, 1)), bold
        run.font.color.rgb = colour(role)


def _plain(text: str) -> str:
    """The text on one line, without signs that XML may not hold."""
    return " ".join(words_of(writable(text)))
