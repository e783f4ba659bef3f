"""Portfolios whose pipelines have different OCR engines: `apply --vote` combines their results character by character."""
import json
import pathlib
import shutil
import sqlite3
import unittest

from support import FAST, PPOCR_INSTALLED, doctor, kept_pages, ocrtune, rows
from test_external_engines import EngineCase

PORTFOLIO = """name = "both"

[[pipeline]]
name = "raw"

[[pipeline]]
engine = "{}"
name = "second"
"""
# An engine that reads every page alike: one word, where the page has its text, and a line below it.
READS = """
echo '{"protocol": 1, "version": "1", "languages": ["eng"]}'
i=0
while read -r request; do
  i=$((i + 1))
  echo "{\\"id\\": $i, \\"lines\\": [{\\"text\\": \\"below\\", \\"box\\": [20, 120, 120, 150], \\"confidence\\": 0.99}]}"
done
"""


class SeveralEngines(EngineCase):
    def portfolio(self, engine):
        path = self.tmp / "both.toml"
        path.write_text(PORTFOLIO.format(engine))
        return path

    def apply(self, *arguments, **options):
        return self.run_command("apply", self.tmp / "pages", "-o", self.tmp / "texts", "--portfolio", *arguments, "--quiet",
                                **options)

    def test_the_vote_has_the_text_of_both(self):
        self.page("one")
        self.make_engine("second", READS)
        done = self.apply(self.portfolio("second"), "--vote", "--enough", "100", "--json")
        page = json.loads(done.stdout)["pages"][0]
        self.assertEqual(set(page["pipelines"]), {"raw", "second"})
        self.assertEqual(page["pipeline"], "raw")
        self.assertIn("below", (self.tmp / "texts/one.txt").read_text().splitlines())

    def test_without_a_vote_it_is_refused(self):
        self.page("one")
        self.make_engine("second", READS)
        self.assertIn("--vote", self.one_line(self.apply(self.portfolio("second"), check=1)))

    def test_an_engine_that_is_missing_is_named_before_any_work(self):
        self.page("one")
        self.assertIn("unknown engine `second`", self.one_line(self.apply(self.portfolio("second"), "--vote", check=1)))
        self.make_engine("second", READS, install="make second", requires=["model.bin"])
        self.assertIn("make second", self.one_line(self.apply(self.portfolio("second"), "--vote", check=3)))
        self.assertFalse((self.tmp / "texts").exists())

    def test_a_page_goes_on_without_an_engine_that_fails(self):
        self.page("one")
        self.make_engine("second", READS.replace("i=$((i + 1))", "echo out of ink >&2; exit 7"))
        done = self.apply(self.portfolio("second"), "--vote", "--enough", "100")
        self.assertIn("one.png: Second: ended with exit status 7: out of ink", done.stderr)
        self.assertTrue((self.tmp / "texts/one.txt").exists())

    def test_another_version_does_not_resume_the_folder(self):
        self.page("one")
        self.make_engine("second", READS)
        self.apply(self.portfolio("second"), "--vote")
        self.make_engine("second", READS.replace('"version": "1"', '"version": "2"'))
        self.one_line(self.apply(self.portfolio("second"), "--vote", check=5))

    def effort(self, name, *options, **expected):
        return self.run_command("apply", self.tmp / "pages", "-o", self.tmp / name, "--effort", name, "--json", *options, **expected)

    @unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
    def test_efforts_use_more_and_more(self):
        self.page("one")
        low, normal, high = (json.loads(self.effort(name, check=0).stdout)["pages"][0] for name in ("low", "normal", "high"))
        self.assertEqual(set(low["pipelines"]), {"raw", "ppocr"})
        self.assertEqual(set(normal["pipelines"]), {"raw", "ppocr", "clean"})
        self.assertEqual(set(high["pipelines"]), {"raw", "ppocr", "clean", "smooth", "plain", "turned"})
        self.assertIn("Total 30.91", (self.tmp / "normal/one.txt").read_text())

    def test_an_effort_does_without_an_engine_that_is_not_installed(self):
        self.page("one")
        self.environment["OCRTUNE_PPOCR"] = str(self.tmp / "none")
        done = self.effort("normal", check=0)
        self.assertIn("without ppocr: PP-OCRv6: is not installed; install it with `scripts/setup_ppocr.sh`", done.stderr)
        self.assertNotIn("ppocr", json.loads(done.stdout)["pages"][0]["pipelines"])

    def test_a_recipe_does_too(self):
        self.page("one")
        recipe = self.tmp / "r.toml"
        recipe.write_text('recommended = "a"\n[[choice]]\nname = "a"\npipelines = ["second", "raw"]\n'
                          + PORTFOLIO.format("second").split("\n", 1)[1])
        command = ["apply", self.tmp / "pages", "--recipe", recipe, "--json"]
        without = self.run_command(*command, "-o", self.tmp / "without", check=0)
        self.assertIn("without second: it is not installed", without.stderr)
        self.assertNotIn("second", json.loads(without.stdout)["pages"][0]["pipelines"])
        self.make_engine("second", READS)
        both = self.run_command(*command, "-o", self.tmp / "texts", check=0)
        self.assertEqual(set(json.loads(both.stdout)["pages"][0]["pipelines"]), {"raw", "second"})
        self.assertIn("below", (self.tmp / "texts/one.txt").read_text().splitlines())

    @unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
    def test_an_engine_is_left_out_for_pages_of_a_language_it_does_not_know(self):
        self.page("one")
        self.page("two")
        del self.environment["TESSDATA_PREFIX"]
        manifest = self.tmp / "pages.csv"
        manifest.write_text("file;lang\npages/one.png;eng\npages/two.png;rus\n")
        done = self.run_command("apply", manifest, "-o", self.tmp / "texts", "--effort", "normal", "--json")
        self.assertIn("without ppocr for rus: PP-OCRv6: does not support the language `rus`", done.stderr)
        tried = {page["page"]: set(page["pipelines"]) for page in json.loads(done.stdout)["pages"]}
        self.assertEqual(tried["pages/one.png"], {"raw", "ppocr", "clean"})
        self.assertEqual(tried["pages/two.png"], {"raw", "clean", "smooth", "plain", "turned"})

    def test_an_effort_stands_for_the_other_options(self):
        self.page("one")
        for options in (["--vote"], ["--portfolio", "documents"], ["--pipeline", "raw"]):
            self.one_line(self.effort("low", *options, check=1))

    def test_the_portfolios_with_pp_ocr_are_listed(self):
        for name in ("documents_ppocr", "two_engines"):
            self.assertIn(name, ocrtune("presets").stdout)
            self.assertIn('engine = "ppocr"', ocrtune("presets", name).stdout)


class SeveralModels(EngineCase):
    """Several folders of Tesseract's models. The further one of these tests has French models under English names."""

    def setUp(self):
        super().setUp()
        self.tessdata = pathlib.Path(doctor()["tessdata"])

    def folders(self, name="fra"):
        further = self.tmp / "further"
        further.mkdir(exist_ok=True)
        shutil.copy(self.tessdata / f"{name}.traineddata", further / "eng.traineddata")
        return f"{self.tessdata},{further}"

    def apply(self, folders, *options, **expected):
        return self.run_command("apply", self.tmp / "pages", "-o", self.tmp / "texts", "--tessdata", folders, "--json", *options, **expected)

    def pipelines(self, done):
        return set(json.loads(done.stdout)["pages"][0]["pipelines"])

    def test_each_model_recognizes_the_page(self):
        shutil.copy(kept_pages(8)[0], self.page("one"))
        done = self.apply(self.folders(), "--vote", "--enough", "100", check=0)
        self.assertEqual(self.pipelines(done), {"raw", "clean", "smooth", "plain", "turned",
                                                "raw, model 2", "clean, model 2", "smooth, model 2"})

    def test_the_models_are_part_of_what_is_resumed(self):
        self.page("one")
        options = ["--pipeline", "raw", "--vote", "--enough", "100"]
        self.assertEqual(self.pipelines(self.apply(self.folders(), *options, check=0)), {"raw", "raw, model 2"})
        self.assertEqual(json.loads(self.apply(self.folders(), *options, check=0).stdout)["done_before"], 1)
        self.assertEqual(json.loads(self.apply(self.folders("eng"), *options, check=0).stdout)["done_before"], 0)

    def test_a_folder_without_the_language_is_named_before_any_work(self):
        self.page("one")
        (self.tmp / "further").mkdir()
        said = self.one_line(self.apply(f"{self.tessdata},{self.tmp / 'further'}", check=3))
        self.assertIn(f"no eng.traineddata in {self.tmp / 'further'}", said)
        self.assertFalse((self.tmp / "texts").exists())

    def test_an_engine_with_models_of_its_own_has_no_folders(self):
        self.page("one")
        self.make_engine("second", READS)
        self.assertIn("Second has models of its own", self.one_line(self.apply(self.folders(), "--engine", "second", check=1)))


class ReferenceEngine(EngineCase):
    def optimize(self, *options, **expected):
        return self.run_command("optimize", self.tmp / "pages", "--objective", "agreement", "--sampler", "sobol", *FAST, "--quiet", *options,
                                **expected)

    def agreements(self, study):
        self.run_command("export", self.tmp / study, "-o", self.tmp / "csv", "--quiet", check=0)
        return [trial["score_agreement"] for trial in rows(self.tmp / "csv/trials.csv")]

    def test_its_text_is_part_of_the_references(self):
        self.page("one")
        self.make_engine("second", READS)
        self.optimize("--study", self.tmp / "without.db", "--trials", 1, check=0)
        self.optimize("--study", self.tmp / "with.db", "--trials", 1, "--reference-engine", "second", check=0)
        without, judged = self.agreements("without.db"), self.agreements("with.db")
        # The line that only the further engine finds is missing from every other OCR result.
        self.assertTrue(all(float(b) < float(a) for a, b in zip(without, judged, strict=True)), (without, judged))
        self.assertIn("references with engine second", self.run_command("show", self.tmp / "with.db", check=0).stdout)

    def test_a_study_keeps_it(self):
        self.page("one")
        self.make_engine("second", READS)
        study = self.tmp / "s.db"
        self.optimize("--study", study, "--trials", 1, "--reference-engine", "second", check=0)
        before = self.agreements("s.db")
        self.optimize("--study", study, "--trials", 2, check=0)
        self.assertEqual(self.agreements("s.db")[:len(before)], before)
        refused = self.one_line(self.optimize("--study", study, "--trials", 3, "--reference-engine", "none", check=5))
        self.assertIn("different reference engine: second in the study, none here", refused)
        self.make_engine("second", READS.replace('"version": "1"', '"version": "2"'))
        self.assertIn("different language data or OCR engine version",
                      self.one_line(self.optimize("--study", study, "--trials", 3, check=5)))

    def test_a_limit_that_ends_before_a_trial_gives_no_result_and_the_references_are_kept(self):
        """They take longer than the limit, and are not computed anew."""
        self.page("one")
        self.page("two")
        self.make_engine("second", READS.replace("i=$((i + 1))", "sleep 1.5; i=$((i + 1))"))
        best = self.tmp / "best.toml"
        command = ["tune", self.tmp / "pages", "--reference-engine", "second", "--study", self.tmp / "s.db", "-o", best]
        done = self.run_command(*command, "--budget", "1s", check=6)
        self.assertIn("the time limit of 1 s was over before there was a result", done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual(sorted(self.tmp.glob("best.*")), [])
        with sqlite3.connect(self.tmp / "s.db") as database:
            self.assertEqual(database.execute("SELECT COUNT(*) FROM ocrtune_references").fetchone()[0], 2)
            database.execute("UPDATE ocrtune_references SET text = '#' WHERE page = 0")
        self.run_command(*command, "--trials", 1, "--no-report", check=0)
        self.assertTrue(best.exists())
        with sqlite3.connect(self.tmp / "s.db") as database:
            rows_of_trial = database.execute("SELECT agreement FROM ocrtune_results WHERE number = 1 ORDER BY page").fetchall()
        self.assertLess(rows_of_trial[0][0], 0.1, "not computed anew")
        self.assertGreater(rows_of_trial[1][0], 0.5)

    def test_one_that_cannot_be_used_is_named_before_any_work(self):
        self.page("one")
        self.make_engine("second", READS, install="make second", requires=["model.bin"])
        study = self.tmp / "s.db"
        self.assertIn("make second",
                      self.one_line(self.optimize("--study", study, "--trials", 1, "--reference-engine", "second", check=3)))
        self.assertIn("--reference-engine",
                      self.one_line(self.optimize("--study", study, "--trials", 1, "--reference-engine", "third", check=1)))
        self.assertFalse(study.exists())


if __name__ == "__main__":
    unittest.main()
