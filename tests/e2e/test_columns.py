"""Columns: `apply` reads them one after the other, and leaves rows of cells as they are."""
import json
import textwrap

from PIL import Image, ImageDraw, ImageFont

from support import ROOT, ScratchCase, ocrtune

FONT = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 30)


def two_columns(path, rule=False):
    """Two columns of running text, if asked with a ruled line across them; the texts of their lines."""
    words = (ROOT / "bench" / "languages" / "eng.txt").read_text(encoding="utf-8").split()
    page = Image.new("L", (1700, 1100), 255)
    texts = []
    for column in range(2):
        text = " ".join(words[5 * column:] + words)
        lines = textwrap.wrap(text, 38)[:18]
        for part, top in enumerate((80, 560)):
            ImageDraw.Draw(page).multiline_text((100 + 780 * column, top + 6 * column), "\n".join(lines[9 * part:9 * part + 9]), fill=0,
                                                spacing=18, font=FONT)
        texts.append(lines)
    if rule:
        ImageDraw.Draw(page).line((60, 545, 1640, 545), fill=0, width=4)
    page.save(path, dpi=(300, 300))
    return texts


def wrapped_cells(path):
    """A table of two columns, of which some cells have a word that goes on in a second line."""
    page = Image.new("L", (1500, 1100), 255)
    for row in range(8):
        for column, cell in enumerate((f"Maschinen-\nbau {row}", f"Haupt-\nstraße {row}")):
            ImageDraw.Draw(page).multiline_text((100 + 500 * column, 80 + 120 * row), cell, fill=0, spacing=12, font=FONT)
    page.save(path, dpi=(300, 300))


class Columns(ScratchCase):
    def applied(self, *arguments):
        page, = json.loads(ocrtune("apply", self.tmp / "page.png", "-o", self.tmp / "out", "--json", *arguments, check=0).stdout)["pages"]
        text = (self.tmp / "out" / "page.txt").read_text(encoding="utf-8")
        return page, " ".join(text.split())

    def test_are_read_one_after_the_other(self):
        left, right = two_columns(self.tmp / "page.png")
        page, text = self.applied()
        self.assertTrue(page["by_columns"])
        self.assertLess(page["expected_cer"], 0.1)
        self.assertEqual(text, " ".join(left + right))

    def test_are_read_in_parts_above_and_below_a_ruled_line(self):
        left, right = two_columns(self.tmp / "page.png", rule=True)
        _, text = self.applied()
        self.assertEqual(text, " ".join(left[:9] + right[:9] + left[9:] + right[9:]))

    def test_are_not_looked_for_where_the_mode_is_stated(self):
        left, _ = two_columns(self.tmp / "page.png")
        page, text = self.applied("--psm", "6")
        self.assertFalse(page["by_columns"])
        self.assertGreaterEqual(page["expected_cer"], 0.4)
        self.assertNotIn(" ".join(left), text)

    def test_cells_whose_words_are_broken_are_none(self):
        wrapped_cells(self.tmp / "page.png")
        page, text = self.applied("--lang", "deu")
        self.assertFalse(page["by_columns"])
        self.assertIn("Maschinen- Haupt-", text)
