"""Pages that are typed here, so that it is known where the ink of every word lies."""
import math

import numpy
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
PAPER = 255

LINES = ["Every ship that left the harbour", "carried apples, copper (refined) and", "forty-two wheels of yellow cheese.",
         "", "Nobody kept a ledger of journeys", "which ended beyond Gibraltar; people", "paid 1,250 thalers up front."]


class TypedPage:
    """`words`: of each word, line by line, its text and the ink's pixels as rows of x and y."""

    def __init__(self, lines, size=42, font=FONT):
        face = ImageFont.truetype(font, size)
        space = size // 2
        step = int(1.8 * size)
        width = 200 + max(int(sum(face.getlength(word) + space for word in line.split())) for line in lines)
        self.image = Image.new("L", (width, 200 + step * len(lines)), PAPER)
        self.lines = [line for line in lines if line]
        self.words = []
        for row, line in enumerate(lines):
            x = 100
            for word in line.split():
                single = Image.new("L", self.image.size, PAPER)
                ImageDraw.Draw(single).text((x, 100 + row * step), word, font=face, fill=0)
                ys, xs = numpy.nonzero(numpy.asarray(single) < 128)
                self.words.append((word, numpy.array([xs, ys])))
                self.image.paste(0, mask=Image.eval(single, lambda level: 255 - level))
                x += int(face.getlength(word)) + space

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
