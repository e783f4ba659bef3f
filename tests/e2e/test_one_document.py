"""`apply -o book.pdf` and `book.txt`: all pages in one document."""
import json
import re
import signal
import subprocess
import time
import unittest

from PIL import Image, ImageDraw, ImageFont
from pdf_files import sound
from support import OCRTUNE, ScratchCase, kept_pages, ocrtune

QUICK = ["--pipeline", "raw", "--engine", "lstm"]
HYPHENATED = ["The quick recog-", "nition of lines of", "typewritten docu-", "ments is of use"]
WORDS = {"1": "Winter evening", "2": "Summer morning", "10": "Harvest festival"}


def page(text, size=(900, 1200)):
    image = Image.new("L", size, 245)
    font = ImageFont.truetype("DejaVuSans.ttf", 40)
    for line in range(6):
        ImageDraw.Draw(image).text((100, 150 + 90 * line), text, fill=20, font=font)
    return image


def pdf_pages(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    return [" ".join(one.split()) for one in text.split("\f")][:-1]


class OneDocument(ScratchCase):
    def setUp(self):
        super().setUp()
        self.scans = self.tmp / "scans"
        self.scans.mkdir()
        for name, text in WORDS.items():
            page(text).save(self.scans / f"page{name}.png", dpi=(150, 150))

    def apply(self, output, *options, check=0):
        return ocrtune("apply", self.scans, "-o", output, *QUICK, *options, check=check)

    def nothing_is_left(self, output):
        self.assertEqual([path.name for path in output.parent.iterdir() if path.name.startswith(".")], [])

    def test_pdf_in_natural_order(self):
        book = self.tmp / "book.pdf"
        self.assertIn("3 pages written to", self.apply(book).stderr)
        pages = pdf_pages(book)
        self.assertEqual(len(pages), 3)
        for text, words in zip(pages, WORDS.values()):
            self.assertIn(words, text)
        self.nothing_is_left(book)
        self.assertIn("Title:           book.pdf\n", subprocess.run(["pdfinfo", book], check=True, capture_output=True, text=True).stdout)
        before = book.read_bytes()
        self.apply(book)
        self.assertEqual(book.read_bytes(), before)

    def test_text_with_form_feeds(self):
        book = self.tmp / "book.txt"
        self.apply(book)
        pages = book.read_text().split("\f")
        self.assertEqual([one.splitlines()[0] for one in pages], list(WORDS.values()))
        self.nothing_is_left(book)

    def test_the_document_is_no_input(self):
        book = self.scans / "book.pdf"
        for _ in range(2):
            self.apply(book)
            self.assertEqual(len(pdf_pages(book)), 3)

    def test_the_same_name_with_two_extensions(self):
        page("Autumn afternoon").save(self.scans / "page1.tif")
        self.apply(self.tmp / "book.pdf")
        self.apply(self.tmp / "book.txt")
        self.assertEqual(len(pdf_pages(self.tmp / "book.pdf")), 4)
        self.assertEqual((self.tmp / "book.txt").read_text().count("\f"), 3)

    def test_blank_pages(self):
        Image.new("L", (900, 1200), 245).save(self.scans / "page3.png")
        for name, options, count in ("all", [], 4), ("some", ["--omit-blank"], 3):
            self.apply(self.tmp / f"{name}.pdf", *options)
            self.apply(self.tmp / f"{name}.txt", *options)
            self.assertEqual(len(pdf_pages(self.tmp / f"{name}.pdf")), count)
            self.assertEqual((self.tmp / f"{name}.txt").read_text().count("\f"), count - 1)

    def test_nothing_but_blank_pages_is_a_page(self):
        for name in WORDS:
            Image.new("L", (900, 1200), 245).save(self.scans / f"page{name}.png")
        self.apply(self.tmp / "book.pdf", "--omit-blank")
        self.assertEqual(len(pdf_pages(self.tmp / "book.pdf")), 1)

    def test_blank_pages_of_a_file(self):
        blank = Image.new("L", (900, 1200), 245)
        images = [page("Winter evening"), blank, page("Summer morning")]
        images[0].save(self.tmp / "three.tif", save_all=True, append_images=images[1:])
        ocrtune("apply", self.tmp / "three.tif", "-o", self.tmp / "out", *QUICK, "--format", "pdf", "--omit-blank", check=0)
        self.assertEqual(len(pdf_pages(self.tmp / "out/three.pdf")), 2)

    def test_turned_pages_are_shown_upright(self):
        upright = Image.open(kept_pages(1)[0]).convert("L")
        turns = {"1": None, "2": Image.ROTATE_90, "10": Image.ROTATE_180}
        for name, turn in turns.items():
            (upright if turn is None else upright.transpose(turn)).save(self.scans / f"page{name}.png")
        book = self.tmp / "book.pdf"
        ocrtune("apply", self.scans, "-o", book, check=0)
        info = subprocess.run(["pdfinfo", "-l", "3", book], check=True, capture_output=True, text=True).stdout
        self.assertEqual(re.findall(r"rot: +(\d+)", info), ["0", "90", "180"])
        words = [set(one.split()) for one in pdf_pages(book)]
        self.assertEqual(words[1:], words[:1] * 2)

    def test_turned_pages_of_a_pdf_that_is_kept_are_shown_upright(self):
        upright = Image.open(kept_pages(1)[0]).convert("L")
        images = [upright, upright.transpose(Image.ROTATE_90), upright.transpose(Image.ROTATE_270)]
        scan = self.tmp / "scan.pdf"
        images[0].save(scan, save_all=True, append_images=images[1:], resolution=150)
        ocrtune("apply", scan, "-o", self.tmp / "out", "--format", "pdf", check=0)
        made = sound(self.tmp / "out/scan.pdf")
        info = subprocess.run(["pdfinfo", "-l", "3", made], check=True, capture_output=True, text=True).stdout
        self.assertEqual(re.findall(r"rot: +(\d+)", info), ["0", "90", "270"])
        words = [set(one.split()) for one in pdf_pages(made)]
        for turned in words[1:]:
            self.assertGreater(len(turned & words[0]), 0.6 * len(turned | words[0]))

    def test_double_pages_are_divided(self):
        left, right = page("Winter evening"), page("Summer morning")
        spread = Image.new("L", (1800, 1200), 245)
        spread.paste(left, (0, 0))
        spread.paste(right, (900, 0))
        for image in self.scans.iterdir():
            image.unlink()
        spread.save(self.scans / "spread.png")
        left.save(self.scans / "single.png")
        for name, options, expected in ("whole", [], 2), ("divided", ["--split-double-pages"], 3):
            self.apply(self.tmp / f"{name}.pdf", *options)
            texts = pdf_pages(sound(self.tmp / f"{name}.pdf"))
            self.assertEqual(len(texts), expected)
        self.assertEqual([set(text.split()) for text in texts], [{"Winter", "evening"}, {"Winter", "evening"}, {"Summer", "morning"}])
        said = self.apply(self.tmp / "texts", "--split-double-pages").stderr
        self.assertIn("3 pages written to", said)
        self.assertEqual((self.tmp / "texts/spread.2.txt").read_text().splitlines()[0], "Summer morning")
        spread.save(self.tmp / "spread.pdf", resolution=150)
        said = ocrtune("apply", self.tmp / "spread.pdf", "-o", self.tmp / "out", "--format", "pdf", "--split-double-pages", *QUICK, check=0)
        self.assertIn("its double pages are divided, so its PDF has pictures of its pages", said.stderr)
        self.assertEqual(len(pdf_pages(sound(self.tmp / "out/spread.pdf"))), 2)
        ocrtune("clean", self.scans / "spread.png", "--pipeline", "raw", "-o", self.tmp / "clean", "--split-double-pages", check=0)
        self.assertEqual(Image.open(self.tmp / "clean/spread.1.png").size, (900, 1200))

    def test_pages_by_number(self):
        book = self.tmp / "book.txt"
        self.apply(book, "--pages", "3,1")
        self.assertEqual([one.splitlines()[0] for one in book.read_text().split("\f")], [WORDS["1"], WORDS["10"]])
        self.assertEqual(self.apply(book, "--pages", "7-", check=1).stderr, "ocrtune: --pages 7-: the inputs have 3 pages\n")
        self.assertIn("must be numbers from 1", self.apply(book, "--pages", "0", check=1).stderr)
        read = ocrtune("read", self.scans, "--pages", "2", "--engine", "lstm", check=0)
        self.assertEqual(read.stdout.splitlines()[0], WORDS["2"])

    def test_hyphens(self):
        image = Image.new("L", (900, 1200), 245)
        font = ImageFont.truetype("DejaVuSans.ttf", 40)
        for line, text in enumerate(HYPHENATED):
            ImageDraw.Draw(image).text((100, 150 + 60 * line), text, fill=20, font=font)
        one = self.tmp / "one.png"
        image.save(one)
        for options, expected in ([], HYPHENATED), (
                ["--join-hyphens"], ["The quick recognition", "of lines of", "typewritten documents", "is of use"]):
            ocrtune("apply", one, "-o", self.tmp / "one.txt.out", *QUICK, *options, "--images", "none", check=0)
            self.assertEqual((self.tmp / "one.txt.out/one.txt").read_text().splitlines(), expected)
            subprocess.run(["rm", "-r", self.tmp / "one.txt.out"], check=True)

    def test_what_needs_a_folder_is_refused(self):
        for options in (["--format", "alto"], ["--split"], ["--images", "png"], ["--journal", "postgresql://nobody@localhost/x/y"]):
            said = self.apply(self.tmp / "book.pdf", *options, check=1).stderr
            self.assertRegex(said, rf"^ocrtune: {options[0]}.*: needs an output folder; the output is one document\n$")
        self.assertIn("the folder is missing", self.apply(self.tmp / "none/book.pdf", check=5).stderr)

    def test_a_folder_with_such_a_name_is_a_folder(self):
        (self.tmp / "texts.txt").mkdir()
        self.apply(self.tmp / "texts.txt")
        self.assertEqual(len(list((self.tmp / "texts.txt").glob("*.txt"))), 3)

    def test_goes_on_where_it_was_killed(self):
        for number in range(20, 60):
            page(f"Page number {number}").save(self.scans / f"page{number}.png")
        book = self.tmp / "book.pdf"
        command = [OCRTUNE, "apply", self.scans, "-o", book, *QUICK, "--jobs", "1"]
        journal = self.tmp / ".book.pdf.ocrtune"
        for stop in (signal.SIGKILL, signal.SIGINT):
            process = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            before = len(list(journal.rglob("*.page")))
            while process.poll() is None and len(list(journal.rglob("*.page"))) < before + 2:
                time.sleep(0.01)
            process.send_signal(stop)
            process.wait()
            self.assertFalse(book.exists())
        done = ocrtune(*command[1:], "--json", check=0)
        self.assertRegex(done.stderr, r"\d+ pages are already done")
        self.assertEqual(json.loads(done.stdout)["count"], 43)
        pages = pdf_pages(book)
        self.assertEqual(len(pages), 43)
        self.assertIn("Page number 59", pages[-1])
        self.nothing_is_left(book)

    def test_a_page_that_fails_is_shown(self):
        (self.scans / "page11.png").write_bytes((self.scans / "page1.png").read_bytes()[:3000])
        self.apply(self.tmp / "book.pdf", check=2)
        self.assertEqual(len(pdf_pages(self.tmp / "book.pdf")), 3)


if __name__ == "__main__":
    unittest.main()
