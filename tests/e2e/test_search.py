"""Searches: the same trials whatever the workers and interruptions, for every sampler; tune and Optuna's view of it."""
import csv
import json
import random
import sqlite3
import subprocess
import time

from PIL import Image

from support import FAST, OCRTUNE, ScratchCase, exported, made_once, ocrtune, tiny_pages

# The engine that starts without proving itself, on a copy too small to read; what is tuned is the image.
QUICK = [*FAST, "--engine", "tesseract", "--ocr-max-width", 60, "--objective", "contrast", "--quiet"]


def samplers():
    return json.loads(ocrtune("samplers", "--json", check=0).stdout)


def results(study, folder):
    """What a study holds, without times."""
    tables = exported(study, folder)
    with open(folder / "pruned.csv", newline="", encoding="utf-8") as file:
        tables["pruned"] = list(csv.DictReader(file, delimiter=";"))
    return {name: tables[name] for name in ("trials", "pages", "configuration", "pruned")}


def make_corners(folder):
    """Parts of three pages, which take a quarter of the time that the pages would."""
    for path in sorted(tiny_pages().glob("*.png"))[:3]:
        with Image.open(path) as page:
            page.crop((20, 20, page.width // 2, page.height // 2)).save(folder / path.name)


class EverySampler(ScratchCase):
    def optimize(self, name, sampler, *extra, **options):
        return ocrtune(*self.command(name, sampler), *extra, **options)

    def command(self, name, sampler):
        return ["optimize", made_once("corners", make_corners), "--sampler", sampler, "--pruner", "racing", "--trials", 10, *QUICK, "--study", self.tmp / name]

    def test_jobs_and_kill_9_do_not_matter(self):
        moments = random.Random(5)
        for kind in samplers()["samplers"]:
            sampler = kind["name"]
            with self.subTest(sampler=sampler):
                start = time.monotonic()
                self.optimize(f"{sampler}1.db", sampler, "--jobs", 1, check=0)
                duration = time.monotonic() - start
                expected = results(self.tmp / f"{sampler}1.db", self.tmp / f"{sampler}1")
                self.assertEqual(len(expected["trials"]) + len({row["trial"] for row in expected["pruned"]}), 11)
                study = self.tmp / f"{sampler}3.db"
                process = subprocess.Popen([OCRTUNE, *map(str, self.command(study.name, sampler))], stdout=subprocess.DEVNULL)
                time.sleep(moments.uniform(0.2, 0.9) * duration)
                process.kill()
                process.wait()
                self.optimize(study.name, sampler, "--jobs", 3, check=0)
                self.assertEqual(results(study, self.tmp / f"{sampler}3"), expected)
                with sqlite3.connect(study) as database:
                    self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")


class Optimize(ScratchCase):
    def optimize(self, *extra, study="s.db", **options):
        return ocrtune("optimize", tiny_pages(), *QUICK, "--study", self.tmp / study, *extra, **options)

    def optimize_by(self, objectives, *extra, study="s.db", **options):
        quick = [argument for argument in QUICK if argument not in ("--objective", "contrast")]
        return ocrtune("optimize", tiny_pages(), *quick, "--objective", objectives, "--study", self.tmp / study, *extra, **options)

    def test_trials_is_a_total_and_settings_stay(self):
        self.optimize("--sampler", "random", "--trials", 3, "--constraint", "words>=0.1x", check=0)
        self.optimize("--trials", 5, check=0)
        found = json.loads(ocrtune("show", self.tmp / "s.db", "--json", check=0).stdout)
        self.assertEqual((found["points"], found["sampler"]), (5, "random"))
        refused = self.optimize("--sampler", "tpe", "--trials", 6, check=5)
        self.assertIn("different sampler: random in the study, tpe here", refused.stderr)
        refused = self.optimize("--constraint", "cnr>=1", "--trials", 6, check=5)
        self.assertIn("different list of constraints: words>=0.1x in the study, cnr>=1 here", refused.stderr)

    def test_no_page_loses_more_than_is_allowed(self):
        self.optimize("--sampler", "random", "--trials", 8, "--constraint", "loss(contrast)<=0", "--constraint", "loss(time)<=100000x", check=0)
        done = self.optimize("--trials", 12, "--json", check=0)
        found = json.loads(done.stdout)
        with open(exported(self.tmp / "s.db", self.tmp / "csv") and self.tmp / "csv" / "pages.csv", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        before = {(int(row["trial"]), row["page"]): float(row["score_contrast"]) for row in rows}
        contrast = {}
        for row in rows:
            contrast.setdefault(int(row["trial"]), []).append(float(row["score_contrast"]))
        kept = [point for point in contrast
                if all(before[point, page] >= first for (number, page), first in before.items() if number == 0)]
        best = max(kept, key=lambda point: sum(contrast[point]))
        self.assertEqual(found["best"]["trial"], best)
        self.assertEqual([entry["constraint"] for entry in found["constraints"]], ["loss(contrast)<=0", "loss(time)<=100000x"])
        self.assertTrue(all(entry["kept"] for entry in found["constraints"]))
        if best:
            self.assertIn("satisfies loss(contrast)<=0 (", ocrtune("show", self.tmp / "s.db", check=0).stdout)

    def test_budget_is_a_limit_and_can_be_gone_on_after(self):
        done = ocrtune("optimize", tiny_pages(), *QUICK[:-1], "--study", self.tmp / "s.db", "--trials", 100000,
                       "--budget", "1s", check=6)
        self.assertIn("time limit (--budget) reached; run the same command again to resume", done.stderr)
        with sqlite3.connect(self.tmp / "s.db") as database:
            before = database.execute("SELECT COUNT(*) FROM ocrtune_trials").fetchone()[0]
        self.assertGreater(before, 0)
        self.optimize("--trials", before + 2, check=0)

    def test_patience(self):
        done = ocrtune("optimize", tiny_pages(), *QUICK[:-1], "--study", self.tmp / "s.db", "--sampler", "random",
                       "--trials", 500, "--patience", 5, check=0)
        self.assertIn("no improvement for --patience trials", done.stderr)

    def test_a_screening_is_not_gone_on_with_but_begins_a_search(self):
        ocrtune("screen", tiny_pages(), "--exponent", 2, *QUICK, "--study", self.tmp / "screen.db", check=0)
        refused = ocrtune("optimize", tiny_pages(), *QUICK, "--study", self.tmp / "screen.db", check=1)
        self.assertIn("was created by `ocrtune screen`", refused.stderr)
        self.optimize("--trials", 6, "--enqueue", self.tmp / "screen.db", "--sampler", "sobol", check=0)
        screened = exported(self.tmp / "screen.db", self.tmp / "a")["trials"]
        searched = exported(self.tmp / "s.db", self.tmp / "b")["trials"]
        best = max(screened[1:], key=lambda row: float(row["score_contrast"]))
        self.assertEqual(best["bin_c"], searched[2]["bin_c"])
        self.assertEqual(best["score_contrast"], searched[2]["score_contrast"])

    def test_several_objectives(self):
        self.optimize_by("contrast,cnr", "--sampler", "nsga2", "--trials", 8, check=0)
        shown = ocrtune("show", self.tmp / "s.db", check=0).stdout
        self.assertIn("Pareto front, ", shown)
        front = json.loads(ocrtune("show", self.tmp / "s.db", "--json", check=0).stdout)["pareto_front"]
        with open(exported(self.tmp / "s.db", self.tmp / "csv") and self.tmp / "csv" / "pareto.csv", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        self.assertEqual([int(row["trial"]) for row in rows], [entry["trial"] for entry in front])
        for a in front:
            for b in front:
                self.assertFalse(a["values"]["contrast"] > b["values"]["contrast"] and a["values"]["cnr"] > b["values"]["cnr"])
        refused = self.optimize_by("contrast,cnr", "--sampler", "nelder-mead", study="t.db", check=1)
        self.assertIn("supports a single objective; for several use: ", refused.stderr)
        refused = self.optimize_by("contrast,cnr", "--pruner", "median", study="t.db", check=1)
        self.assertIn("a pruner requires a single objective", refused.stderr)
        self.assertFalse((self.tmp / "t.db").exists())

    def test_optuna_sees_pruned_trials_and_intermediate_values(self):
        self.optimize("--sampler", "random", "--pruner", "racing", "--trials", 20, check=0)
        script = ("import json, optuna, sys; optuna.logging.set_verbosity(optuna.logging.ERROR)\n"
                  "study = optuna.load_study(study_name='ocrtune', storage='sqlite:///' + sys.argv[1])\n"
                  "print(json.dumps([[t.state.name, t.value, t.intermediate_values] for t in study.trials]))")
        done = subprocess.run(["/usr/bin/python3", "-c", script, self.tmp / "s.db"], capture_output=True, text=True, check=True)
        trials = json.loads(done.stdout)
        self.assertEqual(len(trials), 21)
        self.assertEqual({state for state, _, _ in trials}, {"COMPLETE", "PRUNED"})
        for state, value, steps in trials:
            self.assertEqual(sorted(map(int, steps)), list(range(1, len(steps) + 1)))
            self.assertEqual(len(steps) == 4, state == "COMPLETE")
            self.assertAlmostEqual(steps[str(len(steps))], value, places=9)


class Tune(ScratchCase):
    def test_holds_pages_out_and_says_what_they_gained(self):
        pages = tiny_pages()
        best = self.tmp / "best.toml"
        arguments = ["tune", pages, "--trials", 10, "--hold-out", 1, "--in-flight", 3, "--study", self.tmp / "s.db", "-o", best]
        done = ocrtune(*arguments, check=0)
        self.assertIn("(polish), 3 points in flight; ", done.stderr)
        self.assertIn("tuning on 3 pages, 1 reserved for validation", done.stderr)
        found = json.loads(ocrtune("show", self.tmp / "s.db", "--json", check=0).stdout)
        self.assertEqual((found["pages"], found["sampler"], found["pruner"]), (3, "polish", "racing"))
        self.assertTrue(best.read_text().startswith('name = "best"'))
        if found["held_out"]:
            self.assertEqual(found["held_out"]["pages"], 1)
            self.assertIn("1 page reserved for validation", ocrtune("show", self.tmp / "s.db", check=0).stdout)
        again = ocrtune(*arguments, check=0)
        self.assertEqual(again.stdout, done.stdout)
        refused = ocrtune("tune", pages, "--hold-out", 4, "--study", self.tmp / "t.db", "-o", best, check=1)
        self.assertIn("--hold-out 4: none of 4 pages would be left for tuning", refused.stderr)
        refused = ocrtune("tune", pages, "--hold-out", 1, "--in-flight", 2, "--study", self.tmp / "s.db", "-o", best, check=5)
        self.assertIn("different number of in-flight trials: 3 in the study, 2 here", refused.stderr)

    def test_searches_the_stages_too(self):
        page = next(tiny_pages().glob("01-*.png"))
        ocrtune("tune", page, "--trials", 6, "--engine", "tesseract", "--quiet", "--study", self.tmp / "s.db",
                "-o", self.tmp / "best.toml", check=0)
        rows = exported(self.tmp / "s.db", self.tmp / "csv")["configuration"]
        switches = {row["key"]: row["value_max"] for row in rows if row["key"].startswith("use_")}
        self.assertEqual(set(switches.values()), {"true"})
        self.assertIn("use_deskew", switches)
        self.assertLessEqual({"lines", "background", "noise", "contrast", "size", "ink"}, {row["key"] for row in rows})
