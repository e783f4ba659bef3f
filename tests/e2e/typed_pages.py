"""Typed pages of the repository (scripts/make_test_pages.py), of which it is known where the ink of every word lies."""
import functools
import json
import math

import numpy
from PIL import Image

from support import PAGES

PAPER = 255
MARGIN, STEP = 100, 75  # px, from the page's edge to the first line, and from line to line

LINES = ["Every ship that left the harbour", "carried apples, copper (refined) and", "forty-two wheels of yellow cheese.",
         "", "Nobody kept a ledger of journeys", "which ended beyond Gibraltar; people", "paid 1,250 thalers up front."]


@functools.cache
def harbour():
    """The page that has these lines, and of each word its text, line and box."""
    with Image.open(PAGES / "typed" / "harbour.png") as page:
        return page.copy(), json.loads((PAGES / "typed" / "harbour.json").read_text())


def typed(name):
    """The image of another typed page."""
    with Image.open(PAGES / "typed" / f"{name}.png") as page:
        return page.copy()


class TypedPage:
    """Some consecutive lines of LINES. `words`: of each word, line by line, its text and the ink's pixels as rows of x and y."""

    def __init__(self, lines):
        first = LINES.index(lines[0])
        assert lines == LINES[first:first + len(lines)], lines
        page, boxes = harbour()
        top = first * STEP
        self.image = page.crop((0, top, page.width, top + 2 * MARGIN + len(lines) * STEP))
        below = MARGIN + len(lines) * STEP
        self.image.paste(PAPER, (0, 0, page.width, MARGIN))
        self.image.paste(PAPER, (0, below, page.width, self.image.height))
        self.lines = [line for line in lines if line]
        self.words = []
        for word, row, left, upper, right, lower in boxes:
            if first <= row < first + len(lines):
                ys, xs = numpy.nonzero(numpy.asarray(page.crop((left, upper, right, lower))) < 128)
                self.words.append((word, numpy.array([xs + left, ys + upper - top])))

    def turned(self, degrees):
        """The page turned clockwise about its middle, and where its ink went."""
        page = object.__new__(TypedPage)
        page.lines = self.lines
        page.image = self.image.rotate(-degrees, resample=Image.BICUBIC, fillcolor=PAPER)
        angle = math.radians(degrees)
        turn = numpy.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        middle = numpy.array([[self.image.width / 2], [self.image.height / 2]])
        page.words = [(word, turn @ (pixels + 0.5 - middle) + middle - 0.5) for word, pixels in self.words]
        return page

    def ink(self):
        """Of each word its text and the box of its ink: left, top, right, bottom."""
        return [(word, (*pixels.min(axis=1), *(pixels.max(axis=1) + 1))) for word, pixels in self.words]
