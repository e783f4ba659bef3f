"""What `tune` finds is a recipe: it is judged, kept, resumed and applied as a whole."""
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import tomllib

from support import OCRTUNE, WITHOUT_PPOCR, ScratchCase, ocrtune, tiny_pages


def kept_results(study):
    with sqlite3.connect(study) as database:
        return database.execute("SELECT held_out, page, pipeline, by_columns, result FROM ocrtune_page_results"
                                " ORDER BY held_out, page, pipeline, by_columns").fetchall()


class Recipes(ScratchCase):
    def pages(self, truth):
        """Pages with their ground truth or without."""
        pages = self.tmp / "pages"
        shutil.copytree(tiny_pages(), pages)
        for file in [] if truth else [*pages.glob("*.gt.txt"), *pages.glob("*.csv")]:
            file.unlink()
        return pages

    def tune(self, pages, *options, check=0, env=None):
        return ocrtune("tune", pages, "--study", self.tmp / "s.db", "-o", self.tmp / "best.toml", "--no-report", *options,
                       check=check, env=env)

    def test_each_choice_is_applied(self):
        pages = self.pages(truth=False)
        found = json.loads(self.tune(pages, "--trials", 1, "--hold-out", 2, "--json").stdout)
        best = self.tmp / "best.toml"
        recipe = tomllib.loads(best.read_text())
        self.assertEqual([choice["name"] for choice in recipe["choice"]], ["fast", "balanced", "best", "untuned"])
        verdict = found["verdict"]
        self.assertEqual(verdict["recipe"], best.read_text())
        self.assertEqual(recipe["recommended"], "best" if verdict["recommends"] else "untuned")
        self.assertEqual(verdict["pages"], 2)
        self.assertTrue(verdict["kept_aside"])
        self.assertEqual(verdict["with_truth"], 0)
        for choice in recipe["choice"]:
            out = self.tmp / choice["name"]
            ocrtune("apply", pages, "--recipe", best, "--choice", choice["name"], "-o", out, "--quiet", check=0, env=WITHOUT_PPOCR)
            self.assertEqual(len(list(out.glob("*.txt"))), len(list(pages.glob("*.png"))))

    def test_untuned_is_what_the_effort_does(self):
        pages = self.pages(truth=True)
        for page in sorted(pages.glob("*.png"))[1:]:
            page.unlink()
        self.tune(pages, "--trials", 1, "--hold-out", 0, env={})
        ocrtune("apply", pages, "--recipe", self.tmp / "best.toml", "--choice", "untuned", "-o", self.tmp / "a", check=0)
        ocrtune("apply", pages, "--effort", "normal", "-o", self.tmp / "b", check=0)
        for text in (self.tmp / "a").glob("*.txt"):
            self.assertEqual(text.read_text(), (self.tmp / "b" / text.name).read_text())

    def test_without_its_engine_its_own_pipelines_stay(self):
        recipe = self.tmp / "mine.toml"
        recipe.write_text('name = "mine"\nrecommended = "best"\n[[choice]]\nname = "best"\npipelines = ["doubled", "page"]\n'
                          '[[pipeline]]\nname = "doubled"\n[[pipeline.stage]]\nuse = "rescale"\nfactor = 2\n'
                          '[[pipeline]]\nname = "page"\nengine = "ppocr"\n')
        page = next(tiny_pages().glob("*.png"))
        done = ocrtune("apply", page, "--recipe", recipe, "-o", self.tmp / "a", "--json", check=0, env=WITHOUT_PPOCR)
        self.assertIn("without ppocr", done.stderr)
        (tried,) = [list(page["pipelines"]) for page in json.loads(done.stdout)["pages"]]
        self.assertIn("doubled", tried)
        self.assertIn("raw", tried)
        self.assertNotIn("page", tried)

    def test_pages_with_truth_count_by_their_errors(self):
        """What the verdict says of untuned is the error rate of what the effort gives."""
        pages = self.pages(truth=True)
        verdict = json.loads(self.tune(pages, "--trials", 1, "--hold-out", 0, "--json").stdout)["verdict"]
        self.assertEqual(verdict["with_truth"], verdict["pages"])
        self.assertFalse(verdict["kept_aside"])
        untuned = next(point for point in verdict["points"] if point["name"] == verdict["untuned"])
        ocrtune("apply", pages, "--effort", "normal", "-o", self.tmp / "texts", check=0, env=WITHOUT_PPOCR)
        errors = json.loads(ocrtune("evaluate", self.tmp / "texts", "--truth", pages, "--json", check=0).stdout)
        rates = [min(1, page["characters"]["error_rate"]) for page in errors["pages"]]
        self.assertAlmostEqual(untuned["wrong"], 100 * sum(rates) / len(rates), places=6)

    def test_ocr_results_are_not_computed_again(self):
        pages = self.pages(truth=False)
        self.tune(pages, "--trials", 1, "--hold-out", 1)
        first = kept_results(self.tmp / "s.db")
        self.assertGreater(len(first), 2 * len(list(pages.glob("*.png"))))
        before = (self.tmp / "best.toml").read_text()
        (self.tmp / "best.toml").unlink()
        self.tune(pages, "--trials", 1, "--hold-out", 1)
        self.assertEqual(kept_results(self.tmp / "s.db"), first)
        self.assertEqual((self.tmp / "best.toml").read_text(), before)

    def test_what_was_recognized_before_kill_is_kept(self):
        pages = self.pages(truth=False)
        study = self.tmp / "s.db"
        command = [OCRTUNE, "tune", pages, "--study", study, "-o", self.tmp / "best.toml", "--no-report", "--trials", "1",
                   "--hold-out", "1", "--jobs", "1"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              env={**os.environ, **WITHOUT_PPOCR}) as running:
            kept = []
            while not kept and running.poll() is None:
                time.sleep(0.05)
                try:
                    kept = kept_results(study)
                except sqlite3.OperationalError:
                    continue
            running.send_signal(signal.SIGKILL)
        self.tune(pages, "--trials", 1, "--hold-out", 1)
        self.assertEqual([row for row in kept_results(study) if row[:4] in {row[:4] for row in kept}], kept)

    def test_with_one_page_nothing_is_claimed(self):
        pages = self.pages(truth=False)
        for page in sorted(pages.glob("*.png"))[1:]:
            page.unlink()
        verdict = json.loads(self.tune(pages, "--trials", 1, "--json").stdout)["verdict"]
        self.assertFalse(verdict["recommends"])

    def test_the_same_seed_gives_the_same_recipe(self):
        """Times are measured, and leave the choice of the cheapest open; the best one is that of the errors."""
        pages = self.pages(truth=False)
        best = []
        for jobs in (1, 2):
            study = self.tmp / f"{jobs}.db"
            ocrtune("tune", pages, "--study", study, "-o", self.tmp / "best.toml", "--no-report", "--trials", 3, "--jobs", jobs,
                    "--in-flight", 2, check=0)
            recipe = tomllib.loads((self.tmp / "best.toml").read_text())
            best.append(next(choice["pipelines"] for choice in recipe["choice"] if choice["name"] == "best"))
        self.assertEqual(best[0], best[1])
