"""Studies: deterministic, durable, resumable, refused where they differ, open to Optuna."""
import json
import random
import re
import signal
import sqlite3
import subprocess
import time

from support import FAST, OCRTUNE, ScratchCase, exported, ocrtune, repetitions, screened_study, tiny_pages, without_timings

DESIGN = ["--exponent", "4", *FAST]


def screen(study, *extra, **options):
    return ocrtune("screen", tiny_pages(), *DESIGN, "--study", study, *extra, **options)


def two_pages():
    return sorted(tiny_pages().glob("*.png"))[:2]


class Determinism(ScratchCase):
    def test_jobs_do_not_matter(self):
        results = {}
        for jobs in (1, 2, 3):
            study = screened_study(4) if jobs == 2 else self.tmp / f"{jobs}.db"
            if jobs != 2:
                screen(study, "--jobs", jobs, check=0)
            ocrtune("export", study, "-o", self.tmp / f"{jobs}", "--quiet", check=0)
            results[jobs] = [(self.tmp / f"{jobs}" / f"{name}.csv").read_bytes() for name in ("trials", "pages", "configuration")]
        self.assertEqual(results[1], results[2])
        self.assertEqual(results[1], results[3])

    def test_seed_matters(self):
        a, b = self.tmp / "a.db", self.tmp / "b.db"
        for study, seed in ((a, 1), (b, 2)):
            ocrtune("screen", *two_pages(), "--exponent", 1, *FAST, "--study", study, "--seed", seed, check=0)
        self.assertNotEqual(exported(a, self.tmp / "a")["trials"][1:], exported(b, self.tmp / "b")["trials"][1:])


class Durability(ScratchCase):
    def check_same(self, study, undisturbed):
        self.assertEqual(without_timings(exported(study, self.tmp / "csv")), undisturbed)
        with sqlite3.connect(study) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            numbers = [row[0] for row in database.execute("SELECT number FROM ocrtune_trials ORDER BY number")]
            self.assertEqual(numbers, list(range(17)))
            self.assertEqual(database.execute("SELECT COUNT(*) FROM trials WHERE state = 'COMPLETE'").fetchone()[0], 17)

    def test_kill_9_at_any_moment(self):
        """At one moment, but under `./test.sh full`."""
        undisturbed = without_timings(exported(screened_study(4), self.tmp / "whole"))
        with sqlite3.connect(screened_study(4)) as database:
            duration = database.execute("SELECT MAX(finished_us) - MIN(started_us) FROM ocrtune_trials").fetchone()[0] / 1e6
        study = self.tmp / "killed.db"
        moments = random.Random(20)
        counts = []
        for _ in range(repetitions(20, 1)):
            process = subprocess.Popen([OCRTUNE, "screen", tiny_pages(), *DESIGN, "--study", study, "--quiet"],
                                       stdout=subprocess.DEVNULL)
            if not counts:
                self.wait_for_trials(study, process)
            time.sleep(moments.uniform(0, 0.2 + duration / 3))
            process.kill()
            process.wait()
            if study.exists() and study.stat().st_size > 0:
                with sqlite3.connect(study) as database:
                    self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
                    tables = database.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'ocrtune_trials'").fetchone()[0]
                    counts.append(database.execute("SELECT COUNT(*) FROM ocrtune_trials").fetchone()[0] if tables else 0)
        self.assertEqual(counts, sorted(counts), "a finished trial was lost")
        screen(study, check=0)
        self.check_same(study, undisturbed)

    def test_interrupt_keeps_everything_and_goes_on(self):
        study = self.tmp / "stopped.db"
        process = subprocess.Popen([OCRTUNE, "screen", tiny_pages(), *DESIGN, "--study", study],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.wait_for_trials(study, process)
        process.send_signal(signal.SIGINT)
        _, talk = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn("run the same command again to resume", talk)
        done = screen(study, check=0)
        self.assertIn("done already", done.stderr)
        self.check_same(study, without_timings(exported(screened_study(4), self.tmp / "whole")))

    def wait_for_trials(self, study, process):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None and not self.some_trials(study):
            time.sleep(0.02)

    @staticmethod
    def some_trials(study):
        try:
            with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as database:
                return database.execute("SELECT COUNT(*) FROM ocrtune_trials").fetchone()[0] >= 2
        except sqlite3.Error:
            return False

    def test_show_tells_which_parameters_matter(self):
        study = self.tmp / "s.db"
        page = sorted(tiny_pages().glob("*.png"))[0]
        for exponent, told in ((4, False), (5, True)):
            ocrtune("screen", page, "--exponent", exponent, *FAST, "--study", study, "--quiet", check=0)
            text = ocrtune("show", study, check=0).stdout
            self.assertEqual("importance (Sobol indices of 32 points" in text, told)
            self.assertNotRegex(text, r"\( *\d+ to +\d+\)")
            self.assertEqual("too few points for confidence intervals" in text or "not enough data" in text, told)
            self.assertEqual("importance" in json.loads(ocrtune("show", study, "--json", check=0).stdout), told)
        importance = json.loads(ocrtune("show", study, "--json", check=0).stdout)["importance"]
        names = {name for name in exported(study, self.tmp / "csv")["trials"][0] if not name.startswith(("trial", "score"))}
        self.assertEqual({parameter["name"] for parameter in importance["parameters"]}, names)
        for parameter in importance["parameters"]:
            for order in ("first_order", "total_order"):
                index = parameter[order]
                self.assertTrue(0 <= index["mean"] <= 1, index)
                if importance["points"] < importance["interval_points"]:
                    self.assertEqual((index["low"], index["high"]), (None, None))
                else:
                    self.assertTrue(0 <= index["low"] <= index["mean"] <= index["high"] <= 1, index)

    def test_a_larger_design_goes_on_with_the_smaller_one(self):
        study = self.tmp / "s.db"
        ocrtune("screen", tiny_pages(), "--exponent", 2, *FAST, "--study", study, check=0)
        first = exported(study, self.tmp / "first")["timings"]
        screen(study, check=0)
        grown = exported(study, self.tmp / "grown")
        self.assertEqual(grown["timings"][:len(first)], first, "finished trials were run again")
        self.assertEqual(without_timings(grown), without_timings(exported(screened_study(4), self.tmp / "whole")))
        again = screen(study, check=0)
        self.assertIn("16 done already", again.stderr)


class Refusals(ScratchCase):
    def setUp(self):
        super().setUp()
        self.study = self.tmp / "s.db"
        self.run_with("--seed", 3, check=0)

    def run_with(self, *extra, corpus=None, **options):
        return ocrtune("screen", corpus or tiny_pages(), "--exponent", 0, "--study", self.study, *extra, **options)

    def test_each_difference_is_named(self):
        pages = tiny_pages()
        smaller = self.tmp / "smaller"
        smaller.mkdir()
        for path in list(pages.glob("0[123]-*")):
            (smaller / path.name).write_bytes(path.read_bytes())
        for arguments, corpus, expected in (
            (["--seed", "4"], None, "different seed: 3 in the study, 4 here"),
            (["--pipeline", "blur_clahe"], None, 'different pipeline: `name = "standard"`'),
            (["--set", "bin_c=12"], None, "different pipeline"),
            (["--psm", "4"], None, "different psm: 6 in the study, 4 here"),
            (["--ocr-max-width", "200"], None, "different ocr-max-width"),
            (["--objective", "cer"], None, "different objective: confidence in the study, cer here"),
            (["--lang", "fra"], None, "different language: 4 pages (01-"),
            ([], smaller, "different corpus, missing or changed: 1 page (04-"),
        ):
            done = self.run_with(*arguments, corpus=corpus, check=5)
            self.assertIn(expected, done.stderr, arguments)
        # What is not stated is as the study has it.
        self.run_with(check=0)

    def test_renamed_and_moved_pages_are_the_same_corpus(self):
        moved = self.tmp / "moved"
        moved.mkdir()
        for path in tiny_pages().glob("0*"):
            (moved / ("9" + path.name if path.name.startswith("01") else path.name)).write_bytes(path.read_bytes())
        self.run_with(corpus=moved, check=0)

    def test_results_of_another_tesseract_arent_mixed(self):
        def altered(statement):
            with sqlite3.connect(self.study) as database:
                self.assertGreater(database.execute(statement).rowcount, 0)

        altered("UPDATE ocrtune_study SET program = 'ocrtune 0.1.0, Tesseract 4.1.1, OpenCV 4.6.0'")
        done = self.run_with(check=0)
        self.assertIn("was created by ocrtune 0.1.0, Tesseract 4.1.1, OpenCV 4.6.0; the current version is ocrtune", done.stderr)
        self.assertRegex(done.stderr, r"\d+ pages give the same results; resuming at trial \d+")
        self.assertRegex(ocrtune("show", self.study).stdout,
                         r"created by ocrtune 0.1.0, Tesseract 4.1.1, OpenCV 4.6.0; from trial \d+: ocrtune")
        self.assertNotIn("was created by", self.run_with(check=0).stderr)
        altered("UPDATE ocrtune_study SET program = 'ocrtune 0.1.0, Tesseract 4.1.1, OpenCV 4.6.0'")
        altered("UPDATE ocrtune_results SET words = words + 1 WHERE number = 0 AND page < 2")
        done = self.run_with(check=5)
        self.assertIn("pages; name another file", done.stderr)
        self.assertRegex(done.stderr, r"which gives other results on 2 of \d+ pages")


class Budget(ScratchCase):
    def test_without_a_number_of_points_none_is_spoken_of(self):
        done = ocrtune("tune", tiny_pages(), "--budget", "4s", "--pipeline", "standard", "--no-report", *FAST,
                       "--study", self.tmp / "s.db", "-o", self.tmp / "best.toml", check=0)
        self.assertRegex(done.stderr, r"pages, points for \d s, \d+ workers")
        self.assertNotIn("1000000", done.stderr)

    def test_with_one_the_time_bounds_what_is_left(self):
        done = ocrtune("optimize", tiny_pages(), "--trials", 100000, "--budget", "4s", *FAST, "--study", self.tmp / "s.db",
                       check=6)
        self.assertRegex(done.stderr, r"pages, at most 100000 points in 4 s, \d+ workers")
        left = re.findall(r"(\d+) (s|min|h) left|(\d+) h \d+ min left", done.stderr)
        self.assertTrue(all(unit == "s" and int(number) <= 4 for number, unit, _ in left), left)


class Optuna(ScratchCase):
    def test_optuna_sees_the_same_and_can_go_on(self):
        try:
            import optuna
        except ImportError:
            self.skipTest("python3-optuna is not installed")
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        for objective, direction in (("confidence", "MAXIMIZE"), ("cer", "MINIMIZE")):
            path = self.tmp / f"{objective}.db"
            ocrtune("screen", *two_pages(), "--exponent", 3, *FAST, "--free", "use_remove_lines", "--objective", objective,
                    "--study", path, check=0)
            table = exported(path, self.tmp / objective)["trials"]
            study = optuna.load_study(study_name=None, storage=f"sqlite:///{path}")
            self.assertEqual(study.direction.name, direction)
            self.assertEqual(len(study.trials), 9)
            key = "score_tesseract" if objective == "confidence" else "score_cer"
            values = [float(row[key]) for row in table]
            best = values.index((max if objective == "confidence" else min)(values))
            self.assertEqual(study.best_trial.number, best)
            for trial, row in zip(study.trials, table):
                self.assertEqual(trial.state.name, "COMPLETE")
                self.assertEqual(trial.value, float(row[key]))
                self.assertEqual({name: str(value).lower() if isinstance(value, bool) else value for name, value in trial.params.items()},
                                 {name: row[name] if row[name] in ("true", "false") else float(row[name])
                                  for name in trial.params})
                self.assertEqual(set(trial.params), {name for name in row if row[name] and not name.startswith(("trial", "score"))})
            self.go_on(optuna, study)
            # Optuna's own trials don't disturb ours.
            self.assertEqual(exported(path, self.tmp / "again")["trials"], table)
            ocrtune("screen", *two_pages(), "--exponent", 4, "--study", path, check=0)
            self.assertEqual([trial.number for trial in study.trials], list(range(18)))
            self.assertIn("1 trials were added by other programs", ocrtune("show", path, check=0).stdout)
            with sqlite3.connect(path) as database:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")

    def test_optuna_sees_choices_and_their_parameters(self):
        try:
            import optuna
        except ImportError:
            self.skipTest("python3-optuna is not installed")
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        wide = self.tmp / "wide.toml"
        wide.write_text('[[stage]]\none_of = ["none", "clahe", "stretch_contrast"]\nas = "contrast"\n'
                        '[stage.clahe]\nclip = { low = 1, high = 5, log = true }\ntile = { low = 4, high = 16, step = 4 }\n')
        path, best = self.tmp / "wide.db", self.tmp / "best.toml"
        ocrtune("optimize", *two_pages(), "--sampler", "tpe", "--trials", 30, "--pipeline", wide, "--study", path,
                "-o", best, check=0)
        rows = {int(row["trial"]): row for row in exported(path, self.tmp / "csv")["trials"]}
        chosen = set()
        for trial in optuna.load_study(study_name=None, storage=f"sqlite:///{path}").trials:
            row = rows[trial.number]
            if trial.number == 0:
                continue
            chosen.add(trial.params["contrast"])
            self.assertEqual(trial.params["contrast"], row["contrast"])
            clahe = trial.params["contrast"] == "clahe"
            self.assertEqual("clahe_clip" in trial.params, clahe)
            self.assertEqual(bool(row["clahe_tile"]), clahe)
            if clahe:
                self.assertIn(trial.params["clahe_tile"], (4, 8, 12, 16))
                self.assertTrue(trial.distributions["clahe_clip"].log)
        self.assertEqual(chosen, {"none", "clahe", "stretch_contrast"})
        self.assertNotIn("one_of", best.read_text())
        again = ocrtune("screen", *two_pages(), "--pipeline", wide, "--set", "contrast=clahe", "--free", "clahe_clip=2:4:1",
                        "--exponent", 2, "--study", self.tmp / "set.db", check=0)
        self.assertIn("4 trials", again.stdout)

    def go_on(self, optuna, study):
        trial = study.ask()
        self.assertIn(trial.suggest_categorical("use_remove_lines", [False, True]), (False, True))
        self.assertTrue(30 <= trial.suggest_int("line_h_size", 30, 70) <= 70)
        self.assertEqual(trial.suggest_int("norm_kernel", 81, 201, step=2) % 2, 1)
        self.assertTrue(10 <= trial.suggest_float("bin_c", 10, 25) <= 25)
        study.tell(trial, 0.5)
        self.assertEqual(study.trials[-1].value, 0.5)
        self.assertEqual(len(study.trials), 10)
