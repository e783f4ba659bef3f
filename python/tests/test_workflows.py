"""Workflows and studies: the command's results, from Python."""

import contextlib
import json
import logging
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time

import ocrtune
from ocrtune import errors
from support import ROOT, SAMPLES, TestCase

# PP-OCRv6's models take longer to open than all else here.
os.environ["OCRTUNE_PPOCR"] = "/nonexistent"

COMMAND = pathlib.Path(os.environ.get("OCRTUNE_BUILD", ROOT / "build/release")) / "ocrtune"
PAGES = [SAMPLES / "01-prose-eng-ruled.jpg", SAMPLES / "04-receipt-eng-faded.jpg"]


class Workflows(TestCase):
    def test_optimize_is_the_command_and_its_study_opens(self):
        progress = []
        found = ocrtune.optimize(PAGES, study="a.db", trials=4, pipeline="standard", progress=progress.append)
        self.assertTrue(progress and all(isinstance(now.line, str) for now in progress))
        subprocess.run([COMMAND, "optimize", *PAGES, "--study", "b.db", "--trials", "4", "--pipeline", "standard", "--quiet"],
                       check=True, stdout=subprocess.DEVNULL)
        study, other = ocrtune.Study.open("a.db"), ocrtune.Study.open(self.tmp / "b.db")

        def without_times(trials):
            return [{name: value for name, value in trial.items() if name not in ("started", "finished", "time")} for trial in trials]

        self.assertEqual(without_times(study.trials), without_times(other.trials))
        self.assertEqual((len(study), [trial["number"] for trial in study.trials]), (5, [0, 1, 2, 3, 4]))
        self.assertEqual(study.best["number"], found["best"]["trial"])
        self.assertAlmostEqual(study.best["confidence"], found["best"]["scores"]["confidence"])
        self.assertEqual(study.best_pipeline().at({}), study.best_pipeline())
        self.assertEqual(study.objectives, ["confidence"])
        self.assertEqual(study.pages, [page.name for page in PAGES])
        self.assertIn("params_bin_c", study.trials[1])
        self.assertNotIn("params_bin_c", study.trials[0])
        pages = study.page_scores(study.best["number"])
        self.assertAlmostEqual(sum(page["confidence"] for page in pages) / 2, study.best["confidence"])
        shown = json.loads(subprocess.run([COMMAND, "show", "a.db", "--json"], check=True, capture_output=True).stdout)
        self.assertEqual(json.loads(json.dumps(study.summary())), shown)
        with self.assertRaises(errors.NotFoundError):
            study.page_scores(99)
        self.assertIsNone(study.verdict)

    def test_a_study_gives_its_verdict_in_words_and_numbers(self):
        ocrtune.optimize(PAGES[:1], study="v.db", trials=1, pipeline="standard")
        points = [{"name": name, "tuned": name == "found", "wrong": wrong, "seconds": 2.0, "on_front": True}
                  for name, wrong in (("original", 16.0), ("normal", 4.1), ("found", 2.9))]
        kept = {"pages": 1, "with_truth": 0, "kept_aside": True, "points": points, "original": "original", "untuned": "normal", "found": "found",
                "wrong": {"mean": 2.9, "low": 2.1, "high": 3.9}, "gain": {"mean": 1.2, "low": 0.5, "high": 2.0}, "recommends": True,
                "recipe": "a recipe"}
        with contextlib.closing(sqlite3.connect("v.db")) as database, database:
            database.execute("INSERT INTO ocrtune_verdict VALUES (1, ?)", (json.dumps(kept),))
        study = ocrtune.Study.open("v.db")
        verdict = study.verdict
        self.assertIsNotNone(verdict)
        self.assertTrue(verdict["text"].startswith("Of 100 characters, about 16 are wrong on the original pages"), verdict["text"])
        self.assertEqual(verdict, {**kept, "text": verdict["text"]})
        self.assertEqual(study.summary()["verdict"], verdict)

    def test_score_and_clean(self):
        scores = ocrtune.score(PAGES[0], pipeline="standard")
        self.assertEqual([entry["trial"] for entry in scores], [0, 1])
        cleaned = ocrtune.clean(PAGES, pipeline="standard", output=self.tmp / "cleaned")
        self.assertEqual([entry["page"] for entry in cleaned], [page.name for page in PAGES])
        self.assertTrue(all(pathlib.Path(entry["file"]).exists() for entry in cleaned))

    def test_score_takes_arrays(self):
        def means(entries):
            return [[entry[name] for name in ("confidence", "words", "sharpness", "cnr", "trial")] for entry in entries]

        gray, coloured = (ocrtune.load_page(page, colour=colour) for page, colour in zip(PAGES, (False, True)))
        of_files = means(ocrtune.score(PAGES, pipeline="standard"))
        of_arrays = means(ocrtune.score((page for page in [gray, PAGES[1]]), pipeline="standard"))
        self.assertEqual(of_arrays, of_files)
        self.assertEqual(means(ocrtune.score([gray, coloured], pipeline="standard")), of_files)
        self.assertEqual(means(ocrtune.score(gray, pipeline="raw")), means(ocrtune.score(PAGES[0], pipeline="raw")))
        for wrong, error, message in (
            (gray.astype(float), errors.InvalidArgumentError, "uint8"),
            ([gray[0]], errors.InvalidArgumentError, "shape"),
            ([gray, 3], TypeError, "corpus: expected str or os.PathLike, not int"),
            ([], errors.InvalidArgumentError, "required"),
        ):
            with self.assertRaisesRegex(error, message):
                ocrtune.score(wrong)

    def test_searches_take_arrays_and_tell_their_trials(self):
        gray = [ocrtune.load_page(page) for page in PAGES]

        def compared(trials):
            names = ("number", "confidence", "words", "sharpness", "cnr")
            return [{name: value for name, value in trial.items() if name in names or name.startswith("params_")} for trial in trials]

        for command, options in ((ocrtune.screen, {"exponent": 1}), (ocrtune.optimize, {"trials": 3, "sampler": "random", "in_flight": 2})):
            name, told = command.__name__, []
            command(PAGES, study=f"{name}-files.db", pipeline="standard", **options)
            found = command([gray[0], PAGES[1]], study=f"{name}.db", pipeline="standard", on_trial=told.append, **options)
            study = ocrtune.Study.open(f"{name}.db")
            self.assertEqual(told, study.trials)
            self.assertEqual([trial["number"] for trial in told], list(range(len(study))))
            self.assertIn("params_bin_c", told[1])
            self.assertEqual(compared(told), compared(ocrtune.Study.open(f"{name}-files.db").trials))
            self.assertEqual(study.pages, ["<array 0>", PAGES[1].name])
            self.assertEqual(study.best["number"], found["best"]["trial"])
            # Equal pixels resume it; they are not kept.
            told.clear()
            command([gray[0].copy(), PAGES[1]], study=f"{name}.db", on_trial=told.append, **{**options, **({"exponent": 2} if "exponent" in options else {"trials": 4})})
            self.assertEqual([trial["number"] for trial in told], list(range(len(study) - len(told), len(study))))
            self.assertTrue(told)
            with self.assertRaisesRegex(errors.StudyError, "different corpus"):
                command([gray[0], 255 - gray[1]], study=f"{name}.db", **options)
            subprocess.run([COMMAND, "report", f"{name}.db", "-o", f"{name}.html", "--quiet"], check=True)

    def test_an_exception_of_on_trial_ends_the_search(self):
        def fail(trial):
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            ocrtune.optimize(PAGES, study="a.db", trials=50, pipeline="standard", on_trial=fail)
        self.assertLess(len(ocrtune.Study.open("a.db")), 51)

    def test_a_line_for_every_nth_point(self):
        with self.assertLogs("ocrtune", logging.INFO) as logged:
            ocrtune.screen(PAGES[:1], study="a.db", exponent=2, pipeline="standard", log_every=2)
        lines = [record.getMessage() for record in logged.records if record.getMessage().startswith("trial ")]
        for number in (2, 4):
            self.assertTrue([line for line in lines if line.startswith(f"trial {number}: confidence ") and "bin_c=" in line], lines)

    def test_arguments_are_checked(self):
        for wrong, error, message in (
            ({"trials": 0}, errors.InvalidArgumentError, "trials"),
            ({"trials": "many"}, TypeError, "trials: expected int, not str"),
            ({"trials": 2**80}, errors.InvalidArgumentError, "trials"),
            ({"budget": "soon"}, errors.InvalidArgumentError, "budget"),
            ({"memory": "much"}, errors.InvalidArgumentError, "memory"),
            ({"sampler": "no_such"}, errors.InvalidArgumentError, "sampler"),
            ({"pipeline": 3}, TypeError, "pipeline: expected str or os.PathLike, not int"),
        ):
            with self.assertRaisesRegex(error, message):
                ocrtune.optimize(PAGES, study="a.db", **wrong)
        with self.assertRaises(TypeError):
            ocrtune.optimize(PAGES, no_such=1)
        with self.assertRaisesRegex(TypeError, "takes either"):
            ocrtune.apply(PAGES, output="out", portfolio="mine.toml", pipeline=["raw"])
        self.assertFalse((self.tmp / "a.db").exists())
        with self.assertRaises(errors.StudyError):
            ocrtune.Study.open("gone.db")

    def test_warnings_are_logged(self):
        (self.tmp / "bad.png").write_text("no image")
        with self.assertLogs("ocrtune", logging.WARNING) as logged:
            ocrtune.score([PAGES[0], "bad.png"], pipeline="raw")
        self.assertIn("bad.png", logged.output[0])

    def test_an_exception_of_progress_ends_the_work(self):
        def fail(progress):
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            ocrtune.optimize(PAGES, study="a.db", trials=50, progress=fail)

    def test_ctrl_c_ends_tune_and_it_resumes(self):
        script = self.tmp / "tune.py"
        script.write_text(
            "import signal\n"
            "import ocrtune\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs ignore it
            "def show(progress):\n"
            "    print(progress.done, flush=True)\n"
            "try:\n"
            f"    ocrtune.tune({[str(page) for page in PAGES]!r}, output='best.toml', study='a.db', trials=60, hold_out=0,\n"
            "                 no_report=True, progress=show)\n"
            "except KeyboardInterrupt:\n"
            "    print('ended')\n"
        )
        process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
        while process.poll() is None:
            with contextlib.suppress(errors.StudyError):
                if len(ocrtune.Study.open("a.db")) >= 2:
                    break
            time.sleep(0.05)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)[0]
        self.assertIn("ended", rest)
        self.assertLess(time.monotonic() - begin, 10)
        before = len(ocrtune.Study.open("a.db"))
        self.assertGreaterEqual(before, 2)
        ocrtune.tune(PAGES, output="best.toml", study="a.db", trials=before + 1, hold_out=0, no_report=True)
        self.assertEqual(len(ocrtune.Study.open("a.db")), before + 2)
