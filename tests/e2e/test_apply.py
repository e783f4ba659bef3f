"""A collection read in several ways, of every page the best; killed, gone on with, refused."""
import json
import pathlib
import shutil
import signal
import subprocess
import time

import numpy
from PIL import Image
from support import OCRTUNE, ROOT, ScratchCase, gray_rows, kept_pages, made_once, ocrtune, repetitions, sample_pages, tiny_pages
from typed_pages import typed


def untimed(found):
    """The pages without what no two runs have in common."""
    return [{key: value for key, value in page.items() if key != "seconds"} for page in found["pages"]]


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.name != "ocrtune-apply.jsonl"}


# What most are compared with: of the sample pages the best OCR results, as text and TSV.
WHOLE = ["--format", "text,tsv", "--json"]
RECIPE = """name = "letters"
recommended = "best"

[[choice]]
name = "fast"
pipelines = ["raw"]
vote = false
enough = 80

[[choice]]
name = "best"
pipelines = ["doubled", "raw"]
wrong = 4.1
seconds = 2.5
pages = 40

[[pipeline]]
name = "raw"

[[pipeline]]
name = "doubled"

[[pipeline.stage]]
use = "rescale"
factor = 2
"""


def whole():
    """Folder and JSON of the sample pages applied by three workers."""
    def make(folder):
        found = ocrtune("apply", sample_pages(), "-o", folder / "out", *WHOLE, "--jobs", 3, check=0).stdout
        (folder / "found.json").write_text(found)

    folder = made_once("applied", make)
    return folder / "out", json.loads((folder / "found.json").read_text())


class Apply(ScratchCase):
    def run_apply(self, *arguments, out="out", check=0):
        return ocrtune("apply", sample_pages(), "-o", self.tmp / out, *arguments, check=check)

    def files(self, out="out"):
        return files_of(self.tmp / out)

    def test_reads_the_best_of_every_page(self):
        out, found = whole()
        self.assertEqual(len(found["pages"]), 4)
        self.assertEqual(sum(found["pipelines"].values()), 4)
        for page in found["pages"]:
            noise = {"clean"} if page["page"] == "04-receipt-eng-faded.png" else set()
            tried = ["raw", "clean", "smooth", "plain", "turned"][:len(page["pipelines"]) + len(noise)]
            self.assertEqual(set(page["pipelines"]), set(tried) - noise, "none is left out but noise, and at the end")
            self.assertEqual(page["net_legible"], max(page["pipelines"].values()))
            self.assertEqual(page["net_legible"], page["pipelines"][page["pipeline"]])
            self.assertGreater(page["coverage"], 0.5)
        self.assertAlmostEqual(found["expected_cer"], sum(page["expected_cer"] for page in found["pages"]) / 4)
        self.assertGreater(len(found["pipelines"]), 1, "the sample pages are of several kinds")
        self.assertEqual(len(files_of(out)), 8)

    def test_a_faint_page_is_not_given_up_for_what_is_dark_on_it(self):
        gray = numpy.asarray(Image.open(kept_pages(1)[0]).convert("L"), dtype=float)
        # Eight dark digits, and all else as faint as a receipt of last year.
        page = Image.fromarray((235 - (255 - gray) * 0.07).astype(numpy.uint8))
        digits = typed("digits")
        page.paste(10, (page.width // 3, page.height - 60), digits.crop(digits.point(lambda level: 255 - level).getbbox()).point(lambda level: 255 - level))
        page.save(self.tmp / "faint.png")
        done = ocrtune("apply", self.tmp / "faint.png", "-o", self.tmp / "out", "--json", check=0).stdout
        found = json.loads(done)["pages"][0]
        text = (self.tmp / "out" / "faint.txt").read_text(encoding="utf-8")
        self.assertGreater(found["coverage"], 0.5, text)
        self.assertGreater(len(text), 200)
        # What a pipeline gives that leaves the dark digits alone isn't called good.
        (self.tmp / "dark.toml").write_text('[[stage]]\nuse = "binarize_adaptive"\nc = 60\n', encoding="utf-8")
        done = ocrtune("apply", self.tmp / "faint.png", "--pipeline", self.tmp / "dark.toml", "-o", self.tmp / "dark",
                       "--json", check=0).stdout
        self.assertGreater(json.loads(done)["pages"][0]["expected_cer"], 0.5)

    def test_rotated_pages_are_recognized_upright(self):
        page = Image.open(kept_pages(1)[0]).convert("L")
        (self.tmp / "pages").mkdir()
        turns = {"upright": None, "left": Image.ROTATE_90, "down": Image.ROTATE_180, "right": Image.ROTATE_270}
        for name, turn in turns.items():
            (page if turn is None else page.transpose(turn)).save(self.tmp / "pages" / f"{name}.png")
        done = ocrtune("apply", self.tmp / "pages", "-o", self.tmp / "out", "--images", "png", "--format", "text,tsv",
                       "--json", check=0)
        found = {pathlib.Path(each["page"]).stem: each for each in json.loads(done.stdout)["pages"]}
        self.assertEqual({name: each["rotate"] for name, each in found.items()},
                         {"upright": 0, "left": 90, "down": 180, "right": 270})
        text = (self.tmp / "out" / "upright.txt").read_text(encoding="utf-8")
        for name in ("left", "down", "right"):
            self.assertEqual((self.tmp / "out" / f"{name}.txt").read_text(encoding="utf-8"), text)
            self.assertEqual((self.tmp / "out" / f"{name}.png").read_bytes(), (self.tmp / "out" / "upright.png").read_bytes())
            self.assertEqual(found[name]["expected_cer"], found["upright"]["expected_cer"])
        upright, down = (self.boxes(name) for name in ("upright", "down"))
        self.assertEqual(down, [(page.width - left - width, page.height - top - height, width, height)
                                for left, top, width, height in upright])

    def boxes(self, name):
        lines = (self.tmp / "out" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        return [tuple(map(int, line.split("\t")[6:10])) for line in lines]

    def test_is_never_less_legible_than_the_page_as_it_came(self):
        _, best = whole()
        raw = json.loads(self.run_apply("--json", "--pipeline", "raw", out="raw").stdout)
        for page, as_it_came in zip(best["pages"], raw["pages"]):
            self.assertEqual(page["pipelines"]["raw"], as_it_came["net_legible"])
            self.assertGreaterEqual(page["net_legible"], as_it_came["net_legible"])
        pages = sample_pages()
        for name, text in self.files("raw").items():
            image = next(path for path in pages.iterdir() if path.stem == name[:-4] and path.suffix in (".png", ".jpg"))
            self.assertEqual(text.decode(), ocrtune("read", image, check=0).stdout)

    def test_does_not_depend_on_the_number_of_workers(self):
        self.run_apply(*WHOLE, "--jobs", 1)
        self.assertEqual(self.files(), files_of(whole()[0]))

    def words_of(self, out, page):
        """The boxes of the words that stand once on a page and were read surely, by their text."""
        rows = [line.split("\t") for line in (self.tmp / out / f"{page}.tsv").read_text().splitlines()[1:]]
        texts = [row[11] for row in rows]
        return {row[11]: [int(row[6]), int(row[7]), int(row[6]) + int(row[8]), int(row[7]) + int(row[9])] for row in rows
                if int(row[10]) > 80 and len(row[11]) > 3 and texts.count(row[11]) == 1}

    def test_words_lie_on_the_page_as_it_came(self):
        double = self.tmp / "double.toml"
        double.write_text('name = "double"\n[[stage]]\nuse = "rescale"\nfactor = 2\n')
        pages = kept_pages(8, 14)
        for pipeline, images in ((double, "png"), ("raw", "tiff")):
            out = self.tmp / pathlib.Path(pipeline).stem
            ocrtune("apply", *pages, "--pipeline", pipeline, "--format", "tsv", "--images", images, "-o", out, check=0)
        self.assertEqual(len(list((self.tmp / "double").glob("*.png"))), len(pages))
        self.assertEqual(len(list((self.tmp / "raw").glob("*.tif"))), len(pages))
        off = []
        for tsv in (self.tmp / "raw").glob("*.tsv"):
            here, there = self.words_of("raw", tsv.stem), self.words_of("double", tsv.stem)
            for text in here.keys() & there.keys():
                off.append(max(abs(a - b) for a, b in zip(here[text], there[text])))
        self.assertGreater(len(off), 20)
        self.assertLessEqual(sorted(off)[len(off) // 2], 2)
        # Now and then Tesseract takes a letter's dot along, or leaves it out.
        self.assertGreaterEqual(sum(px <= 4 for px in off), 0.7 * len(off), off)

    def test_an_output_folder_that_is_deleted_ends_the_command(self):
        pages = self.tmp / "pages"
        pages.mkdir()
        for page in tiny_pages().glob("*.png"):
            for number in range(10):
                shutil.copy(page, pages / f"{number}-{page.name}")
        for command in (["apply", "--pipeline", "raw"], ["read"], ["clean", "--pipeline", "standard"], ["read", "--format", "pdf"]):
            with self.subTest(command=command):
                out = self.tmp / "out"
                process = subprocess.Popen([OCRTUNE, command[0], pages, "-o", out, *command[1:], "--jobs", "1", "--quiet"],
                                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                self.addCleanup(process.kill)
                while process.poll() is None and not (out.exists() and
                                                      any(path.suffix != ".jsonl" for path in out.rglob("*") if path.is_file())):
                    time.sleep(0.01)
                # As if deleted at once.
                out.rename(self.tmp / f"deleted {command}".replace("/", ""))
                talk = process.communicate(timeout=180)[1]
                self.assertEqual(process.returncode, 5, talk)
                # The latter in the midst of writing a file.
                self.assertRegex(talk, "^ocrtune: .*out.*: (was deleted, moved or replaced while it was in use|can't be written: .*)\n$")
                self.assertFalse(out.exists())

    def test_killed_it_goes_on(self):
        """Killed when a page is done, and at six moments under `./test.sh full`."""
        out, expected = whole()
        journal = self.tmp / "out" / "ocrtune-apply.jsonl"
        for delay in repetitions((0.3, 0.8, 1.2, 1.6, 2.0, 2.4), (None,)):
            process = subprocess.Popen([OCRTUNE, "apply", sample_pages(), "-o", self.tmp / "out", *WHOLE, "--jobs", "1", "--quiet"],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if delay is None:
                # One line is of the settings.
                while process.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") > 1):
                    time.sleep(0.02)
            else:
                time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
        found = json.loads(self.run_apply(*WHOLE).stdout)
        self.assertEqual(untimed(found), untimed(expected))
        self.assertEqual(self.files(), files_of(out))
        self.assertEqual(json.loads(self.run_apply(*WHOLE).stdout)["done_before"], 4)

    def test_interrupted_it_says_how_to_go_on(self):
        process = subprocess.Popen([OCRTUNE, "apply", sample_pages(), "-o", self.tmp / "out", "--jobs", "1"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        began = time.monotonic()
        while not (self.tmp / "out").exists() and time.monotonic() < began + 30:
            time.sleep(.05)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
        if process.returncode != 0:
            self.assertEqual(process.returncode, 130, said)
            self.assertIn("run the same command again to resume", said)
        self.assertEqual(len(json.loads(self.run_apply("--json").stdout)["pages"]), 4)

    def test_what_was_deleted_is_read_again(self):
        out, _ = whole()
        shutil.copytree(out, self.tmp / "out")
        gone = sorted((self.tmp / "out").glob("*.txt"))[1]
        gone.unlink()
        self.assertEqual(json.loads(self.run_apply(*WHOLE).stdout)["done_before"], 3)
        self.assertEqual(self.files(), files_of(out))

    def test_another_language_is_read_anew(self):
        self.run_apply("--pipeline", "raw", "--lang", "eng")
        again = json.loads(self.run_apply("--pipeline", "raw", "--lang", "fra", "--json").stdout)
        self.assertEqual(again["done_before"], 0)
        self.run_apply("--pipeline", "raw", "--lang", "fra", out="fra")
        self.assertEqual(self.files(), self.files("fra"))

    def keeping(self, half):
        gamma = {"upper": 10, "lower": 0.5}[half]
        file = self.tmp / f"{half}.toml"
        file.write_text(f'name = "{half}"\n[[stage]]\nuse = "gamma"\ngamma = {gamma}\n')
        return file

    def test_a_vote_has_what_each_ocr_result_lacks(self):
        # Above gray text on white, below the same in black on gray: the first pipeline blackens all below, the second whitens all
        # but what is black.
        check_page = ROOT / "src/ocrtune/ocr/self_check_page.png"
        rows = gray_rows(check_page)
        upper, lower = bytes(140 + p * 115 // 255 for p in range(256)), bytes(p * 190 // 255 for p in range(256))
        page = self.tmp / "halves.pgm"
        page.write_bytes(f"P5 {len(rows[0])} {2 * len(rows)} 255\n".encode()
                         + b"".join(row.translate(upper) for row in rows) + b"".join(row.translate(lower) for row in rows))
        words = {}
        for name, halves, flags in (("upper", ["upper"], []), ("lower", ["lower"], []), ("both", ["upper", "lower"], ["--vote"])):
            pipelines = [argument for half in halves for argument in ("--pipeline", self.keeping(half))]
            applied = json.loads(ocrtune("apply", page, "-o", self.tmp / name, *pipelines, *flags, "--json", "--format",
                                         "text,tsv,alto,hocr,page", check=0).stdout)["pages"][0]
            words[name] = next((self.tmp / name).rglob("*.txt")).read_text().split()
        # Of signs that only one of two has, some are taken for specks.
        long = {name: [word for word in found if len(word) > 3] for name, found in words.items()}
        once = [word for word in ocrtune("read", check_page, check=0).stdout.split() if len(word) > 3]
        for name in ("upper", "lower"):
            self.assertGreater(len(set(long[name]) & set(once)), 0.7 * len(once), words)
            self.assertLess(len(long[name]), 1.2 * len(once), words)
        self.assertGreaterEqual(len(long["both"]), 0.9 * len(long["upper"] + long["lower"]), words)
        order = iter(long["upper"] + long["lower"])
        self.assertTrue(all(word in order for word in long["both"]), words)
        self.assertGreater(applied["voted"], 5)
        self.assertGreater(applied["net_legible"], max(applied["pipelines"].values()))

    def test_a_vote_is_another_setting(self):
        self.run_apply("--pipeline", "raw", "--vote")
        self.assertEqual({page["voted"] for page in json.loads(self.run_apply("--pipeline", "raw", "--vote", "--json")
                                                               .stdout)["pages"]}, {0})
        voted = self.files()
        self.assertIn("other settings", self.run_apply("--pipeline", "raw", check=5).stderr)
        self.assertNotIn("voted", self.run_apply("--pipeline", "raw", "--json", out="alone").stdout)
        self.assertEqual(self.files("alone"), voted)

    def test_a_vote_does_not_depend_on_the_number_of_workers(self):
        pages = sorted(sample_pages().glob("0[124]-*.png"))
        for out, jobs in (("one", 1), ("three", 3)):
            ocrtune("apply", *pages, "-o", self.tmp / out, "--vote", "--jobs", jobs, "--format", "tsv", check=0)
        self.assertEqual(self.files("one"), self.files("three"))
        self.assertEqual(len(self.files("one")), 3)

    def clean_page(self, *arguments, out="out", check=0):
        """A clean page applied."""
        return ocrtune("apply", ROOT / "src/ocrtune/ocr/self_check_page.png", "-o", self.tmp / out, *arguments, check=check)

    def test_a_clean_page_is_read_once(self):
        for name, flags in (("best", []), ("vote", ["--vote"])):
            found = json.loads(self.clean_page("--json", *flags, out=name).stdout)
            self.assertEqual(list(found["pages"][0]["pipelines"]), ["raw"])
            self.assertEqual(found["cost"]["pipelines_per_page"], 1)
            self.assertEqual(found["cost"]["seconds"], found["pages"][0]["seconds"])
        self.assertEqual(self.files("best"), self.files("vote"))
        self.assertIn("pipelines tried per page: 1.0 of 5; ", self.clean_page(out="best").stdout)

    def test_at_100_all_pipelines_are_tried_which_is_another_setting(self):
        found = json.loads(self.clean_page("--json", "--enough", "100").stdout)
        self.assertEqual(set(found["pages"][0]["pipelines"]), {"raw", "clean", "smooth", "plain", "turned"})
        self.assertGreater(found["cost"]["seconds"], 1.5 * found["cost"]["first_seconds"])
        for other in ([], ["--enough", 95]):
            self.assertIn("other settings", self.clean_page(*other, check=5).stderr)
        self.assertEqual(json.loads(self.clean_page("--json", "--enough", "100").stdout), {**found, "done_before": 1})

    def test_how_good_is_good_enough_can_be_said(self):
        best = json.loads(self.clean_page("--json", "--enough", 99, out="all").stdout)["pages"][0]
        self.assertEqual(len(best["pipelines"]), 5)
        self.assertEqual(best["net_legible"], max(best["pipelines"].values()))
        self.assertIn("--enough", self.clean_page("--enough", 101, check=1).stderr)

    def test_page_xml_says_when_it_was_made(self):
        self.run_apply("--pipeline", "raw", "--format", "page")
        for text in self.files().values():
            self.assertRegex(text.decode(), r"<Created>20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d")

    def test_other_settings_are_refused(self):
        self.run_apply("--pipeline", "raw")
        for other in (["--pipeline", "standard"], ["--pipeline", "raw", "--psm", "4"], [],
                      ["--pipeline", "raw", "--format", "tsv"]):
            refused = self.run_apply(*other, check=5)
            self.assertIn("was written with other settings", refused.stderr)
            self.assertEqual(refused.stderr.count("ocrtune: "), 1)
        self.run_apply("--pipeline", "raw")

    def test_a_portfolio_of_ones_own(self):
        mine = self.tmp / "mine.toml"
        mine.write_text(ocrtune("presets", "documents", check=0).stdout)
        same = json.loads(self.run_apply("--portfolio", mine, *WHOLE).stdout)
        self.assertEqual(untimed(same), untimed(whole()[1]))

    def recipe(self, name="letters.toml", text=RECIPE):
        path = self.tmp / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_choice_of_a_recipe(self):
        best = json.loads(self.run_apply("--recipe", self.recipe(), "--json").stdout)
        for page in best["pages"]:
            self.assertEqual(set(page["pipelines"]), {"doubled", "raw"}, "all are tried")
            self.assertIn("voted", page)
        fast = json.loads(self.run_apply("--recipe", self.recipe(), "--choice", "fast", "--json", out="fast").stdout)
        for page in fast["pages"]:
            self.assertEqual(set(page["pipelines"]), {"raw"})
            self.assertNotIn("voted", page)
        self.assertNotEqual(self.files(), self.files("fast"))
        stated = json.loads(self.run_apply("--pipeline", "raw", "--enough", "80", "--json", out="stated").stdout)
        self.assertEqual(untimed(fast), untimed(stated))

    def test_a_recipe_resumes_by_its_content_and_choice(self):
        first = json.loads(self.run_apply("--recipe", self.recipe(), "--json").stdout)
        again = self.run_apply("--recipe", self.recipe("another.toml"), "--choice", "best", "--json")
        self.assertEqual(json.loads(again.stdout)["pages"], first["pages"], "nothing is recognized again")
        other_factor = self.recipe("other.toml", RECIPE.replace("factor = 2", "factor = 1.5"))
        for other in (["--recipe", self.recipe(), "--choice", "fast"], ["--recipe", other_factor]):
            self.assertIn("was written with other settings", self.run_apply(*other, check=5).stderr)

    def test_what_a_recipe_lacks_is_said_in_a_line(self):
        def refused(status, *arguments):
            stderr = self.run_apply(*arguments, check=status).stderr
            self.assertEqual(stderr.count("ocrtune: "), 1, stderr)
            return stderr
        recipe = self.recipe()
        self.assertIn("--choice: `fasst` is not one of fast, best (did you mean `fast`?)",
                      refused(1, "--recipe", recipe, "--choice", "fasst"))
        self.assertIn("--choice: needs a recipe", refused(1, "--choice", "fast"))
        self.assertIn("--vote excludes --recipe", refused(1, "--recipe", recipe, "--vote"))
        self.assertIn("`apply --recipe` takes a recipe", refused(4, "--portfolio", recipe))
        portfolio = self.recipe("p.toml", ocrtune("presets", "documents", check=0).stdout)
        self.assertIn("give a portfolio by --portfolio", refused(4, "--recipe", portfolio))
        self.assertFalse((self.tmp / "out").exists())

    def test_a_full_disk_loses_nothing(self):
        done = subprocess.run(["bash", "-c", 'ulimit -f 2; exec "$0" "$@"', OCRTUNE, "apply", str(sample_pages()), "-o",
                               str(self.tmp / "out"), "--pipeline", "raw", "--format", "alto"], text=True, capture_output=True)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertEqual(len(json.loads(self.run_apply("--pipeline", "raw", "--format", "alto", "--json").stdout)["pages"]), 4)


if __name__ == "__main__":
    import unittest
    unittest.main()
