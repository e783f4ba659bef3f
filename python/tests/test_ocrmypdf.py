"""The plugin of OCRmyPDF, by its command."""

import os
import re
import subprocess
import sys

import numpy
from PIL import Image

from support import TestCase, drawn_page, ink_box, skewed_page

DPI = 150
TEXTS = ["The quick brown fox", "jumps over the dog"]


class Plugin(TestCase):
    def setUp(self):
        super().setUp()
        self.pages = []
        for text in TEXTS:
            page = drawn_page(text, height=400)
            page[200:204, 40:860] = 0
            self.pages.append(page)
        first, *others = map(Image.fromarray, self.pages)
        first.save("in.pdf", save_all=True, append_images=others, resolution=DPI)

    def run_plugin(self, *options, status=0, environment={}):
        done = subprocess.run(
            [sys.executable, "-m", "ocrmypdf", "--plugin", "ocrtune.ocrmypdf", *options, "--output-type", "pdf", "-O0",
             "in.pdf", "out.pdf"],
            text=True, capture_output=True, stdin=subprocess.DEVNULL, env={**os.environ, **environment})
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stderr

    def text(self, *options):
        return subprocess.run(["pdftotext", *options, "out.pdf", "-"], check=True, text=True, capture_output=True).stdout

    def word_boxes(self):
        """The words of out.pdf with their boxes, px."""
        found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(\w+)', self.text("-bbox"))
        return [(word, [float(edge) * DPI / 72 for edge in box]) for *box, word in found]

    def test_words_lie_on_their_ink(self):
        for options in (["--ocrtune-pipeline", "standard"], ["--ocrtune-pipeline", "standard", "--pdf-renderer", "hocr"],
                        ["--ocrtune-portfolio", "documents", "--ocrtune-vote"]):
            with self.subTest(options=options):
                self.run_plugin(*options, "--sidecar", "out.txt")
                self.assertEqual(self.text().split(), " ".join(TEXTS).split())
                self.assertEqual((self.tmp / "out.txt").read_text().split(), " ".join(TEXTS).split())
                boxes = self.word_boxes()[:4]
                self.assertEqual([word for word, _ in boxes], TEXTS[0].split())
                ink = numpy.argwhere(self.pages[0][:190] < 128)
                px = [box for _, box in boxes]
                self.assertAlmostEqual(px[0][0], ink[:, 1].min(), delta=3)
                self.assertAlmostEqual(px[3][2], ink[:, 1].max(), delta=3)
                if "hocr" in options:
                    continue  # that renderer puts letters of Helvetica on the line's lower edge
                for left, top, right, bottom in px:
                    word = ink[(ink[:, 1] >= left - 3) & (ink[:, 1] <= right + 3)]
                    self.assertLessEqual(top, word[:, 0].min() + 3)
                    self.assertGreaterEqual(bottom, numpy.percentile(word[:, 0], 90) - 3)

    def test_words_lie_on_the_ink_of_skewed_pages(self):
        (self.tmp / "straight.toml").write_text('name = "straight"\n[[stage]]\nuse = "deskew"\n')
        skewed, words = skewed_page(1.5)
        for options in ([], ["--deskew"]):  # it straightens the page, too
            with self.subTest(options=options):
                Image.fromarray(skewed).save("in.pdf", resolution=DPI)
                self.run_plugin("--ocrtune-pipeline", "straight.toml", *options)
                subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-singlefile", "out.pdf", "page"], check=True)
                page = numpy.array(Image.open("page.pgm"))
                boxes = self.word_boxes()
                self.assertEqual([word for word, _ in boxes], list(words))
                for word, (left, top, right, bottom) in boxes:
                    # Words are 12 px apart, lines 80.
                    x, y = int(left) - 5, int(top) - 5
                    ink = ink_box(page[y : int(bottom) + 6, x : int(right) + 6])
                    self.assertLessEqual(max(abs(x + ink[0] - left), abs(x + ink[2] - right)), 3, word)
                    self.assertLessEqual(top, y + ink[1] + 3, word)
                    self.assertGreaterEqual(bottom, y + ink[3] - 3, word)

    def test_only_images_are_read_by_tesseract(self):
        self.run_plugin("--ocrtune-only-images", "--ocrtune-pipeline", "standard")
        self.assertEqual(self.text().split(), " ".join(TEXTS).split())

    def test_any_character_is_in_the_text(self):
        Image.fromarray(drawn_page("Ærø “naïve” Čapek", height=400)).save("in.pdf", resolution=DPI)
        self.run_plugin("-l", "fra")
        self.assertIn("naïve", self.text())

    def test_the_order_of_languages_is_always_the_same(self):
        texts = set()
        for seed in ("1", "2", "3"):  # OCRmyPDF keeps languages as a set
            self.run_plugin("-l", "fra+eng", "--sidecar", "out.txt", environment={"PYTHONHASHSEED": seed})
            texts.add((self.tmp / "out.txt").read_text())
        self.assertEqual(len(texts), 1)

    def test_refuses_what_does_not_go_together(self):
        for options, message in (
            (["--ocrtune-pipeline", "no_such"], "no_such"),
            (["--ocrtune-vote"], "--ocrtune-vote: needs"),
            (["--ocrtune-only-images"], "--ocrtune-only-images: needs"),
            (["--ocrtune-engine", "no_such"], "no_such"),
        ):
            self.assertIn(message, self.run_plugin(*options, status=1))
            self.assertFalse((self.tmp / "out.pdf").exists())
