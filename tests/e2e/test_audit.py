"""Files of OCR quality audit, the Python design: exported, imported, evaluated and exported again."""
import collections
import csv
import datetime
import json
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


class Times(ScratchCase):
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
