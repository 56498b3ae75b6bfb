"""How sheets are set: sheet_look.py FOLDER

Measures every finished .pdf of the folder with PyMuPDF, which knows nothing of the layout that made it, against the rules of
the look: sizes, gaps around headings, breaks, line ends, facing lines, margins, boxes, sides, ink. A file's name begins
with its edition.
Exit code: 0 all keep the rules, 1 some do not; each break of a rule is a line."""

import collections
import concurrent.futures
import pathlib
import re
import sys

import pymupdf

CAP, DESCENDER = 0.668, 0.21  # of the typeface's size
MARGIN = 36.0
# Type of an edition: body, heading, least size, size of days on the axis.
TYPE = {"standard": (12, 15, 12, 12), "ink-saver": (12, 15, 12, 12), "large-print": (18, 21, 18, 14.9)}
# Sides of an edition, and the share of a side that the ink saver may cover: its text alone covers up to 6.4 %.
SIDES = {"standard": 2, "ink-saver": 2, "large-print": 4}
MOST_INK = 0.085
GREATEST_ABOVE = {"standard": 26.0, "ink-saver": 26.0, "large-print": 33.0}
WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
UNIT = re.compile(r"^(am|pm|noon|hours?|minutes?|seconds?|times|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")
# A short first day has its weekday alone.
DAY_HEAD = re.compile(r"^\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:\s(?:[A-Z][a-z]{2}\s)?\d+|$)")
MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*$")

Line = collections.namedtuple("Line", "x y right size colour text")


class Page:
    def __init__(self, page, edition):
        self.number, self.edition = page.number + 1, edition
        self.width, self.height = page.rect.width, page.rect.height
        self.body, self.heading, self.least, self.axis = TYPE[edition]
        self.lines = sorted(lines_of(page), key=lambda line: (line.y, line.x))
        self.foot = min((line.y for line in self.lines if line.size < self.least - 0.1
                         and line.y > self.height - 90), default=self.height - 45) - 14
        drawings = [(rect, drawing) for drawing in page.get_drawings() for rect in parts_of(drawing)]
        self.frames = [rect for rect, drawing in drawings
                       if rect.height > 12 and rect.width > 100 and drawing.get("color") and "s" in drawing["type"]]
        self.drawn = [rect for rect, _ in drawings if rect.width < self.width * 0.99]
        self.ink = [rect for rect, _ in drawings if rect.y1 < self.foot + 2]
        self.text = [line for line in self.lines if line.y < self.foot]

    def headings(self):
        # The title of large print may be as large.
        answer = max(self.text, key=lambda line: line.size).y if self.number == 1 else 0
        for line in (line for line in self.text if line.y > answer):
            # At the left edge, in the size of headings, and not the name of the clinic or of the patient.
            if abs(line.size - self.heading) < 0.2 and abs(line.x - MARGIN) < 1 and line.y > 100 - 40 * (self.number > 1):
                if not (self.number > 1 and line is self.text[0]):
                    yield line

    def above(self, line):
        """Lowest ink over a heading's capitals."""
        top = line.y - CAP * line.size
        # Where a note stands beside it, what is over the heading itself.
        beside = any(other.x > line.right and abs(other.y - line.y) < line.size for other in self.text)
        edge = line.right if beside else self.width
        inks = [other.y + (DESCENDER * other.size if re.search("[gjpqy,()]", other.text) else 0)
                for other in self.text if other.y < top and other.x < edge]
        inks += [rect.y1 for rect in self.ink if rect.y1 < top + 1 and rect.x0 < edge]
        return top - max(inks) if inks else None

    def below(self, line):
        """First ink under a heading's baseline, and whether that is a frame."""
        under = [(other.y - CAP * other.size, False) for other in self.text
                 if other.y > line.y + 1 and other.x < self.width / 2 + 30 and abs(other.y - line.y) > 4]
        under += [(rect.y0, True) for rect in self.frames if rect.y0 > line.y and rect.x0 < MARGIN + 4]
        under += [(rect.y0, False) for rect in self.ink if rect.y0 > line.y and rect.width < 120]
        return min(under) if under else None


def parts_of(drawing):
    """The bounds of each figure of a path: several of one look may be drawn at once."""
    figures, end = [], None
    for kind, *points in drawing["items"]:
        if kind in ("re", "qu"):
            figures.append([points[0].tl, points[0].br] if kind == "re" else list(points[0]))
            end = None
            continue
        if end is None or abs(points[0] - end) > 0.01:
            figures.append([])
        figures[-1] += points
        end = points[-1]
    return [pymupdf.Rect(min(p.x for p in figure), min(p.y for p in figure), max(p.x for p in figure),
                         max(p.y for p in figure)) for figure in figures]


def lines_of(page):
    """Runs that stand together on a baseline, without the spaces at their ends."""
    runs = []
    for block in page.get_text("dict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                text = span["text"]
                if text.strip():
                    x = span["origin"][0] + (len(text) - len(text.lstrip())) * span["size"] * 0.25
                    right = span["bbox"][2] - (len(text) - len(text.rstrip())) * span["size"] * 0.25
                    runs.append(Line(x, span["origin"][1], right, span["size"], span["color"], text.strip()))
    runs.sort(key=lambda run: (round(run.y, 1), run.x))
    merged = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and abs(last.y - run.y) < 0.3 and 0 <= run.x - last.right < run.size * 0.75 and abs(last.size - run.size) < 3:
            merged[-1] = last._replace(right=run.right, text=f"{last.text} {run.text}", size=max(last.size, run.size))
        else:
            merged.append(run)
    return merged


def paragraphs(page, top):
    """Lines below each other with one left edge and one leading."""
    leading = page.body * (16 / 12 if page.body == 12 else 22 / 18)
    open_, done = [], []
    for line in [line for line in page.text if line.y > top and abs(line.size - page.body) < 0.2]:
        home = next((group for group in open_ if abs(group[-1].x - line.x) < 1.5
                     and abs(line.y - group[-1].y - leading) < 0.7), None)
        if home:
            home.append(line)
        else:
            group = [line]
            open_.append(group)
            done.append(group)
    return done


def faults(page):
    # Sizes
    for line in page.text:
        axis = DAY_HEAD.match(line.text) and line.size >= page.axis - 0.1
        if line.size < page.least - 0.05 and not axis:
            yield f"{line.size:.1f} pt: {line.text!r}"
    if page.number == 1:
        title = next((line for line in page.text if "next few days" in line.text), None)
        biggest = max(line.size for line in page.text)
        if title is None or biggest < 1.4 * title.size:
            yield f"the answer is {biggest:.1f} pt, the title {title and title.size:.1f}"
    # Headings
    lowest_above = None
    for line in page.headings():
        above, below = page.above(line), page.below(line)
        if above is None or below is None:
            continue
        distance, boxed = below[0] - line.y, below[1]
        lowest_above = min(above, lowest_above or above)
        if above < 1.6 * distance - 0.3:
            yield f"{above:.1f} above, {distance:.1f} below: {line.text!r}"
        if boxed and distance - DESCENDER * line.size < 5.9:
            yield f"{distance - DESCENDER * line.size:.1f} from descender to box: {line.text!r}"
    # The foot
    inks = [line.y for line in page.text] + [rect.y1 for rect in page.ink]
    free = page.foot - 8 - max(inks)
    if free > MARGIN and lowest_above is not None and lowest_above < GREATEST_ABOVE[page.edition] - 1:
        yield f"{free:.0f} pt free at the foot with {lowest_above:.1f} above a heading"
    # Margins
    for line in page.lines:
        if line.x < MARGIN - 2 or line.right > page.width - MARGIN + 2.5 or line.y > page.height - MARGIN + 1:
            yield f"outside of the margins: {line.text!r}"
    for rect in page.drawn:
        if rect.x0 < MARGIN - 2 or rect.x1 > page.width - MARGIN + 2 or rect.y0 < MARGIN - 2 or rect.y1 > page.height - MARGIN + 2:
            yield f"a drawing outside of the margins: {rect}"
    # Text on the edges of boxes
    for rect in page.frames:
        for line in page.text:
            middle = line.y - CAP * line.size / 2
            crosses = any(line.x < edge - 0.5 and line.right > edge + 0.5 for edge in (rect.x0, rect.x1))
            if crosses and rect.y0 < middle < rect.y1:
                yield f"a box's side runs through {line.text!r}"
            on_edge = any(line.y - CAP * line.size < edge < line.y for edge in (rect.y0, rect.y1))
            if on_edge and line.x < rect.x1 and line.right > rect.x0:
                yield f"a box's edge runs through {line.text!r}"
    # Words below a tier's signs, where the side has air
    for rect in page.frames if lowest_above is not None and lowest_above > GREATEST_ABOVE[page.edition] - 6 else []:
        inside = [line for line in page.text if rect.x0 < line.x < rect.x1 and rect.y0 < line.y < rect.y1]
        edge = min((line.x for line in inside), default=0)
        # The first of all is the heading, beside its icon.
        for line, following in zip(inside[1:], inside[2:]):
            indented = 8 < line.x - edge < 20 and abs(following.x - edge) < 1
            if indented and abs(line.size - page.body) < 0.2 and following.y - line.y < page.body * 4 / 3 + 2.5:
                yield f"no air between the signs and {following.text!r}"
    # Text on text
    for index, line in enumerate(page.lines):
        for other in page.lines[index + 1:]:
            if other.y - line.y > line.size * 1.5:
                break
            apart = other.y - CAP * other.size - line.y
            if min(line.right, other.right) - max(line.x, other.x) > 1 and apart < 0 and other.y - line.y > 0.3:
                yield f"{line.text!r} meets {other.text!r}"
    yield from line_faults(page)


def line_faults(page):
    top = 0
    if page.number == 1:
        top = next((line.y for line in page.text if line.text.startswith("When to get help")), 0)
    # On later sides of large print the timeline may stand among the text.
    axis = [line.y for line in page.text if DAY_HEAD.match(line.text)]
    inside = lambda line: bool(axis) and min(axis) - 2 <= line.y <= min(axis) + 12 * page.body
    for group in paragraphs(page, top):
        if any(inside(line) for line in group):
            continue
        widest = max(line.right - line.x for line in group)
        for line, following in zip(group, group[1:]):
            if WEEKDAY.search(line.text) and following.text[:1].isdigit():
                yield f"a weekday ends a line: {line.text!r}"
            if line.text[-1:].isdigit() and UNIT.match(following.text):
                yield f"a number ends a line before its unit: {line.text!r}"
            if MONTH.search(line.text) and following.text[:1].isdigit():
                yield f"a month ends a line: {line.text!r}"
        last = group[-1]
        enough = len(last.text.split()) > 1 and len(last.text) >= 12
        if len(group) > 1 and last.right - last.x < 0.25 * widest and not enough:
            yield f"a short last line: {last.text!r}"
        ends = last.text.rstrip("”)’").endswith((".", "?", "!", ":", "…"))
        if len(group) > 1 and not ends and last.right - last.x > 0.5 * widest and "____" not in last.text:
            yield f"broken after: {last.text!r}"
    body = [line for line in page.text if line.y > top and abs(line.size - page.body) < 0.2 and not inside(line)]
    middle = page.width / 2
    left = [line for line in body if line.right < middle]
    for line in (line for line in body if line.x > middle):
        near = [other for other in left if 0.6 < abs(other.y - line.y) < 3.5]
        if near and not any(abs(other.y - line.y) <= 0.6 for other in left):
            yield f"off the line that faces it by {abs(near[0].y - line.y):.1f}: {line.text!r}"


def look(path):
    edition = next(name for name in TYPE if path.name.startswith(name))
    with pymupdf.open(path) as document:
        pages = [Page(page, edition) for page in document]
        inks = [ink(page) for page in document] if edition == "ink-saver" else []
    found = [f"{path.name} side {page.number}: {fault}" for page in pages for fault in faults(page)]
    if len(pages) > SIDES[edition]:
        found.append(f"{path.name}: {len(pages)} sides")
    found += [f"{path.name} side {at}: {share:.1%} ink" for at, share in enumerate(inks, 1) if share > MOST_INK]
    return found, len(pages)


def ink(page):
    """The share of the side that is black, a grey counting as the part of black that it has."""
    drawn = page.get_pixmap(dpi=100, colorspace=pymupdf.csGRAY).samples
    return 1 - sum(drawn) / 255 / len(drawn)


def main():
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.pdf"))
    assert paths, "no sheets"
    with concurrent.futures.ProcessPoolExecutor() as pool:
        looked = list(pool.map(look, paths, chunksize=8))
    found = [fault for faults, _ in looked for fault in faults]
    print("\n".join(found))
    print(f"{len(paths)} sheets, {sum(sides for _, sides in looked)} sides: {len(found)} breaks of a rule")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
