"""Reports: one file with all that a study holds, made by `tune` and by `report`."""
import functools
import html.parser
import json
import shutil
import sqlite3

import schemas
import verdicts
from support import FAST, ScratchCase, made_once, ocrtune, sample_pages, tiny_pages

HOSTILE = "a<script>alert(1)<!--&b.png"


class DataOf(html.parser.HTMLParser):
    """What a browser finds in the element with the data, and how many scripts the page has."""

    def __init__(self, text):
        super().__init__()
        self.text, self.scripts, self.inside = "", 0, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script"
        self.inside = dict(attributes).get("id") == "study-data"

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        self.text += data if self.inside else ""


def data_of(path):
    data = json.loads(DataOf(path.read_text(encoding="utf-8")).text)
    schemas.check("study-data", data)
    return data


@functools.cache
def has_page():
    return ocrtune("report", "/nonexistent/study.db", "-o", "/nonexistent/r.html").returncode != 3


def copy_pages(folder):
    folder.mkdir()
    for path in sample_pages().glob("0[12]-*"):
        shutil.copy(path, folder)


def optimize(pages, study, best):
    """A study with a point that is better than the original pages: more words are read."""
    ocrtune("optimize", pages, "--objective", "words", "--sampler", "random", "--trials", 4, *FAST, "--study", study, "-o", best,
            "--quiet", check=0)


def optimized():
    """A folder with pages, such a study of them (s.db) and its best pipeline (o.toml)."""
    def make(folder):
        copy_pages(folder / "pages")
        optimize(folder / "pages", folder / "s.db", folder / "o.toml")

    return made_once("optimized", make)


class Report(ScratchCase):
    def setUp(self):
        super().setUp()
        if not has_page():
            self.skipTest("this build has no page for reports (OCRTUNE_WEB)")
        self.pages = self.tmp / "pages"
        copy_pages(self.pages)
        self.study = self.tmp / "s.db"
        self.report = self.tmp / "r.html"

    def optimize(self):
        optimize(self.pages, self.study, self.tmp / "o.toml")

    def copy_optimized(self):
        """As `optimize`, for a test that leaves the pages alone."""
        self.pages = optimized() / "pages"
        for name in ("s.db", "o.toml"):
            shutil.copy(optimized() / name, self.tmp)

    def make(self, *extra, check=0):
        done = ocrtune("report", self.study, "-o", self.report, *extra, check=check)
        return done, data_of(self.report)

    def test_tune_writes_one_and_report_the_same_again(self):
        best = self.tmp / "best.toml"
        done = ocrtune("tune", self.pages, "--trials", 6, *FAST, "--pipeline", "standard", "--study", self.study, "-o", best,
                       check=0)
        beside = self.tmp / "best.report.html"
        self.assertIn(f"report: {beside}", done.stdout)
        data = data_of(beside)
        self.assertEqual(data["study"]["name"], "s.db")
        self.assertEqual(data["trials"]["number"][0], 0)
        self.assertEqual([page["name"] for page in data["pages"]],
                         sorted(path.name for path in self.pages.glob("*.png")))
        self.assertTrue(all(page["truth"] for page in data["pages"]))
        self.assertEqual(data["verdict"]["recipe"], best.read_text())
        self.assertEqual(set(data["pipelines"]), {"best", "searched"})
        shown = json.loads(ocrtune("show", self.study, "--json", check=0).stdout)
        self.assertEqual(data["summary"]["best"], shown["best"])
        _, again = self.make()
        self.assertEqual(again, data)

    def test_pages_are_shown_before_and_after(self):
        self.copy_optimized()
        done, data = self.make("--json")
        self.assertNotEqual(data["summary"]["best"]["trial"], 0)
        self.assertEqual(len(data["pictures"]), 2)
        self.assertIsNone(data["pictures_missing"])
        self.assertEqual(json.loads(done.stdout), {"report": str(self.report), "bytes": self.report.stat().st_size,
                                                   "pictures": 2, "pictures_missing": None})
        gains = [picture["gain"] for picture in data["pictures"]]
        self.assertEqual(gains, sorted(gains, reverse=True))
        for picture in data["pictures"]:
            truth = next(self.pages.glob(picture["page"].replace(".png", ".gt.txt"))).read_text(encoding="utf-8")
            self.assertEqual(picture["truth"].split(), truth.split())
            for view in (picture["before"], picture["after"]):
                self.assertRegex(view["image"][:30], "^data:image/(png|jpeg);base64,")
                self.assertEqual(" ".join(word[0] for word in view["words"]).split(), view["text"].split())
            index = [page["name"] for page in data["pages"]].index(picture["page"])
            self.assertEqual(picture["before"]["scores"]["words"], data["trials"]["page_values"][index][0])
        read = ocrtune("read", self.pages / data["pictures"][0]["page"], "--pipeline", self.tmp / "o.toml", check=0).stdout
        self.assertEqual(data["pictures"][0]["after"]["text"].split(), read.split())

    def test_the_verdict_is_said_first_and_alone_in_the_same_words(self):
        self.copy_optimized()
        self.assertNotIn("of 100 characters", ocrtune("show", self.study, check=0).stdout.lower())
        _, data = self.make("--no-pictures")
        self.assertIsNone(data["verdict"])
        for recommends, words in ((True, verdicts.FOUND), (False, verdicts.UNTUNED)):
            kept = verdicts.keep_verdict(self.study, recommends)
            shown = ocrtune("show", self.study, check=0).stdout
            self.assertTrue(shown.startswith(words), shown)
            self.assertNotIn("use them without preprocessing", shown)
            self.assertNotIn("per-page selection", shown)
            self.assertEqual(json.loads(ocrtune("show", self.study, "--json", check=0).stdout)["verdict"], {**kept, "text": words})
            done, data = self.make("--no-pictures")
            self.assertIn(words + "written to ", done.stderr)
            french = data["verdict"]["text"]["fr"]
            self.assertEqual(data["verdict"], {**kept, "text": {"en": words, "fr": french}})
            shown = ocrtune("show", self.study, env={"LANGUAGE": "fr"}, check=0).stdout
            self.assertTrue(shown.startswith(french), shown)
        with sqlite3.connect(self.study) as database:
            database.execute("UPDATE ocrtune_verdict SET verdict = '{}'")
        database.close()
        self.assertIn("its verdict can't be read", ocrtune("show", self.study, check=5).stderr)

    def test_no_pictures(self):
        self.copy_optimized()
        _, whole = self.make()
        size = self.report.stat().st_size
        done, data = self.make("--no-pictures")
        self.assertEqual(data["pictures"], [])
        self.assertIn("without pictures", data["pictures_missing"])
        pictures = sum(len(picture[view]["image"]) for picture in whole["pictures"] for view in ("before", "after"))
        self.assertLess(self.report.stat().st_size, size - pictures)
        self.assertNotIn("pictures:", done.stderr)
        for changed in ("pictures", "pictures_missing"):
            del whole[changed], data[changed]
        self.assertEqual(whole, data)

    def test_moved_files_are_missed_until_the_study_is_gone_on_with(self):
        self.optimize()
        moved = self.tmp / "moved"
        self.pages.rename(moved)
        done, data = self.make()
        self.assertEqual(data["pictures"], [])
        self.assertIn("2 of 2 pages can't be shown", data["pictures_missing"])
        self.assertIn("pictures: 2 of 2 pages can't be shown", done.stderr)
        self.pages = moved
        self.optimize()
        self.assertEqual(len(self.make()[1]["pictures"]), 2)

    def test_hostile_names_and_truths_stay_text(self):
        page = sorted(self.pages.glob("*.png"))[0]
        page.rename(self.pages / HOSTILE)
        (self.pages / HOSTILE.replace(".png", ".gt.txt")).write_text("</script><img src=x>\u2028", encoding="utf-8")
        self.optimize()
        _, data = self.make()
        self.assertIn(HOSTILE, [one["name"] for one in data["pages"]])
        self.assertIn("</script><img src=x>\u2028", [picture["truth"] for picture in data["pictures"]])
        _, plain = self.make("--no-pictures")
        text = self.report.read_text(encoding="utf-8")
        self.assertNotIn("<script>alert", text)
        self.assertNotIn("<img src=x>", text)

    def test_what_is_refused(self):
        self.copy_optimized()
        before = self.study.read_bytes()
        done = ocrtune("report", self.study, "-o", self.study, check=1)
        self.assertIn("is the study itself", done.stderr)
        self.assertEqual(self.study.read_bytes(), before)
        done = ocrtune("report", self.study, "-o", self.tmp / "no" / "r.html", check=5)
        self.assertIn("the folder is missing", done.stderr)
        done = ocrtune("report", self.tmp / "no.db", "-o", self.report, check=5)
        self.assertIn("no such study", done.stderr)
        self.assertFalse(self.report.exists())

    def test_tune_without_one_and_elsewhere(self):
        arguments = ["tune", self.pages, "--trials", 2, *FAST, "--pipeline", "standard", "--study", self.study, "-o",
                     self.tmp / "best.toml", "--single"]
        done = ocrtune(*arguments, "--no-report", check=0)
        self.assertNotIn("browser", done.stdout)
        self.assertEqual(list(self.tmp.glob("*.html")), [])
        done = ocrtune(*arguments, "--report", self.report, "--json", check=0)
        self.assertEqual(json.loads(done.stdout)["report_file"], str(self.report))
        self.assertEqual(data_of(self.report)["pages"][0]["lang"], "eng")
        self.assertFalse((self.tmp / "best.report.html").exists())
        ocrtune(*arguments, "--report", self.report, "--no-report", check=1)


class WithoutPage(ScratchCase):
    def test_says_so_and_tune_goes_on(self):
        if has_page():
            self.skipTest("this build has the page for reports")
        study, best = self.tmp / "s.db", self.tmp / "best.toml"
        page = sorted(tiny_pages().glob("*.png"))[0]
        done = ocrtune("tune", page, "--trials", 1, *FAST, "--pipeline", "standard", "--study", study, "-o", best, check=0)
        self.assertNotIn("report", done.stdout + done.stderr)
        done = ocrtune("report", study, "-o", self.tmp / "r.html", check=3)
        self.assertIn("was built without the report's page", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1)
