"""Pages for the tests of the Python package."""

import os
import pathlib
import tempfile
import unittest

import numpy
from PIL import Image, ImageDraw, ImageFont

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "examples/sample_pages"
WORDS = "The quick brown fox"


def drawn_page(text=WORDS, width=900, height=160):
    """Black text on white, as an array."""
    image = Image.new("L", (width, height), 255)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 40)
    ImageDraw.Draw(image).text((40, 50), text, fill=0, font=font)
    return numpy.array(image)


def skewed_page(angle, width=900, height=360):
    """Three text lines rotated by `angle` degrees, as an array; and the box of each word's ink, by its text."""
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 40)
    page, boxes = numpy.full((height, width), 255, numpy.uint8), {}
    for line, text in enumerate(["The quick brown fox jumps over", "a lazy dog while seven grey", "boats lie in her harbour"]):
        x = 60
        for word in text.split():
            layer = Image.new("L", (width, height), 255)
            ImageDraw.Draw(layer).text((x, 60 + 80 * line), word, fill=0, font=font)
            turned = numpy.array(layer.rotate(angle, Image.BICUBIC, fillcolor=255))
            page = numpy.minimum(page, turned)
            boxes[word] = ink_box(turned)
            x += font.getlength(word + " ")
    return page, boxes


def ink_box(pixels):
    """(left, top, right, bottom) of what is darker than medium gray."""
    down, across = numpy.nonzero(pixels < 128)
    return across.min(), down.min(), across.max() + 1, down.max() + 1


class TestCase(unittest.TestCase):
    """A test with a folder of its own, which is the current one."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="ocrtune-python-")
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        self.tmp = pathlib.Path(folder.name)
        os.chdir(self.tmp)

    def written(self, name, pixels):
        path = self.tmp / name
        Image.fromarray(pixels).save(path)
        return path
