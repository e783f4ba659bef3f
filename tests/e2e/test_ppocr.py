"""The engine `ppocr`: PP-OCRv6 on OpenVINO, with the models that scripts/setup_ppocr.sh installs."""
import json
import pathlib
import shutil
import unittest

from elftools.elf.elffile import ELFFile
from PIL import Image, ImageDraw, ImageFont, ImageOps

from support import PPOCR_FILES, PPOCR_INSTALLED, ScratchCase, doctor, kept_pages, ocrtune


def drawn(*lines, size=40, ground=255, ink=0):
    """A page with these lines of text."""
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", size)
    page = Image.new("L", (900, 80 + 2 * size * len(lines)), ground)
    for i, line in enumerate(lines):
        ImageDraw.Draw(page).text((40, 40 + 2 * size * i), line, font=font, fill=ink)
    return page


class PpOcrCase(ScratchCase):
    def saved(self, image, name="page.png"):
        path = self.tmp / name
        image.save(path, dpi=(150, 150))
        return path

    def read(self, path, *options, **expected):
        return ocrtune("read", path, "--engine", "ppocr", "--quiet", *options, **expected)

    def text_of(self, image, *options):
        return self.read(self.saved(image), *options, check=0).stdout.split("\n")[:-1]

    def one_line(self, done):
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(done.stdout, "")
        return done.stderr


@unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
class PpOcr(PpOcrCase):
    def test_its_runtime_needs_no_symbol_of_the_program(self):
        """A program that is linked with the static library, as Debian's package, exports none."""
        with open(PPOCR_FILES / "libocrtune_openvino.so", "rb") as file:
            symbols = list(ELFFile(file).get_section_by_name(".dynsym").iter_symbols())
        self.assertIn("ocrtune_openvino_runtime", [symbol.name for symbol in symbols if symbol["st_shndx"] != "SHN_UNDEF"])
        self.assertEqual([symbol.name for symbol in symbols if symbol["st_shndx"] == "SHN_UNDEF" and "ocrtune" in symbol.name], [])

    def lines(self, image, *options):
        return [line for line in self.text_of(image, *options) if line]

    def test_is_listed_as_installed(self):
        self.assertEqual(doctor()["optional_engines"]["ppocr"], {"title": "PP-OCRv6", "missing": ""})

    def test_needs_no_test_of_the_protocol(self):
        self.assertIn("`ppocr` is one of ocrtune's own engines", self.one_line(ocrtune("doctor", "--engine", "ppocr", check=1)))

    def test_words_are_where_they_are_on_the_page(self):
        page = drawn("INVOICE 2024", "", "down here")
        done = self.read(self.saved(page), "--json", check=0)
        words = json.loads(done.stdout)[0]["words"]
        self.assertEqual([word["text"] for word in words], ["INVOICE", "2024", "down", "here"])
        ink = ImageOps.invert(page)
        for word in words:
            left, top, right, bottom = word["box"]
            x0, y0, x1, y1 = ink.crop((left, top, right, bottom)).getbbox()
            self.assertLess(max(x0, right - left - x1), 24, word)
            self.assertLess(max(y0, bottom - top - y1), 24, word)
            self.assertGreater(word["confidence"], 90)
        self.assertLess(words[2]["box"][2], words[3]["box"][0] + 8)

    def test_text_of_any_direction(self):
        upright = drawn("Total 30.91", "Reference 4711")
        self.assertEqual(self.lines(upright.rotate(180)), ["Reference 4711", "Total 30.91"])
        margin = Image.new("L", (900, 900), 255)
        margin.paste(drawn("Main text of the page"), (0, 300))
        margin.paste(drawn("along the margin").crop((0, 20, 460, 110)).rotate(90, expand=True), (790, 220))
        self.assertEqual(sorted(self.lines(margin)), ["Main text of the page", "along the margin"])
        self.assertEqual(self.lines(upright.rotate(6, expand=True, fillcolor=255)), ["Total 30.91", "Reference 4711"])

    def test_running_text_in_columns_is_read_column_by_column(self):
        left = ["the left column of", "this page goes on", "for some lines, and", "then it ends here"]
        right = ["and the right one", "begins beside it", "with as many lines", "until the page ends"]
        page = Image.new("L", (1000, 500), 255)
        for i, lines in enumerate((left, right)):
            page.paste(drawn(*lines, size=30).crop((0, 0, 480, 320)), (500 * i, 60))
        page.paste(drawn("A title above both of the columns").crop((0, 20, 900, 100)), (0, 0))
        self.assertEqual(self.lines(page), ["A title above both of the columns", *left, *right])
        cells = Image.new("L", (1000, 400), 255)
        for i, lines in enumerate((["Name of sender", "Address", "City", "Country"], ["John Miller", "12 High Street", "London", "England"])):
            cells.paste(drawn(*lines, size=30).crop((0, 0, 480, 320)), (500 * i, 60))
        self.assertEqual(self.lines(cells)[:4], ["Name of sender", "John Miller", "Address", "12 High Street"])

    def test_pages_far_wider_than_high(self):
        strip = Image.new("L", (20000, 60), 255)
        strip.paste(drawn("Total 30.91", size=30).crop((0, 30, 400, 90)), (9000, 0))
        self.assertEqual(self.lines(strip), ["Total 30.91"])
        self.assertEqual(self.lines(Image.new("L", (32767, 40), 255)), [])

    def test_light_text_on_dark(self):
        self.assertEqual(self.lines(drawn("Total 30.91", ground=20, ink=240)), ["Total 30.91"])

    def test_pages_without_text(self):
        for width, height in ((1, 1), (700, 500), (3, 900), (900, 3)):
            self.assertEqual(self.lines(Image.new("L", (width, height), 255)), [], (width, height))

    def test_small_text_on_a_large_page(self):
        page = Image.new("L", (4800, 6400), 255)
        rows = [f"Line number {i} of many" for i in range(20)]
        for top in (100, 3200, 4600):
            page.paste(drawn(*rows, size=30), (1700, top))
        self.assertEqual(self.lines(page), 3 * rows)

    def test_latin_pages_have_no_chinese_characters(self):
        text = self.lines(drawn("Reçu : 12,50 EUR (TTC), à régler"), "--lang", "fra")
        self.assertEqual(text, ["Reçu : 12,50 EUR (TTC), à régler"])

    def test_a_script_that_it_does_not_know_is_refused(self):
        said = self.one_line(self.read(self.saved(drawn("a")), "--lang", "rus", check=3))
        self.assertIn("PP-OCRv6: does not support the language `rus`", said)

    def test_the_same_words_with_any_number_of_workers(self):
        pages = self.tmp / "pages"
        pages.mkdir()
        for page in kept_pages(1, 4, 8, 12):
            shutil.copy(page, pages)
        alone, together = (json.loads(self.read(pages, "--json", "--jobs", jobs, check=0).stdout) for jobs in (1, 3))
        self.assertEqual([page["words"] for page in alone], [page["words"] for page in together])
        self.assertGreater(len(alone[0]["words"]), 50)

    def test_options(self):
        page = self.saved(drawn("Total 30.91"))
        for setting in ("engine_size=960", "engine_unclip=1.4", "engine_score=0.4", "engine_confidence=0", "engine_model=small",
                        "engine_precision=f32"):
            self.assertEqual(self.read(page, "--set", setting, check=0).stdout.strip(), "Total 30.91", setting)
        for setting, reason in (("engine_size=10", "is not a number from 320 to 4000"), ("engine_colour=1", "no option `colour`"),
                                ("engine_model=huge", "huge"), ("engine_size=large", "large"), ("engine_model=", "model")):
            self.assertIn(reason, self.one_line(self.read(page, "--set", setting, check=1)), setting)

    def test_bfloat16_reads_too_or_says_why_not(self):
        done = self.read(self.saved(drawn("Total 30.91")), "--set", "engine_precision=bf16")
        if done.returncode == 0:
            self.assertEqual(done.stdout.strip(), "Total 30.91")
        else:
            self.assertIn("bfloat16", self.one_line(done))

    def test_the_line_filter_is_an_option(self):
        page = drawn("Total 30.91")
        noise = Image.effect_noise((300, 60), 90)
        page.paste(noise, (500, 20))
        self.assertEqual(self.lines(page), ["Total 30.91"])


@unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
class Files(PpOcrCase):
    """Model files that are not what they should be."""

    def setUp(self):
        super().setUp()
        shutil.copytree(PPOCR_FILES, self.tmp / "ppocr", ignore=shutil.ignore_patterns("openvino", "licences"))
        (self.tmp / "ppocr/openvino").symlink_to((PPOCR_FILES / "openvino").resolve())
        self.small = self.tmp / "ppocr/models/small"

    def refused(self):
        return self.one_line(self.read(self.saved(drawn("a")), env={"OCRTUNE_PPOCR": str(self.tmp / "ppocr")}, check=3))

    def test_a_folder_of_ones_own(self):
        done = self.read(self.saved(drawn("Total 30.91")), env={"OCRTUNE_PPOCR": str(self.tmp / "ppocr")}, check=0)
        self.assertEqual(done.stdout.strip(), "Total 30.91")

    def test_damaged_empty_and_foreign_files(self):
        whole = {name: (self.small / name).read_bytes() for name in ("det.onnx", "rec.onnx")}
        for name, content in whole.items():
            other = whole["rec.onnx" if name == "det.onnx" else "det.onnx"]
            for what, damaged in (("truncated", content[:len(content) // 2]), ("empty", b""), ("foreign", b"no model " * 999),
                                  ("the other model", other)):
                with self.subTest(name=name, what=what):
                    (self.small / name).write_bytes(damaged)
                    self.assertIn("PP-OCRv6: ", self.refused())
            (self.small / name).write_bytes(content)

    def test_missing_files(self):
        (self.small / "det.onnx").unlink()
        self.assertIn("det.onnx", self.refused())
        shutil.rmtree(self.small)
        self.assertIn("scripts/setup_ppocr.sh", self.refused())

    def test_another_model_does_not_resume_a_study(self):
        page = self.saved(drawn("Total 30.91"))
        env = {"OCRTUNE_PPOCR": str(self.tmp / "ppocr")}
        search = ["optimize", page, "--engine", "ppocr", "--pipeline", "raw", "--free", "engine_confidence=0.5:0.9", "--sampler",
                  "random", "--trials", 2, "--study", self.tmp / "s.db", "--quiet"]
        ocrtune(*search, env=env, check=0)
        with open(self.small / "det.onnx", "ab") as file:
            file.write(b"\x32\x01x")  # the field doc_string of ONNX
        self.assertIn("PP-OCRv6", self.one_line(ocrtune(*search, env=env, check=5)))


RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def characters_in(model):
    """The list of characters in a model's metadata, and the model without it."""
    key = b"\n\tcharacter\x12"
    first = model.index(key) + len(key)
    size = shift = 0
    while True:
        byte = model[first]
        size |= (byte & 0x7F) << shift
        first, shift = first + 1, shift + 7
        if byte < 0x80:
            break
    return model[first:first + size].decode().split("\n"), model.replace(key, b"\n\tcharactex\x12")


@unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
class FurtherModels(PpOcrCase):
    """A recognizer of another script, made from the installed one: its Latin letters are called Cyrillic ones."""

    def setUp(self):
        super().setUp()
        self.folder = self.tmp / "models"
        (self.folder / "cyrillic").mkdir(parents=True)
        characters, model = characters_in((PPOCR_FILES / "models/small/rec.onnx").read_bytes())
        latin = [chr(code) for first in (ord("a"), ord("A")) for code in range(first, first + 26)]
        names = dict(zip(latin + list("ÀÁÂÃÄÅÆÇÈÉÊËÌÍ"), RUSSIAN + RUSSIAN.upper()))
        (self.folder / "cyrillic/rec.onnx").write_bytes(model)
        (self.folder / "cyrillic/rec.txt").write_text("\n".join(names.get(c, c) for c in characters), encoding="utf-8")
        self.env = {"OCRTUNE_PPOCR_MODELS": str(self.folder)}
        self.tessdata = self.tmp / "tessdata"
        self.tessdata.mkdir()
        for lang, known in (("eng", "eng"), ("rus", "eng")):
            (self.tessdata / f"{lang}.traineddata").symlink_to(pathlib.Path(doctor()["tessdata"]) / f"{known}.traineddata")

    def read(self, path, *options, **expected):
        return super().read(path, "--tessdata", self.tessdata, *options, **{"env": self.env, **expected})

    def test_are_used_for_the_languages_that_they_know(self):
        page = self.saved(drawn("bad Cab"))
        self.assertEqual(self.read(page, "--lang", "rus", check=0).stdout.strip(), "баг ыаб")
        self.assertEqual(self.read(page, check=0).stdout.strip(), "bad Cab")
        self.assertIn("does not support the language `rus`", self.one_line(self.read(page, "--lang", "rus", env={}, check=3)))

    def test_by_name(self):
        page = self.saved(drawn("bad Cab"))
        (self.folder / "cyrillic").rename(self.folder / "medium")
        self.assertEqual(self.read(page, "--lang", "rus", "--set", "engine_model=medium", check=0).stdout.strip(), "баг ыаб")
        self.assertIn("OCRTUNE_PPOCR_MODELS", self.one_line(self.read(page, "--set", "engine_model=medium", env={}, check=1)))

    def test_a_recognizer_alone_takes_the_usual_detector(self):
        (self.folder / "cyrillic").rename(self.folder / "small")
        self.assertEqual(self.read(self.saved(drawn("bad Cab")), "--lang", "rus", check=0).stdout.strip(), "баг ыаб")

    def test_one_that_is_none_does_not_matter_elsewhere(self):
        (self.folder / "arabic").mkdir()
        (self.folder / "arabic/rec.onnx").write_bytes(b"no model")
        page = self.saved(drawn("bad Cab"))
        self.assertEqual(self.read(page, check=0).stdout.strip(), "bad Cab")
        self.assertEqual(self.read(page, "--lang", "rus", check=0).stdout.strip(), "баг ыаб")
        ocrtune("apply", page, "-o", self.tmp / "texts", "--engine", "ppocr", "--quiet", env=self.env, check=0)

    def test_that_are_none_are_refused(self):
        page = self.saved(drawn("bad Cab"))
        (self.folder / "cyrillic/rec.txt").unlink()
        self.assertIn("rec.txt", self.one_line(self.read(page, "--lang", "rus", check=3)))
        (self.folder / "cyrillic/rec.txt").write_text("a\nb\n")
        self.assertIn("rec.onnx", self.one_line(self.read(page, "--lang", "rus", check=3)))


class NotInstalled(PpOcrCase):
    def test_says_how_to_install_it(self):
        env = {"OCRTUNE_PPOCR": str(self.tmp / "empty")}
        said = self.one_line(self.read(self.saved(drawn("a")), env=env, check=3))
        self.assertIn("PP-OCRv6: is not installed; install it with `scripts/setup_ppocr.sh`", said)
        listed = json.loads(ocrtune("doctor", "--json", env=env).stdout)["optional_engines"]["ppocr"]
        self.assertIn("scripts/setup_ppocr.sh", listed["missing"])


if __name__ == "__main__":
    unittest.main()
