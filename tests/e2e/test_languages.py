"""The language of each page: found with --lang auto, and told where it contradicts what was asked for."""
import contextlib
import csv
import json
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import textwrap
import time

from PIL import Image, ImageDraw, ImageFont

from serving import Server
from support import FAST, OCRTUNE, ROOT, ScratchCase, made_once, ocrtune

LANGUAGES = ("deu", "ell", "eng", "fra", "ita", "rus", "spa")
MODELS = pathlib.Path("/usr/share/tesseract-ocr/5/tessdata")
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"


def text_in(language):
    return (ROOT / "bench" / "languages" / f"{language}.txt").read_text(encoding="utf-8")


def draw(text, path):
    lines = textwrap.wrap(" ".join(text.split()), 60)
    page = Image.new("L", (1500, 160 + 60 * len(lines)), 255)
    ImageDraw.Draw(page).multiline_text((80, 80), "\n".join(lines), fill=0, spacing=20, font=ImageFont.truetype(FONT, 36))
    page.save(path, dpi=(300, 300))


def make_pages(folder):
    for language in LANGUAGES:
        draw(text_in(language), folder / f"{language}.png")


def pages():
    """A page in each language."""
    return made_once("pages_in_languages", make_pages)


class PageLanguages(ScratchCase):
    def models(self, *names):
        folder = self.tmp / "tessdata"
        folder.mkdir()
        for name in names:
            (folder / f"{name}.traineddata").symlink_to(MODELS / f"{name}.traineddata")
        return folder

    def languages(self, *arguments):
        ran = ocrtune("read", *arguments, "--lang", "auto", "--json", check=0)
        return {pathlib.Path(page["page"]).stem: page["lang"] for page in json.loads(ran.stdout)}, ran.stderr

    def test_each_page_is_recognized_in_its_own(self):
        found, said = self.languages(pages())
        self.assertEqual(found, {language: language for language in LANGUAGES})
        self.assertIn("languages of pages: 1 deu, 1 ell, 1 eng, 1 fra, 1 ita, 1 rus, 1 spa", said)

    def test_the_package_of_a_missing_model_is_named(self):
        found, said = self.languages(pages() / "rus.png", pages() / "deu.png", "--tessdata", self.models("eng", "fra"))
        self.assertEqual(found["deu"], "eng")
        self.assertIn("1 page, probably in German: install it: apt install tesseract-ocr-deu", said)

    def test_a_page_without_text_has_the_language_of_others(self):
        Image.new("L", (600, 400), 255).save(self.tmp / "white.png")
        found, _ = self.languages(self.tmp / "white.png", pages() / "fra.png", "--tessdata", self.models("eng", "fra"))
        self.assertEqual(found, {"white": "fra", "fra": "fra"})
        found, _ = self.languages(self.tmp / "white.png")
        self.assertEqual(found, {"white": "eng"})

    def test_a_manifest_may_leave_some_to_be_found(self):
        with open(self.tmp / "pages.csv", "w", encoding="utf-8") as manifest:
            csv.writer(manifest).writerows([("file", "lang"), (pages() / "deu.png", "auto"), (pages() / "fra.png", "eng")])
        ran = ocrtune("read", self.tmp / "pages.csv", "--json", check=0)
        self.assertEqual([page["lang"] for page in json.loads(ran.stdout)], ["deu", "eng"])

    def test_what_contradicts_the_stated_language_is_told(self):
        ran = ocrtune("apply", pages() / "deu.png", pages() / "eng.png", "-o", self.tmp / "out", check=0)
        self.assertIn("probably in German: 1 page; recognize them with --lang deu, or all with --lang auto", ran.stdout)
        again = json.loads(ocrtune("apply", pages() / "deu.png", pages() / "eng.png", "-o", self.tmp / "out", "--json", check=0).stdout)
        self.assertEqual(again["other_languages"], {"deu": 1})
        self.assertEqual([page.get("other_lang") for page in again["pages"]], ["deu", None])
        ran = ocrtune("read", pages() / "deu.png", "--json", check=0)
        self.assertEqual(json.loads(ran.stdout)[0]["other_lang"], "deu")
        self.assertIn("probably in German: 1 page", ran.stderr)

    def test_a_page_upside_down_is_recognized_in_its_own_too(self):
        with Image.open(pages() / "fra.png") as page:
            page.rotate(180).save(self.tmp / "turned.png")
        ran = ocrtune("apply", self.tmp / "turned.png", "-o", self.tmp / "out", "--lang", "auto", "--json", check=0)
        applied, = json.loads(ran.stdout)["pages"]
        self.assertEqual((applied["lang"], applied["rotate"]), ("fra", 180))

    def test_what_is_interrupted_while_languages_are_found_writes_nothing(self):
        many = self.tmp / "many"
        many.mkdir()
        for number in range(30):
            (many / f"{number}.png").symlink_to(pages() / "rus.png")
        process = subprocess.Popen([OCRTUNE, "screen", str(many), "--lang", "auto", "--jobs", "1", "--study", str(self.tmp / "s.db")],
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        self.assertIn("loading pages", process.stderr.readline())
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(60), 130)
        self.assertFalse((self.tmp / "s.db").exists())

    def test_pages_in_further_languages_are_added_to_a_folder(self):
        for page in ("eng", "deu"):
            shutil.copy(pages() / f"{page}.png", self.tmp)
            ran = ocrtune("apply", self.tmp / "eng.png", *([self.tmp / "deu.png"] if page == "deu" else []), "-o", self.tmp / "out",
                          "--lang", "auto", check=0)
        self.assertIn("1 pages are already done", ran.stderr)

    def test_a_study_keeps_what_was_found(self):
        study = self.tmp / "s.db"
        for exponent in (0, 1):
            ocrtune("screen", pages() / "deu.png", pages() / "fra.png", "--lang", "auto", "--exponent", exponent, *FAST, "--study", study,
                    "--quiet", check=0)
        with contextlib.closing(sqlite3.connect(study)) as database:
            found = database.execute("SELECT lang FROM ocrtune_pages ORDER BY name").fetchall()
        self.assertEqual(found, [("deu",), ("fra",)])

    def test_other_uses_are_refused_in_one_line(self):
        ran = ocrtune("read", pages() / "deu.png", "--lang", "auto+eng", check=1)
        self.assertIn("language `auto+eng`: `auto` stands alone", ran.stderr)
        folder = self.tmp / "none"
        folder.mkdir()
        ran = ocrtune("read", pages() / "deu.png", "--lang", "auto", "--tessdata", folder, check=3)
        self.assertIn("language `auto`: no model of a language in", ran.stderr)


class CorpusOfServer(ScratchCase):
    def test_has_the_language_of_each_page(self):
        server = Server(self.tmp, pages())
        self.addCleanup(server.close)
        corpus = server.corpus(pages() / "deu.png", pages() / "fra.png", lang="auto")
        deadline = time.monotonic() + 60
        while (info := server.get(f"/api/corpora/{corpus}"))["state"] == "loading" and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual([page["lang"] for page in info["pages"]], ["deu", "fra"])
        self.assertEqual(info["lang"], "auto")


class Models(ScratchCase):
    def test_a_file_put_in_a_folder_is_installed(self):
        """For the engine `lstm` and for Tesseract's, which reads it confined."""
        own = self.tmp / "data/ocrtune/tessdata"
        own.mkdir(parents=True)
        shutil.copy(MODELS / "eng.traineddata", own / "mine.traineddata")
        environment = {"XDG_DATA_HOME": str(self.tmp / "data"), "OCRTUNE_CACHE": str(self.tmp / "cache"), "TESSDATA_PREFIX": ""}
        page = pages() / "eng.png"
        for engine in ("lstm", "tesseract"):
            texts = [ocrtune("read", page, "--lang", lang, "--engine", engine, "--pipeline", "raw", check=0, env=environment).stdout for lang in ("eng", "mine")]
            self.assertGreater(len(texts[0]), 200)
            self.assertEqual(texts[0], texts[1])
        listed = {model["name"]: model for model in json.loads(ocrtune("languages", "--json", check=0, env=environment).stdout)}
        self.assertEqual(listed["mine"]["folder"], str(own))
        self.assertEqual(listed["fra"], {"name": "fra", "language": "French", "folder": str(MODELS)})
        missing = ocrtune("read", page, "--lang", "nosuch", check=3, env=environment).stderr
        self.assertIn(f"{own}, {MODELS}", missing)

    def test_those_that_are_missing_are_told_with_how_to_get_them(self):
        folder = self.tmp / "models"
        folder.mkdir()
        (folder / "eng.traineddata").symlink_to(MODELS / "eng.traineddata")
        listed = json.loads(ocrtune("languages", "--all", "--tessdata", folder, "--json", check=0).stdout)
        by_name = {model["name"]: model for model in listed}
        self.assertEqual(by_name["eng"]["folder"], str(folder))
        self.assertIn("tesseract-ocr-chi-sim", by_name["chi_sim"]["how_to_get"])
        self.assertGreater(len(listed), 150)
        self.assertIn("apt install tesseract-ocr-deu", ocrtune("languages", "german", "--tessdata", folder, check=0).stdout)
        self.assertIn("language `klingon`", ocrtune("languages", "klingon", check=1).stderr)
