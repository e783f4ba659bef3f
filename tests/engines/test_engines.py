"""The engines of engines/ and the template of examples/engine, by themselves."""
import importlib.util
import pathlib
import shutil
import subprocess
import unittest

from engine_client import ROOT, Engine, drawn, text_of


class Checks:
    """What holds for every engine; `folder` is its own."""

    def check_words(self, answer, width, height):
        for line in answer["lines"]:
            for word in line["words"]:
                left, top, right, bottom = word["box"]
                self.assertLessEqual(0, left)
                self.assertLess(left, right)
                self.assertLess(top, bottom)
                self.assertLessEqual(right, width + 1)
                self.assertLessEqual(bottom, height + 1)
                self.assertTrue(0 <= word["confidence"] <= 1)
                if "characters" in word:
                    self.assertEqual("".join(one["text"] for one in word["characters"]), word["text"])
                    for one in word["characters"]:
                        self.assertFalse([text for text, _ in one.get("alternatives", []) if not text.strip()])

    def test_reads_a_page(self):
        with Engine(self.folder) as engine:
            self.assertEqual(engine.hello["protocol"], 1)
            self.assertIn("languages", engine.hello)
            page = drawn("INVOICE 2024", "Total 30.91")
            answer = engine.answer(*page)
            self.assertEqual(text_of(answer), ["INVOICE 2024", "Total 30.91"])
            self.check_words(answer, *page[:2])
            self.assertEqual(engine.answer(*page)["lines"], answer["lines"])
        self.assertEqual(engine.status, 0)

    def test_boxes_are_where_the_words_are(self):
        with Engine(self.folder) as engine:
            words = engine.answer(*drawn("", "", "down here"))["lines"][0]["words"]
        self.assertEqual([word["text"] for word in words], ["down", "here"])
        for word in words:
            self.assertGreater(word["box"][1], 160)
            self.assertLess(word["box"][3], 240)
        self.assertLess(words[0]["box"][2], words[1]["box"][0] + 6)

    def test_pages_without_text(self):
        with Engine(self.folder) as engine:
            for width, height in ((1, 1), (700, 500), (3, 900), (900, 3)):
                self.assertEqual(engine.answer(width, height, b"\xff" * (width * height)).get("lines"), [], (width, height))

    def test_a_damaged_page_is_an_error_of_its_own(self):
        with Engine(self.folder) as engine:
            self.assertIn("error", engine.answer(100, 100, b"short"))
            self.assertEqual(text_of(engine.answer(*drawn("Total 30.91"))), ["Total 30.91"])

    def test_options(self):
        with Engine(self.folder) as engine:
            for option in engine.hello["options"]:
                for value in option.get("choices") or [option["low"], option["high"]]:
                    self.assertIn("lines", engine.answer(*drawn("Total 30.91"), **{option["name"]: value}), option)


@unittest.skipUnless(shutil.which("ocrad"), "ocrad is not installed")
class Ocrad(Checks, unittest.TestCase):
    folder = "engines/ocrad"

    def test_says_what_is_missing(self):
        done = subprocess.run(["/usr/bin/python3", "ocrad.py"], cwd=ROOT / self.folder, env={"PATH": "/nonexistent"},
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("apt install ocrad", done.stderr)


@unittest.skipUnless(importlib.util.find_spec("tesserocr"), "tesserocr is not installed")
class Template(Checks, unittest.TestCase):
    folder = "examples/engine"


if __name__ == "__main__":
    unittest.main()
