"""Who reads: the choice, its part in studies, and what `read` writes."""
import json
import re
import signal
import sqlite3
import subprocess
import time
import xml.etree.ElementTree as ElementTree

from support import FAST, OCRTUNE, ScratchCase, doctor, doctor_text, exported, few_models, kept_pages, ocrtune, sample_pages, tiny_pages

HOCR = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"


def words_of(*arguments):
    """All words of an OCR result, page by page."""
    read = json.loads(ocrtune("read", *arguments, "--json", check=0).stdout)
    return {page["page"]: [(word["text"], word["confidence"], *word["box"]) for word in page["words"]] for page in read}


class Choice(ScratchCase):
    def test_auto_takes_our_own_reader_for_the_installed_models(self):
        engines = doctor()["engines"]
        for language in ("eng", "fra"):
            self.assertEqual(engines[language], {"engine": "lstm", "reason": ""})
        self.assertNotIn("osd", engines)
        self.assertRegex(doctor_text(), r"\nengine     eng: lstm \(\w+\)\n")

    def test_doctor_says_how_far_it_is(self):
        done = ocrtune("doctor", "--tessdata", few_models(), check=0)
        self.assertRegex(done.stderr, r"^engines of \d languages: 0 tested\n")
        self.assertNotIn("tested", done.stdout)
        self.assertEqual(ocrtune("doctor", "--tessdata", few_models(), "--quiet", check=0).stderr, "")

    def test_both_read_alike(self):
        pages = kept_pages(1, 2, 4, 6)
        ours, stock = (words_of(*pages, "--engine", engine) for engine in ("lstm", "tesseract"))
        texts = lambda read: {page: [word[:2] for word in words] for page, words in read.items()}
        self.assertEqual(texts(ours), texts(stock))
        self.assertGreater(min(map(len, stock.values())), 10)
        self.assertEqual(words_of(*pages, "--engine", "auto"), ours)

    def test_a_self_check_that_passed_is_not_repeated(self):
        page = next(sample_pages().glob("04-*.png"))
        env = {"OCRTUNE_CACHE": str(self.tmp / "cache")}
        kept = self.tmp / "cache" / "self_checks.json"
        first = ocrtune("read", page, env=env, check=0).stdout
        keys = list(json.loads(kept.read_text()))
        self.assertEqual(len(keys), 1)
        self.assertEqual(ocrtune("read", page, env=env, check=0).stdout, first)
        self.assertEqual(list(json.loads(kept.read_text())), keys)
        ocrtune("read", page, "--lang", "fra", env=env, check=0)
        self.assertEqual(list(json.loads(kept.read_text()))[:1], keys)
        self.assertEqual(len(json.loads(kept.read_text())), 2)
        # Anything else in its place, or no place at all, and it is checked as ever.
        kept.write_bytes(bytes(range(256)) * 1000)
        self.assertEqual(ocrtune("read", page, env=env, check=0).stdout, first)
        self.assertEqual(ocrtune("read", page, env={"OCRTUNE_CACHE": "/dev/null/nowhere"}, check=0).stdout, first)


class OcrSettings(ScratchCase):
    """How a pipeline says its outcome is read: [ocr]."""

    def pipeline(self, name, ocr):
        file = self.tmp / f"{name}.toml"
        file.write_text(f'name = "{name}"\n[ocr]\n{ocr}\n')
        return file

    def test_both_readers_do_what_they_are_told(self):
        pages = next(sample_pages().glob("04-*.png"))
        seen = set()
        for name, ocr in (
                ("plain", ""),
                ("sauvola", 'thresholding = "sauvola"\nsauvola_k = 0.2'),
                ("tiles", 'thresholding = "adaptive_otsu"'),
                ("columns", 'page_segmentation = "auto"\ndpi = 300'),
                ("black", 'invert = "off"\nthresholding = "sauvola"\nsauvola_window = 2')):
            file = self.pipeline(name, ocr)
            with self.subTest(name):
                ours, stock = (words_of(pages, "--pipeline", file, "--engine", engine) for engine in ("lstm", "tesseract"))
                texts = lambda read: {page: [word[:2] for word in words] for page, words in read.items()}
                self.assertEqual(texts(ours), texts(stock))
                seen.add(json.dumps(texts(stock)))
        self.assertEqual(len(seen), 5)

    def test_which_of_a_page_s_languages_it_is_read_with(self):
        page = next(sample_pages().glob("03-*.png"))
        read = {}
        for languages in ("all", "first", "second"):
            read[languages] = words_of(page, "--lang", "eng+fra", "--set", f"languages={languages}")
        self.assertEqual(read["all"], words_of(page, "--lang", "eng+fra"))
        texts = lambda words: {name: [word[:2] for word in of_page] for name, of_page in words.items()}
        for languages, lang in (("first", "eng"), ("second", "fra")):
            self.assertEqual(texts(read[languages]), texts(words_of(page, "--lang", lang, "--engine", "tesseract")))
        self.assertNotEqual(texts(read["first"]), texts(read["second"]))
        # With truth a search finds which one it is.
        free = self.pipeline("free", 'languages = "free"')
        ocrtune("optimize", page, "--lang", "fra+eng", "--pipeline", free, "--objective", "cer", "--sampler", "sobol", "--trials", 5,
                "--study", self.tmp / "s.db", check=0)
        trials = exported(self.tmp / "s.db", self.tmp / "csv")["trials"]
        self.assertEqual({trial["languages"] for trial in trials[1:]}, {"given", "all", "first", "second", "third"})

    def test_a_search_over_it_is_that_of_single_ocr_results(self):
        names = ("thresholding", "sauvola_k", "sauvola_window", "otsu_tile", "page_segmentation", "invert")
        file = self.pipeline("find", "\n".join(f'{name} = "free"' for name in names))
        study = self.tmp / "s.db"
        pages = sorted(sample_pages().glob("*.png"))[:2]
        ocrtune("optimize", *pages, "--pipeline", file, "--sampler", "sobol", "--trials", 8, "--jobs", 2,
                "--study", study, "--quiet", check=0)
        trials = exported(study, self.tmp / "csv")["trials"]
        self.assertGreaterEqual(len(trials), 8)
        self.assertGreater(len({trial["score_tesseract"] for trial in trials}), 4)
        for trial in trials[-2:]:
            settings = [f"--set={name}={trial[name]}" for name in names if trial.get(name)]
            alone = json.loads(ocrtune("score", *pages, "--pipeline", file, *settings, "--json", check=0).stdout)
            self.assertAlmostEqual(alone[-1]["confidence"], float(trial["score_tesseract"]), 6)


class Studies(ScratchCase):
    def screen(self, name, *extra, **options):
        return ocrtune("screen", tiny_pages(), "--exponent", 1, *FAST, "--study", self.tmp / name, *extra, **options)

    def ask(self, name, *statements):
        with sqlite3.connect(self.tmp / name) as database:
            found = [database.execute(statement).fetchall() for statement in statements]
        database.close()
        return found[-1]

    def test_a_study_records_and_keeps_its_reader(self):
        other = {"lstm": "tesseract", "tesseract": "lstm"}
        for engine in other:
            name = f"{engine}.db"
            self.screen(name, "--engine", engine, check=0)
            refused = self.screen(name, "--engine", other[engine], check=5)
            self.assertIn(f"different engine: {engine} in the study, {other[engine]} here", refused.stderr)
            for again in ((), ("--engine", "auto"), ("--engine", engine)):
                self.screen(name, *again, check=0)
            self.assertEqual(self.ask(name, "SELECT engine FROM ocrtune_study"), [(engine,)])
            configuration = exported(self.tmp / name, self.tmp / engine)["configuration"]
            self.assertIn({"category": "study", "key": "engine", "value_min_or_fixed": engine, "value_max": ""}, configuration)
            self.assertIn(f" engine {engine}\n", ocrtune("show", self.tmp / name, check=0).stdout)
            self.assertEqual(json.loads(ocrtune("show", self.tmp / name, "--json", check=0).stdout)["engine"], engine)

    def test_unless_one_is_stated_our_own_reader_begins(self):
        for name, stated in ("default.db", ()), ("auto.db", ("--engine", "auto")):
            self.screen(name, *stated, check=0)
            self.assertEqual(self.ask(name, "SELECT engine FROM ocrtune_study"), [("lstm",)])

    def test_stock_tesseract_confirms_the_result_once(self):
        confirmed = "SELECT * FROM ocrtune_reference_results WHERE held_out = 0 ORDER BY number, page"
        done = self.screen("s.db", check=0)
        self.assertRegex(done.stdout, "Tesseract")
        self.assertNotIn("hasn't", done.stdout)
        shown = json.loads(ocrtune("show", self.tmp / "s.db", "--json", check=0).stdout)
        self.assertIn(shown["confirmation"], ("given", "refused"))
        kept = self.ask("s.db", confirmed)
        self.assertEqual({row[0] for row in kept}, {0, shown["found"]["trial"]})
        self.assertEqual(len(kept), 4 * len({row[0] for row in kept}))
        # What is there stays, what is missing is read again and comes out the same.
        self.ask("s.db", "UPDATE ocrtune_reference_results SET words = 7777 WHERE held_out = 0 AND number = 0 AND page = 0")
        self.screen("s.db", check=0)
        self.assertIn(7777, self.ask("s.db", confirmed)[0])
        self.ask("s.db", "DELETE FROM ocrtune_reference_results WHERE held_out = 0")
        self.assertIn("are not confirmed", ocrtune("show", self.tmp / "s.db", check=0).stdout)
        self.screen("s.db", "--jobs", 1, check=0)
        # The last column is the time.
        self.assertEqual([row[:-1] for row in self.ask("s.db", confirmed)], [row[:-1] for row in kept])

    def test_interrupted_while_it_is_confirmed(self):
        study = self.tmp / "s.db"
        process = subprocess.Popen([OCRTUNE, "screen", sample_pages(), "--exponent", "1", *FAST, "--study", study],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None and self.trials(study) < 3:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, talk = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out), (130, ""))
        self.assertIn("run the same command again to resume", talk)
        self.assertLess(len(self.ask("s.db", "SELECT * FROM ocrtune_reference_results WHERE held_out = 0")), 8)
        ocrtune("screen", sample_pages(), "--exponent", 1, "--study", study, check=0)
        self.assertNotEqual(json.loads(ocrtune("show", study, "--json", check=0).stdout)["confirmation"], "missing")

    @staticmethod
    def trials(study):
        try:
            with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as database:
                return database.execute("SELECT COUNT(*) FROM ocrtune_trials").fetchone()[0]
        except sqlite3.Error:
            return 0

    def test_the_confirmed_scores_are_those_of_stock_tesseract(self):
        best, pages = self.tmp / "best.toml", sorted(tiny_pages().glob("0[12]-*.png"))
        found = json.loads(ocrtune("tune", *pages, "--trials", 2, "--study", self.tmp / "s.db", "-o", best, "--single", "--json",
                                   check=0).stdout)
        again = json.loads(ocrtune("score", *pages, "--pipeline", best, "--engine", "tesseract", "--json", check=0).stdout)
        self.assertEqual([point["confidence"] for point in again],
                         [found["baseline"]["confidence"], found["best"]["scores"]["confidence"]])

    def test_a_study_of_stock_tesseract_needs_no_confirmation(self):
        done = self.screen("s.db", "--engine", "tesseract", check=0)
        self.assertNotIn("stock", done.stdout + done.stderr)
        self.assertEqual(self.ask("s.db", "SELECT * FROM ocrtune_reference_results WHERE held_out = 0"), [])

    def test_without_its_reader_a_study_does_not_go_on(self):
        # As if begun where more engine modes can be read.
        ocrtune("screen", tiny_pages(), "--exponent", 0, *FAST, "--oem", 3, "--study", self.tmp / "s.db", check=0)
        self.ask("s.db", "UPDATE ocrtune_study SET engine = 'lstm'")
        done = self.screen("s.db", check=3)
        self.assertIn("uses ocrtune's LSTM engine, which cannot be used for `eng` here: ", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()) - done.stderr.count("loading pages"), 1)


class Formats(ScratchCase):
    def setUp(self):
        super().setUp()
        page = next(path for path in sample_pages().glob("02-*") if path.suffix in (".png", ".jpg"))
        self.page = self.tmp / f"päge & <b> 'q'{page.suffix}"
        self.page.write_bytes(page.read_bytes())
        ocrtune("read", self.page, "-o", self.tmp / "out", "--format", "text,tsv,hocr,alto", check=0)
        with open(self.tmp / "out" / f"{self.page.stem}.tsv", encoding="utf-8") as file:
            lines = [line.rstrip("\n").split("\t") for line in file][1:]
        self.words = [(line[11], int(line[10]), *map(int, line[6:10])) for line in lines]
        self.assertGreater(len(self.words), 10)

    def parsed(self, extension):
        return ElementTree.parse(self.tmp / "out" / f"{self.page.stem}{extension}").getroot()

    def test_hocr(self):
        root = self.parsed(".hocr")
        of_class = lambda name: [element for element in root.iter() if element.get("class") == name]
        numbers = lambda element: [int(n) for n in re.search(r"bbox (\d+) (\d+) (\d+) (\d+)", element.get("title")).groups()]
        found = []
        for word in of_class("ocrx_word"):
            left, top, right, bottom = numbers(word)
            confidence = int(re.search(r"x_wconf (\d+)", word.get("title")).group(1))
            found.append((word.text, confidence, left, top, right - left, bottom - top))
        self.assertEqual(found, self.words)
        for outer, inner in (("ocr_page", "ocr_carea"), ("ocr_carea", "ocr_par"), ("ocr_par", "ocr_line"), ("ocr_line", "ocrx_word")):
            self.assertTrue(of_class(outer))
            for element in of_class(outer):
                for child in element:
                    self.assertEqual(child.get("class"), inner)
                    a, b = numbers(element), numbers(child)
                    self.assertTrue(a[0] <= b[0] and a[1] <= b[1] and a[2] >= b[2] and a[3] >= b[3])
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertIn(self.page.name, of_class("ocr_page")[0].get("title"))
        self.assertIn("engine lstm", root.find(f".//{HOCR}meta[@name='ocr-system']").get("content"))

    def test_alto(self):
        root = self.parsed(".xml")
        box = lambda element: tuple(int(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        found = [(word.get("CONTENT"), round(100 * float(word.get("WC"))), *box(word)) for word in root.iter(f"{ALTO}String")]
        self.assertEqual(found, self.words)
        self.assertEqual(root.find(f".//{ALTO}fileName").text, self.page.name)
        self.assertEqual(root.find(f".//{ALTO}MeasurementUnit").text, "pixel")
        page = root.find(f"{ALTO}Layout/{ALTO}Page")
        self.assertEqual(len(page), 1)
        for line in root.iter(f"{ALTO}TextLine"):
            tags = [element.tag for element in line]
            self.assertEqual(tags, [f"{ALTO}SP" if i % 2 else f"{ALTO}String" for i in range(len(tags))])
            self.assertEqual(len(tags) % 2, 1)
        ids = [element.get("ID") for element in root.iter() if element.get("ID")]
        self.assertEqual(len(ids), len(set(ids)))

    def test_one_page_of_a_document_on_standard_output(self):
        done = ocrtune("read", self.page, "--format", "alto", "--quiet", check=0)
        self.assertEqual(done.stdout, (self.tmp / "out" / f"{self.page.stem}.xml").read_text(encoding="utf-8"))
        refused = ocrtune("read", sample_pages(), "--format", "alto", check=1)
        self.assertIn("--format alto: one page on standard output", refused.stderr)
