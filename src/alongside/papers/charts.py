"""Charts: lines and bars, drawn by pygal, cleaned for our pages. Pure: numbers in, shapes out.

A chart tells its title and what it shows in words; the table stands beside it on the page. It holds
no script, no style sheet and no style attribute: colors are attributes that print and PDF use, and
classes that the page's own style sheet overrides (``_charts.scss``). Series differ by dash and mark
as well as by color, and no color says good or bad. Pages write the shapes by the template
``cotton/chart.html``, so that nothing in them is ever taken for markup.
"""

import math
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import (  # nosec B405: made here; read by defusedxml
    Element,
    SubElement,
    register_namespace,
    tostring,
)

from defusedxml.ElementTree import fromstring

SVG = "http://www.w3.org/2000/svg"
# Drawn as wide as a phone shows it, so that its words stay as large as those around it: 290 px on a
# screen of 360 px, where 14 units are more than 13 px.
WIDTH, HEIGHT = 300, 230
WORD = 14  # units: how high a word is
LETTER = 0.62 * WORD  # how wide a letter is, in a font of wide ones
RIGHT = 34  # half of the last day's name
NAME_HEIGHT = 22
SIGN_WIDTH, SIGN_ROWS = 16.0, 3  # signs nearer than this stand one below the other
INK, SOFT, RULE = "#1f2d2b", "#47544f", "#c9c2b4"
COLORS = ("#a34a06", "#2b4f86", "#6b3a73", INK)
DASHES = ("", "7 4", "2 4", "10 3 2 3")
FONT = "Libertinus Serif"
register_namespace("", SVG)
# What XML cannot hold, such as the upright tab of a word processor.
_UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Point:
    on: date
    value: float


@dataclass(frozen=True)
class Series:
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Mark:
    """Something that happened: ``sign`` is a short number that a list below explains."""

    on: date
    sign: str


@dataclass(frozen=True)
class Axis:
    """What stands along an edge: where, and the word."""

    ticks: tuple[tuple[float, str], ...]
    low: float
    high: float


@dataclass(frozen=True)
class Shape:
    """A path, circle, rect or text, with what it is drawn with."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str = ""


@dataclass(frozen=True)
class Drawing:
    """``key`` is unique on the page; ``told`` says in words what is seen."""

    key: str
    title: str
    told: str
    box: str
    shift: str
    shapes: tuple[Shape, ...]

    def svg(self) -> str:
        """As a file, for papers."""
        svg = Element(f"{{{SVG}}}svg", {"viewBox": self.box})
        group = SubElement(svg, f"{{{SVG}}}g", {"transform": self.shift})
        for shape in self.shapes:
            one = SubElement(group, f"{{{SVG}}}{shape.tag}", dict(shape.attributes))
            one.text = shape.text or None
        return tostring(svg, encoding="unicode")


def line_chart(
    series: Sequence[Series],
    *,
    key: str,
    title: str,
    told: str,
    days: Sequence[tuple[date, str]],
    values: Axis,
    marks: Sequence[Mark] = (),
) -> Drawing:
    """How values went over time. ``key`` is unique on the page; ``told`` says it in words; ``days``
    are what the time axis names, the first and the last of them its ends."""
    ends = [day.toordinal() for day, _word in days]
    chart = _blank("XY", values)
    chart.xrange = (min(ends), max(ends) + (1 if min(ends) == max(ends) else 0))
    named = _with_room(days, values)
    chart.x_labels = [{"label": _held(word), "value": day.toordinal()} for day, word in named]
    for one in series:
        chart.add(_held(one.name), [(point.on.toordinal(), point.value) for point in one.points])
    chart.add("", [(mark.on.toordinal(), values.low) for mark in marks], stroke=False)
    svg = _opened(chart)
    for n in range(len(series)):
        _style_series(svg, n)
    if len(series) > 1:
        _name_lines(svg, [_held(one.name) for one in series])
    _style_marks(svg, len(series), marks)
    return _drawing(svg, key, title, told)


def bar_chart(
    bars: Sequence[tuple[str, int]], *, key: str, title: str, told: str, height: int = 170
) -> Drawing:
    """How many of something, month by month."""
    most = max([count for _label, count in bars], default=0)
    step = max(1, -(-most // 4))
    ticks = tuple((float(n), str(n)) for n in range(0, most + step, step))
    chart = _blank("Bar", Axis(ticks, 0, max(most, 1)), height=height)
    # As many names as have room, the newest always among them.
    longest = max((len(label) for label, _count in bars), default=0)
    every = max(1, math.ceil((longest + 0.5) * LETTER * len(bars) / (WIDTH - 2 * RIGHT)))
    left = range(len(bars) - 1, -1, -1)
    chart.x_labels = [
        "" if n % every else label for n, (label, _count) in zip(left, bars, strict=True)
    ]
    chart.add("", [count for _label, count in bars])
    svg = _opened(chart)
    for bar in _with_class(svg, "rect", "rect"):
        _set(bar, {"class": "bar", "fill": COLORS[1]})
    return _drawing(svg, key, title, told)


def _with_room(days: Sequence[tuple[date, str]], values: Axis) -> list[tuple[date, str]]:
    """The first and the last, and of those between what stands clear of both."""
    if len(days) < 3:
        return list(days)
    (first, begins), *between, (last, ends) = days
    wide = WIDTH - RIGHT - LETTER * max((len(word) for _value, word in values.ticks), default=0)
    unit = wide / max(1, (last - first).days)

    def clear(day: date, word: str) -> bool:
        before, after = (len(word) + len(end) + 3 for end in (begins, ends))
        room = LETTER / 2
        return (day - first).days * unit > room * before and (last - day).days * unit > room * after

    return [days[0], *((day, word) for day, word in between if clear(day, word)), days[-1]]


def _blank(kind: str, values: Axis, *, height: int = HEIGHT) -> Any:
    """pygal is read when the first chart is drawn, so that a start does not wait for it."""
    import pygal  # noqa: PLC0415
    from pygal.style import Style  # noqa: PLC0415

    # It leaves an import hook of the old kind behind, which makes every later import warn, and
    # serves plugins that we do not have.
    sys.meta_path[:] = [one for one in sys.meta_path if type(one).__name__ != "PluginImportFixer"]
    chart = getattr(pygal, kind)(
        js=(),
        no_prefix=True,
        disable_xml_declaration=True,
        show_legend=False,
        explicit_size=False,
        width=WIDTH,
        height=height,
        margin=8,
        margin_right=RIGHT,
        margin_left=4,
        style=Style(label_font_size=WORD, major_label_font_size=WORD),
        range=(values.low, values.high),
        dots_size=4,
        no_data_text="",
        truncate_label=-1,
    )
    chart.y_labels = [{"label": _held(word), "value": value} for value, word in values.ticks]
    return chart


def _held(word: str) -> str:
    return _UNHELD.sub(" ", word)


def _opened(chart: Any) -> Element:
    """The drawing of pygal without all that a page must not hold."""
    drawn = fromstring(chart.render(is_unicode=True))
    svg = Element(f"{{{SVG}}}svg", {"viewBox": drawn.get("viewBox", "")})
    svg.extend(one for one in drawn if _class(one).startswith("graph"))
    _clean(svg)
    for text in svg.iter(f"{{{SVG}}}text"):
        anchor = "end" if text.get("x", "").startswith("-") else "middle"
        _set(text, {"fill": SOFT, "font-size": str(WORD), "font-family": FONT})
        _set(text, {"text-anchor": anchor})
    return svg


def _clean(parent: Element) -> None:
    along_x = "axis x" in _class(parent)
    for child in list(parent):
        if _is_gone(child):
            parent.remove(child)
            continue
        for attribute in ("style", "id"):
            child.attrib.pop(attribute, None)
        if _class(child) == "guides" and along_x:
            for path in child.findall(f"{{{SVG}}}path"):
                child.remove(path)
        if _name(child) == "path" and "line" in _class(child).split():
            _set(child, {"stroke": RULE, "fill": "none", "stroke-width": "1", "class": "rule"})
        _clean(child)


def _is_gone(one: Element) -> bool:
    kind = _class(one)
    drawn = _name(one) in ("g", "path", "text", "circle", "rect")
    return not drawn or kind in ("background", "titles", "legends") or kind.endswith("-overlay")


def _name(one: Element) -> str:
    """The tag without its namespace; a comment has none."""
    return one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""


def _style_series(svg: Element, n: int) -> None:
    color, dash = COLORS[n % len(COLORS)], DASHES[n % len(DASHES)]
    for group in _with_class(svg, "g", f"serie-{n}"):
        for path in list(group.iter(f"{{{SVG}}}path")):
            _set(path, {"class": f"trend s{n}", "fill": "none", "stroke": color})
            _set(path, {"stroke-width": "2.5"} | ({"stroke-dasharray": dash} if dash else {}))
        for dots in _with_class(group, "g", "dots"):
            for circle in dots.findall(f"{{{SVG}}}circle"):
                _marked(circle, n, color)


def _marked(circle: Element, n: int, color: str) -> None:
    """Each series has its own sign: a dot, a square, a diamond, a ring."""
    x, y = float(circle.get("cx", 0)), float(circle.get("cy", 0))
    circle.attrib.clear()
    _set(circle, {"class": f"dot s{n}", "fill": color})
    if n % 4 == 1:
        circle.tag = f"{{{SVG}}}rect"
        _set(circle, {"x": f"{x - 4:.1f}", "y": f"{y - 4:.1f}", "width": "8", "height": "8"})
    elif n % 4 == 2:
        circle.tag = f"{{{SVG}}}path"
        _set(circle, {"d": f"M{x:.1f} {y - 6:.1f} l6 6 l-6 6 l-6 -6 z"})
    else:
        _set(circle, {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4.5"})
        if n % 4 == 3:
            _set(
                circle,
                {"fill": "none", "stroke": color, "stroke-width": "2", "class": f"ring s{n}"},
            )


def _name_lines(svg: Element, names: Sequence[str]) -> None:
    """Below the days: the sign of each line and its name, one under the other."""
    lowest = max(float(one.get("y", 0)) for one in svg.iter(f"{{{SVG}}}text"))
    left = 8 - max(float(one) for one in _MOVED.findall(_shift(svg)))
    for n, name in enumerate(names):
        groups = _with_class(svg, "g", f"serie-{n}")
        home = [dots for group in groups for dots in _with_class(group, "g", "dots")]
        if not home:
            continue
        lowest += NAME_HEIGHT
        color = COLORS[n % len(COLORS)]
        sign = SubElement(home[-1], f"{{{SVG}}}circle", {"cx": f"{left}", "cy": f"{lowest - 5}"})
        _marked(sign, n, color)
        style = {"class": f"name s{n}", "x": f"{left + 14:.1f}", "y": f"{lowest:.1f}"}
        style |= {"fill": color, "font-size": str(WORD), "font-family": FONT}
        SubElement(home[-1], f"{{{SVG}}}text", style | {"text-anchor": "start"}).text = name
    x, y, wide, high = svg.get("viewBox", "").split()
    svg.set("viewBox", f"{x} {y} {wide} {float(high) + NAME_HEIGHT * len(names):g}")


def _shift(svg: Element) -> str:
    """How all that is drawn is moved."""
    return min({one.get("transform", "") for one in svg.iter() if one.get("transform")})


def _style_marks(svg: Element, n: int, marks: Sequence[Mark]) -> None:
    """What happened: a thin upright line, and its sign at the top."""
    signs, ends = iter([mark.sign for mark in marks]), [-SIGN_WIDTH] * SIGN_ROWS
    for group in _with_class(svg, "g", f"serie-{n}"):
        for dots in _with_class(group, "g", "dots"):
            x, y = float(dots[0].get("cx", 0)), float(dots[0].get("cy", 0))
            for child in list(dots):
                dots.remove(child)
            line = {"d": f"M{x:.1f} {y:.1f} V12", "class": "mark", "fill": "none"}
            line |= {"stroke": SOFT, "stroke-width": "1", "stroke-dasharray": "1 3"}
            SubElement(dots, f"{{{SVG}}}path", line)
            free = (n for n, end in enumerate(ends) if x - end >= SIGN_WIDTH)
            row = next(free, SIGN_ROWS - 1)
            ends[row] = x
            word = {"x": f"{x:.1f}", "y": str(10 + WORD * row), "class": "sign", "fill": SOFT}
            word["font-size"] = str(WORD)
            word |= {"font-family": FONT, "text-anchor": "middle"}
            SubElement(dots, f"{{{SVG}}}text", word).text = next(signs, "")


def _with_class(root: Element, tag: str, name: str) -> list[Element]:
    return [one for one in root.iter(f"{{{SVG}}}{tag}") if name in _class(one).split()]


def _class(one: Element) -> str:
    return one.get("class", "")


def _set(one: Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        one.set(name, value)


_MOVED = re.compile(r"translate\((-?[\d.]+)")
_OURS = ("rule", "trend", "dot", "ring", "name", "mark", "sign", "bar")
_DRAWN = ("path", "circle", "rect", "text")


def _drawing(svg: Element, key: str, title: str, told: str) -> Drawing:
    """All shapes lie in groups that are moved alike; classes that mean nothing to us are gone."""
    shapes = []
    for one in svg.iter():
        if _name(one) not in _DRAWN:
            continue
        if not _class(one).startswith(_OURS):
            one.attrib.pop("class", None)
        shapes.append(Shape(_name(one), tuple(one.attrib.items()), one.text or ""))
    return Drawing(key, title, told, svg.get("viewBox", ""), _shift(svg), tuple(shapes))
