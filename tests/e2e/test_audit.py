"""Files of OCR quality audit, the Python design: exported, imported, evaluated and exported again."""
import collections
import contextlib
import csv
import datetime
import fcntl
import json
import os
import re
import sqlite3
import statistics

from support import FAST, ScratchCase, ocrtune, rows, screened_study, tiny_pages

MODES = {"standard": ["line_h_size", "line_v_size", "norm_kernel", "noise_threshold", "bin_block_size", "bin_c"],
         "blur_clahe": ["inp_line_h", "inp_line_v", "bg_dilate", "bg_blur", "clahe_clip", "clahe_tile"]}
SCORES = ["point_id", "score_tesseract_delta", "score_tesseract", "score_nettete", "score_cnr"]


def audit(study, folder):
    """The files of an export: results, configuration, log of times."""
    ocrtune("export", study, "-o", folder, "--format", "audit", "--quiet", check=0)
    configuration, = folder.glob("*_config.csv")
    log, = folder.glob("timing_log_*.csv")
    results, = set(folder.glob("*.csv")) - {configuration, log}
    return results, configuration, log


def by_point(results, names):
    """The scores of every row by the values of its parameters."""
    return {tuple(row[name] for name in names): [row[score] for score in SCORES[1:]] for row in rows(results)}


def means_by_step(log):
    """The log grouped by its steps, as that design's analysis does: each mean in ms, and its share of the whole."""
    times = collections.defaultdict(list)
    with open(log, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            int(row["point_id"]), int(row["image_id"])
            for column, text in row.items():
                if column.startswith("temps_"):
                    times[column.removeprefix("temps_").removesuffix("_ms")].append(float(text))
    means = {step: statistics.mean(values) for step, values in times.items()}
    return {step: (mean, mean / means["total"]) for step, mean in means.items()}


class RoundTrip(ScratchCase):
    def test_a_screening_comes_back(self):
        """Export, import, evaluation in a new study, export: the same columns and values."""
        for mode, names in MODES.items():
            with self.subTest(mode):
                options = [] if mode == "standard" else ["--pipeline", mode]
                folder = self.tmp / mode
                first = audit(screened_study(3, *options), folder / "first")
                self.assertRegex(first[0].name, rf"^screening_sobol_{mode}_8pts_\d{{8}}_\d{{6}}\.csv$")
                points = folder / "points.json"
                told = json.loads(ocrtune("import", first[0], "-o", points, "--json", "--quiet", check=0).stdout)
                self.assertEqual(told, {"preset": mode, "points": 8, "rows": 8, "file": str(points)})
                ocrtune("optimize", tiny_pages(), *FAST, *options, "--sampler", "random", "--trials", 9, "--enqueue", points,
                        "--study", folder / "again.db", "--quiet", check=0)
                again = audit(folder / "again.db", folder / "again")
                self.assertTrue(again[0].name.startswith(f"optimization_random_{mode}_9pts_"))
                before, after = by_point(first[0], names), by_point(again[0], names)
                self.assertEqual(list(rows(first[0])[0]), SCORES + names)
                self.assertEqual(list(rows(first[0])[0]), list(rows(again[0])[0]))
                self.assertEqual(len(before), 8)
                self.assertEqual({point: after.get(point) for point in before}, before)
                self.check_configurations(first[1], again[1])
                self.assertEqual(list(rows(first[2])[0]), list(rows(again[2])[0]))

    def check_configurations(self, first, again):
        """But for what says which run it was, the same; fixed values and the baseline are there."""
        own = {"Algorithm", "N Points", "Timestamp"}
        kept = [[row for row in rows(path) if row["Key"] not in own] for path in (first, again)]
        self.assertEqual(*kept)
        found = {(row["Category"], row["Key"]): row["Value_Min_or_Fixed"] for row in rows(first)}
        self.assertEqual(found["Fixed", "denoise_h"], "0.0")
        self.assertEqual(found["Baseline", "N Images"], "4")
        low, mean, high = (float(found["Baseline", f"{name} Score"]) for name in ("Min", "Mean", "Max"))
        self.assertTrue(0 <= low <= mean <= high <= 100)

    def test_imported_points_are_the_best_first(self):
        results, *_ = audit(screened_study(3), self.tmp / "csv")
        for by, column in (("confidence", "score_tesseract"), ("cnr", "score_cnr"), ("sharpness", "score_nettete")):
            points = self.tmp / f"{by}.json"
            ocrtune("import", results, "-o", points, "--best", 3, "--by", by, "--quiet", check=0)
            best = sorted(rows(results), key=lambda row: -float(row[column]))[:3]
            imported = json.loads(points.read_text())
            self.assertEqual([point["norm_kernel"] for point in imported], [int(row["norm_kernel"]) for row in best], by)
            self.assertEqual([point["bin_c"] for point in imported], [float(row["bin_c"]) for row in best], by)
            self.assertTrue(all(point["denoise_h"] == 0 for point in imported), "from the configuration")

    def test_scores_of_imported_points_are_those_of_the_file(self):
        results, *_ = audit(screened_study(3), self.tmp / "csv")
        points = self.tmp / "points.json"
        ocrtune("import", results, "-o", points, "--best", 2, "--quiet", check=0)
        scored = json.loads(ocrtune("score", tiny_pages(), "--params", points, "--csv", self.tmp / "scores.csv", "--json", "--quiet",
                                    check=0).stdout)
        best = sorted(rows(results), key=lambda row: -float(row["score_tesseract"]))[:2]
        self.assertEqual([entry["delta"] for entry in scored[1:]], [float(row["score_tesseract_delta"]) for row in best])

    def test_rows_go_to_standard_output_alone(self):
        score = lambda *options: ocrtune("score", tiny_pages(), *FAST, *options, cwd=self.tmp)
        written = score("--csv", "-")
        self.assertEqual(written.returncode, 0, written.stderr)
        header, *rows = list(csv.reader(written.stdout.splitlines(), delimiter=";"))
        self.assertIn("score_tesseract_delta", header)
        self.assertEqual({len(row) for row in rows}, {len(header)})
        self.assertEqual(len(rows), 4)
        self.assertEqual(list(self.tmp.iterdir()), [])
        refused = score("--csv", "-", "--json")
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        self.assertIn("--csv -: not together with --json", refused.stderr)

    def test_a_search_begins_with_the_file_itself(self):
        results, *_ = audit(screened_study(3), self.tmp / "csv")
        ocrtune("optimize", tiny_pages(), *FAST, "--trials", 6, "--enqueue", results, "--study", self.tmp / "s.db", "--quiet", check=0)
        again, *_ = audit(self.tmp / "s.db", self.tmp / "again")
        best = sorted(rows(results), key=lambda row: -float(row["score_tesseract"]))[:5]
        names = MODES["standard"]
        self.assertEqual([[row[name] for name in names] for row in rows(again)[1:]], [[row[name] for name in names] for row in best])


def contents(files):
    return {path.name: path.read_text(encoding="utf-8") for path in files}


class Studies(ScratchCase):
    def imported(self, results, *options, study="imported.db"):
        told = ocrtune("import", results, "--study", self.tmp / study, *options, "--json", "--quiet", check=0)
        return json.loads(told.stdout)

    def test_an_exported_study_comes_back_equal(self):
        for mode in MODES:
            with self.subTest(mode):
                options = [] if mode == "standard" else ["--pipeline", mode]
                first = audit(screened_study(3, *options), self.tmp / mode)
                told = self.imported(first[0], study=f"{mode}.db")
                self.assertEqual(told, {"preset": mode, "points": 8, "rows": 8, "study": str(self.tmp / f"{mode}.db"), "pages": 4})
                self.assertEqual(contents(audit(self.tmp / f"{mode}.db", self.tmp / f"{mode}-again")), contents(first))

    def test_it_is_shown_and_reported_as_imported(self):
        first = audit(screened_study(3), self.tmp / "csv")
        self.imported(first[0])
        study = self.tmp / "imported.db"
        shown = json.loads(ocrtune("show", study, "--json", check=0).stdout)
        original = json.loads(ocrtune("show", screened_study(3), "--json", check=0).stdout)
        self.assertRegex(shown["program"], r"^OCR quality audit, imported by ocrtune \d")
        self.assertEqual(shown["sampler"], "design")
        text = ocrtune("show", study, check=0).stdout
        self.assertIn("created by OCR quality audit, imported by ocrtune", text)
        self.assertNotIn("words", text)
        best = max(rows(first[0]), key=lambda row: float(row["score_tesseract"]))
        self.assertEqual(shown["points"], original["points"])
        ocrtune("report", study, "-o", self.tmp / "report.html", "--quiet", check=0)
        page = (self.tmp / "report.html").read_text(encoding="utf-8")
        self.assertIn("OCR quality audit, imported by ocrtune", page)
        ocrtune("export", study, "-o", self.tmp / "own", "--quiet", check=0)
        trials = rows(self.tmp / "own/trials.csv")
        self.assertEqual(len(trials), 9)
        self.assertEqual([row["score_tesseract"] for row in trials if row["trial"] == best["point_id"]][0], str(float(best["score_tesseract"])).removesuffix(".0"))
        self.assertIn("OCR quality audit", (self.tmp / "own/configuration.csv").read_text(encoding="utf-8"))
        # Its best points are the first ones of another study.
        ocrtune("optimize", tiny_pages(), *FAST, "--trials", 3, "--enqueue", study, "--study", self.tmp / "next.db", "--quiet", check=0)

    def test_it_is_resumed_with_its_pages(self):
        first = audit(screened_study(3), self.tmp / "csv")
        self.imported(first[0], "--scans", tiny_pages())
        study = self.tmp / "imported.db"
        told = ocrtune("screen", tiny_pages(), "--study", study, "--exponent", 4, check=0).stderr
        self.assertIn("give the same results; resuming at trial 9", told)
        program = json.loads(ocrtune("show", study, "--json", check=0).stdout)["program"]
        self.assertRegex(program, r"^OCR quality audit, imported by ocrtune \S+; from trial 9: ocrtune ")
        whole = audit(screened_study(4), self.tmp / "whole")
        again = audit(study, self.tmp / "again")
        self.assertEqual(len(rows(again[0])), 16)
        self.assertEqual(rows(again[0])[8:], rows(whole[0])[8:])
        # Once more, nothing is left to do.
        ocrtune("screen", tiny_pages(), "--study", study, "--exponent", 4, "--quiet", check=0)

    def test_it_is_resumed_with_gaps_between_its_points(self):
        first = audit(screened_study(3), self.tmp / "csv")
        lines = first[0].read_text(encoding="utf-8").splitlines(keepends=True)
        first[0].write_text("".join(lines[:2] + lines[4:]), encoding="utf-8")
        self.imported(first[0], "--scans", tiny_pages())
        study = self.tmp / "imported.db"
        ocrtune("screen", tiny_pages(), "--study", study, "--exponent", 4, "--quiet", check=0)
        program = json.loads(ocrtune("show", study, "--json", check=0).stdout)["program"]
        self.assertRegex(program, r"; from trial 9: ocrtune ")
        self.assertEqual(len(rows(audit(study, self.tmp / "again")[0])), 16)

    def test_other_results_are_not_continued(self):
        first = audit(screened_study(3), self.tmp / "csv")
        text = first[0].read_text(encoding="utf-8")
        first[2].unlink()
        lines = [line.split(";") for line in text.splitlines()]
        for line in lines[1:]:
            line[1:3] = (str(float(score) + 1) for score in line[1:3])
        first[0].write_text("\n".join(map(";".join, lines)) + "\n", encoding="utf-8")
        self.imported(first[0], "--scans", tiny_pages())
        refused = ocrtune("screen", tiny_pages(), "--study", self.tmp / "imported.db", "--exponent", 4, "--quiet", check=5).stderr
        self.assertIn("which gives other results on", refused)

    def test_without_pages_it_is_not_resumed(self):
        self.imported(audit(screened_study(3), self.tmp / "csv")[0])
        refused = ocrtune("screen", tiny_pages(), "--study", self.tmp / "imported.db", "--exponent", 4, "--quiet", check=5).stderr
        self.assertIn("different corpus, missing or changed: 4 pages (image 1", refused)

    def test_what_is_there_is_kept(self):
        results = audit(screened_study(3), self.tmp / "csv")[0]
        self.imported(results)
        before = (self.tmp / "imported.db").read_bytes()
        told = ocrtune("import", results, "--study", self.tmp / "imported.db", check=5).stderr
        self.assertIn("exists already; name another study for the import", told)
        self.assertEqual((self.tmp / "imported.db").read_bytes(), before)
        refused = ocrtune("import", results, "--study", self.tmp / "other.db", "--scans", sorted(tiny_pages().glob("*.png"))[0], check=1).stderr
        self.assertIn("--scans: has 1 page; the run evaluated 4 pages", refused)
        self.assertFalse((self.tmp / "other.db").exists())
        self.assertIn("--output: required", ocrtune("import", results, check=1).stderr)
        self.assertIn("--times: requires --study", ocrtune("import", results, "-o", self.tmp / "p.json", "--times", results, check=1).stderr)

    def test_what_is_no_study_is_kept(self):
        results = audit(screened_study(3), self.tmp / "csv")[0]
        folder, pipe, link = (self.tmp / name for name in ("folder", "pipe", "link"))
        folder.mkdir()
        os.mkfifo(pipe)
        link.symlink_to("nowhere")
        for place in (folder, pipe, link):
            told = ocrtune("import", results, "--study", place, check=5).stderr
            self.assertIn("exists already; name another study for the import", told)
        self.assertEqual((folder.is_dir(), pipe.is_fifo(), link.is_symlink()), (True, True, True))

    def test_another_ocrtune_is_not_disturbed(self):
        results = audit(screened_study(3), self.tmp / "csv")[0]
        study = self.tmp / "s.db"
        with open(f"{study}-lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            told = ocrtune("import", results, "--study", study, check=5).stderr
        self.assertIn("another ocrtune is working on this study", told)

    def test_the_objective_is_the_confidence(self):
        results = audit(screened_study(3), self.tmp / "csv")[0]
        told = ocrtune("import", results, "--study", self.tmp / "s.db", "--by", "cnr", check=1).stderr
        self.assertIn("--by cnr: can't be used with --study: the objective is the confidence", told)
        self.assertFalse((self.tmp / "s.db").exists())

    def test_an_interrupted_screening_has_its_planned_points(self):
        ocrtune("screen", tiny_pages(), *FAST, "--exponent", 2, "--study", self.tmp / "s.db", "--quiet", check=0)
        with contextlib.closing(sqlite3.connect(self.tmp / "s.db")) as database, database:
            database.execute("UPDATE ocrtune_study SET search = json_set(search, '$.planned', 64)")
        results, configuration, _ = audit(self.tmp / "s.db", self.tmp / "csv")
        self.assertIn("_64pts_", results.name)
        self.assertEqual([row["Value_Min_or_Fixed"] for row in rows(configuration) if row["Key"] == "N Points"], ["64"])
        self.assertEqual(len(rows(results)), 4)
        ocrtune("screen", tiny_pages(), *FAST, "--exponent", 3, "--study", self.tmp / "s.db", "--quiet", check=0)
        self.assertIn("_8pts_", audit(self.tmp / "s.db", self.tmp / "more")[0].name)

    def test_starts_of_a_local_sampler(self):
        options = ["optimize", tiny_pages(), *FAST, "--study", self.tmp / "s.db", "--quiet"]
        ocrtune(*options, "--sampler", "nelder-mead", "--starts", 2, "--trials", 3, "--objective", "contrast", check=0)
        self.assertIn("different number of starts: 2 in the study, 3 here",
                      ocrtune(*options, "--starts", 3, "--trials", 4, check=5).stderr)
        ocrtune(*options, "--trials", 4, check=0)
        self.assertIn("the sampler tpe has no starts", ocrtune("optimize", tiny_pages(), *FAST, "--sampler", "tpe", "--starts", 2,
                                                               "--study", self.tmp / "t.db", "--quiet", check=1).stderr)
        self.assertFalse((self.tmp / "t.db").exists())

    def test_a_line_for_every_nth_point(self):
        told = ocrtune("screen", tiny_pages(), *FAST, "--exponent", 2, "--study", self.tmp / "s.db", "--log-every", 2, check=0).stderr
        for number in (2, 4):
            self.assertRegex(told, rf"(?m)^trial {number}: confidence [0-9.]+ \([+-][0-9.]+\), best .*: line_h_size=\d")
        self.check_lines(told, every=2)
        more = ocrtune("screen", tiny_pages(), *FAST, "--exponent", 4, "--study", self.tmp / "s.db", "--log-every", 5, check=0).stderr
        self.check_lines(more, every=5, after=4)
        french = ocrtune("screen", tiny_pages(), *FAST, "--exponent", 1, "--log-every", 2, "--study", self.tmp / "f.db",
                         env={"LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8", "LANGUAGE": "fr"}, check=0).stderr
        self.assertRegex(french, r"(?m)^\S+ 2\W+: confiance \d+,\d\d \(")

    def check_lines(self, told, every, after=0):
        """Each `every`th trial has a line, and others have one only if they are the best so far."""
        lines = re.findall(r"(?m)^trial (\d+): confidence ([0-9.]+) \(\S+\), best ([0-9.]+) ", told)
        with contextlib.closing(sqlite3.connect(self.tmp / "s.db")) as database:
            last, = database.execute("SELECT MAX(number) FROM ocrtune_trials").fetchone()
        self.assertLessEqual({number for number in range(after + 1, last + 1) if number % every == 0}, {int(line[0]) for line in lines})
        best = -1.0
        for number, value, so_far in lines:
            self.assertGreater(int(number), after)
            if int(number) % every:
                self.assertEqual(value, so_far, number)
                self.assertGreaterEqual(float(value), best, number)
            best = float(so_far)


class Times(ScratchCase):
    def test_the_log_itself_is_summarized(self):
        study = screened_study(3)
        _, _, log = audit(study, self.tmp / "csv")
        of_log = json.loads(ocrtune("timings", log, "--json", check=0).stdout)
        self.assertEqual((of_log["trials"], of_log["pages"]), (8, 4))
        expected = statistics.mean(float(row["temps_tesseract_ms"]) for row in rows(log))
        means = {step["name"]: step["mean_ms"] for step in of_log["steps"]}
        self.assertAlmostEqual(means["ocr"], expected, places=6)
        text = ocrtune("timings", log, check=0).stdout
        self.assertRegex(text, r"8 points on 4 pages")
        self.assertIn("image 4", text)
        self.assertIn("is a CSV file already", ocrtune("timings", log, "--csv", self.tmp / "t.csv", check=1).stderr)
        (self.tmp / "other.csv").write_text("a;b\n1;2\n")
        self.assertIn("has no column `timestamp`", ocrtune("timings", self.tmp / "other.csv", check=2).stderr)

    def test_the_log_has_means_by_step(self):
        study = screened_study(3)
        _, _, log = audit(study, self.tmp / "csv")
        self.assertRegex(log.name, r"^timing_log_\d{8}_\d{6}\.csv$")
        found = means_by_step(log)
        self.assertEqual(set(found), {"total", "cuda", "tesseract", "sharpness", "contrast"})
        ocrtune("export", study, "-o", self.tmp / "own", "--quiet", check=0)
        own = [row for row in rows(self.tmp / "own" / "timings.csv") if row["trial"] != "0"]
        self.assertEqual(len(rows(log)), len(own))
        for step, columns in (("total", ["total_ms"]), ("cuda", ["preprocess_ms"]), ("tesseract", ["ocr_ms"]),
                              ("sharpness", ["sharpness_ms", "cnr_ms"]), ("contrast", ["contrast_ms"])):
            expected = statistics.mean(sum(float(row[column]) for column in columns) for row in own)
            self.assertAlmostEqual(found[step][0], expected, delta=0.01, msg=step)
        self.assertEqual(found["total"][1], 1)
        self.assertLessEqual(sum(share for step, (_, share) in found.items() if step != "total"), 1.01)

    def test_time_stamps_are_local(self):
        study = screened_study(3)
        stamps = {}
        for zone in ("UTC0", "XYZ-2"):
            folder = self.tmp / zone
            ocrtune("export", study, "-o", folder, "--format", "audit", "--quiet", env={"TZ": zone}, check=0)
            log, = folder.glob("timing_log_*.csv")
            row = rows(log)[0]["timestamp"]
            self.assertRegex(row, r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$")
            stamps[zone] = [datetime.datetime.strptime(log.name, "timing_log_%Y%m%d_%H%M%S.csv"),
                            datetime.datetime.strptime(row, "%Y-%m-%d %H:%M:%S.%f")]
        for utc, local in zip(*stamps.values()):
            self.assertEqual(local - utc, datetime.timedelta(hours=2))
