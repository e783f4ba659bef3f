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
