"""Searchable PDFs: the original page, with its text where its ink is, for the readers there are."""
import collections
import html
import os
import pathlib
import pty
import re
import subprocess

import numpy
from PIL import Image

from pdf_files import sound
from support import OCRTUNE, PAGES, ScratchCase, ocrtune, sample_pages
from typed_pages import LINES, TypedPage, typed

# Marks of direction that pdftotext puts around text from right to left.
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e]")


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout


def text_of(pdf):
    return DIRECTIONS.sub("", run("pdftotext", pdf, "-").decode())


def words_of(pdf, dpi, *options):
    """Of each word its text and its box in px of the page, as pdftotext sees it."""
    found = re.findall(r'<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*?)</word>',
                       run("pdftotext", "-bbox", *options, pdf, "-").decode())
    return [(html.unescape(word[4]), tuple(float(edge) * dpi / 72 for edge in word[:4])) for word in found]


class Pdf(ScratchCase):
    def written(self, image, name="page.png", dpi=300, **options):
        path = self.tmp / name
        image.save(path, dpi=(dpi, dpi), **options)
        return path

    def pdf_of(self, page, *arguments, command="read"):
        ocrtune(command, page, "-o", self.tmp / "out", "--format", "pdf", "--quiet", *arguments, check=0)
        return sound(self.tmp / "out" / (page.stem + ".pdf"))

    def pipeline(self, stages):
        path = self.tmp / "pipeline.toml"
        path.write_text('name = "mine"\n' + stages, encoding="utf-8")
        return ["--pipeline", path]

    def check_ink(self, page, *arguments):
        pdf = self.pdf_of(self.written(page.image), *arguments)
        ink = page.ink()
        once = collections.Counter(word for word, _ in ink)
        found = dict(words_of(pdf, 300))
        off = {word: max(abs(a - b) for a, b in zip(box, found[word]))
               for word, box in ink if once[word] == 1 and word in found}
        self.assertGreaterEqual(len(off), 0.9 * len(ink), (sorted(found), sorted(once)))
        self.assertLessEqual(max(off.values()), 3, off)
        self.check_image(page.image, pdf)
        return pdf

    def check_image(self, image, pdf, dpi=300):
        run("pdftoppm", "-r", dpi, "-png", pdf, self.tmp / "shown")
        shown = Image.open(self.tmp / "shown-1.png").convert(image.mode)
        self.assertEqual(shown.size, image.size)
        self.assertTrue(numpy.array_equal(numpy.asarray(shown), numpy.asarray(image)))

    def test_words_lie_on_their_ink(self):
        pdf = self.check_ink(TypedPage(LINES))
        lines = [line for line in text_of(pdf).split("\n") if line.strip("\f ")]
        self.assertEqual(lines, [line for line in LINES if line])

    def test_words_lie_on_the_ink_of_a_page_that_leans(self):
        for degrees in (2, -1.5):
            with self.subTest(degrees):
                leaning = TypedPage(LINES).turned(degrees)
                pdf = self.check_ink(leaning, *self.pipeline('[[stage]]\nuse = "deskew"\n'))
                self.assertEqual(collections.Counter(text_of(pdf).split()), collections.Counter(" ".join(LINES).split()))

    def test_words_lie_on_the_ink_of_a_page_that_was_scaled(self):
        for factor in (0.6, 1.7):
            with self.subTest(factor):
                self.check_ink(TypedPage(LINES), *self.pipeline(f'[[stage]]\nuse = "rescale"\nfactor = {factor}\n'))

    def test_of_dark_pages_too(self):
        page = TypedPage(LINES).turned(2)
        page.image = Image.eval(page.image, lambda level: 235 - level * 200 // 255)
        self.check_ink(page, *self.pipeline('[[stage]]\nuse = "invert_dark"\n[[stage]]\nuse = "deskew"\n'))

    def test_every_reader_finds_the_text(self):
        pdf = self.pdf_of(self.written(TypedPage(LINES).image))
        for found in (run("pdftotext", "-raw", pdf, "-"), run("pdftotext", "-layout", pdf, "-"),
                      run("mutool", "draw", "-q", "-F", "text", pdf)):
            lines = [" ".join(line.split()) for line in found.decode().split("\n") if line.strip("\f ")]
            self.assertEqual(lines, [line for line in LINES if line])
        self.assertIn("OcrtuneGlyphless", run("pdffonts", pdf).decode())

    def test_all_scripts_come_out(self):
        for lang, lines in (
                ("fra", ["Élève naïf où ça coûte cher", "À côté de l’été « déjà vu »"]),
                ("rus", ["Съешь ещё этих мягких", "французских булок"]),
                ("ell", ["γρήγορη αλεπού πηδάει πάνω", "από το τεμπέλικο σκυλί"]),
                ("ara", ["السلام عليكم", "هذا نص عربي"]),
                ("chi_sim", ["今天天气很好我们去公园", "中文识别测试"])):
            with self.subTest(lang):
                page = self.written(typed(lang), f"{lang}.png")
                pdf = self.pdf_of(page, "--lang", lang)
                read = ocrtune("read", page, "--lang", lang, "--quiet", check=0).stdout
                self.assertGreater(len(set(read) & set("".join(lines))), 0.7 * len(set("".join(lines))), read)
                letters = lambda text: collections.Counter("".join(text.split()))
                self.assertEqual(letters(text_of(pdf)), letters(read))
                self.assertEqual(collections.Counter(text_of(pdf).split()), collections.Counter(read.split()))

    def test_text_without_spaces_comes_out_without(self):
        for lang in ("chi_sim", "jpn"):
            with self.subTest(lang):
                page = PAGES / "models" / f"{lang}.png"
                read = ocrtune("read", page, "--lang", lang, "--quiet", check=0).stdout.split()
                pdf = self.pdf_of(page, "--lang", lang)
                self.assertEqual(text_of(pdf).split(), read)
                self.assertEqual(run("mutool", "draw", "-q", "-F", "text", pdf).decode().split(), read)

    def test_a_jpeg_is_embedded_as_it_is(self):
        pixels = TypedPage(LINES[:3]).image
        colours = Image.merge("RGB", (pixels, pixels.point(lambda level: level * 3 // 4), pixels))
        for name, image, options in (("gray.jpg", pixels, {}), ("colour.jpg", colours, {}),
                                     ("progressive.jpg", colours, {"progressive": True})):
            page = self.written(image, name, dpi=200, **options)
            pdf = self.pdf_of(page)
            run("pdfimages", "-all", pdf, self.tmp / "embedded")
            self.assertEqual((self.tmp / "embedded-000.jpg").read_bytes(), page.read_bytes(), name)
            self.assertLess(pdf.stat().st_size, page.stat().st_size + 6000)

    def test_a_turned_jpeg_is_upright(self):
        image = TypedPage(LINES[:3]).image
        exif = Image.Exif()
        exif[0x112] = 6  # the page's top is on the right
        turned = self.written(image.rotate(90, expand=True), "turned.jpg", exif=exif, quality=100)
        pdf = self.pdf_of(turned)
        self.assertIn("harbour", text_of(pdf))
        stored = numpy.asarray(Image.open(turned))
        self.check_image(Image.fromarray(numpy.rot90(stored, -1)), pdf)

    def test_colour_and_black_and_white(self):
        gray = TypedPage(LINES[:3]).image
        colours = Image.merge("RGB", (gray, gray.point(lambda level: level // 2), gray))
        self.check_image(colours, self.pdf_of(self.written(colours, "colours.png")))
        self.check_image(colours, self.pdf_of(self.written(colours, "colours.webp", lossless=True), ))
        sharp = gray.point(lambda level: 255 * (level > 128)).convert("1")
        pdf = self.pdf_of(self.written(sharp, "sharp.tif", compression="group4"))
        self.check_image(sharp, pdf)
        self.assertRegex(run("pdfimages", "-list", pdf).decode(), r"gray\s+1\s+1\s+ccitt")

    def test_split_every_page_of_a_file_is_a_pdf(self):
        first, second = TypedPage(LINES[:2]).image, TypedPage(LINES[4:]).image
        tiff = self.written(first, "two.tif", save_all=True, append_images=[second])
        ocrtune("read", tiff, "-o", self.tmp / "out", "--format", "pdf,text", "--split", check=0)
        self.assertEqual({path.name for path in (self.tmp / "out").iterdir()},
                         {"two.1.pdf", "two.2.pdf", "two.1.txt", "two.2.txt"})
        self.assertIn("Gibraltar", text_of(sound(self.tmp / "out" / "two.2.pdf")))
        self.check_image(second, self.tmp / "out" / "two.2.pdf")

    def test_paper_size_follows_the_resolution(self):
        image = TypedPage(LINES[:2]).image
        for dpi, expected in ((150, 150), (None, 300)):
            path = self.tmp / "sized.png"
            image.save(path, **({"dpi": (dpi, dpi)} if dpi else {}))
            size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", self.pdf_of(path)).decode())
            self.assertAlmostEqual(float(size[1]), image.width * 72 / expected, delta=0.1)
            self.assertAlmostEqual(float(size[2]), image.height * 72 / expected, delta=0.1)

    def test_a_white_page_is_a_pdf(self):
        white = Image.new("L", (400, 300), 255)
        pdf = self.pdf_of(self.written(white))
        self.assertEqual(text_of(pdf).strip(), "")
        self.check_image(white, pdf)

    def test_bytes_are_the_same_each_time(self):
        written = []
        for jobs in ("1", "3", "3"):
            out = self.tmp / f"out-{len(written)}"
            ocrtune("read", sample_pages(), "-o", out, "--format", "pdf", "--jobs", jobs, "--quiet", check=0)
            written.append({path.name: path.read_bytes() for path in out.iterdir()})
        self.assertEqual(len(written[0]), 4)
        self.assertEqual(written[0], written[1])
        self.assertEqual(written[1], written[2])

    def test_apply_writes_them_too(self):
        page = self.written(TypedPage(LINES).turned(2).image)
        stages = self.pipeline('[[stage]]\nuse = "deskew"\n')
        applied = self.pdf_of(page, *stages, command="apply").read_bytes()
        self.assertEqual(self.pdf_of(page, *stages).read_bytes(), applied)

    def test_standard_output(self):
        page = self.written(TypedPage(LINES[:2]).image)
        done = subprocess.run([OCRTUNE, "read", page, "--format", "pdf"], capture_output=True, check=True)
        self.assertEqual(done.stdout, self.pdf_of(page).read_bytes())
        several = ocrtune("read", sample_pages(), "--format", "pdf", check=1)
        self.assertIn("--format pdf: one file on standard output; give -o DIR for several", several.stderr)

    def test_not_to_a_terminal(self):
        page = self.written(TypedPage(LINES[:2]).image)
        try:
            terminal, end = pty.openpty()
        except OSError:
            self.skipTest("this machine has no terminals: /dev/pts isn't there")
        refused = subprocess.run([OCRTUNE, "read", page, "--format", "pdf"], stdout=end, stderr=subprocess.PIPE, text=True)
        os.close(end)
        os.set_blocking(terminal, False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--format pdf: not for a terminal; give -o DIR, or > PAGE.pdf", refused.stderr)
        with self.assertRaises(OSError):
            self.assertEqual(os.read(terminal, 100), b"")
            raise OSError
        os.close(terminal)

    def test_a_pdf_is_never_written_over_its_page(self):
        pdf = self.pdf_of(self.written(TypedPage(LINES[:2]).image))
        before = pdf.read_bytes()
        refused = ocrtune("read", pdf, "-o", pdf.parent, "--format", "pdf", check=1)
        self.assertIn("would overwrite the page it comes from", refused.stderr)
        self.assertEqual(pdf.read_bytes(), before)
        again = self.tmp / "again"
        ocrtune("read", pdf, "-o", again, "--format", "pdf", check=0)
        self.assertIn("harbour", text_of(sound(pathlib.Path(again / "page.pdf"))))


if __name__ == "__main__":
    import unittest
    unittest.main()
