"""ocrtune.audit has the interface of OCR quality audit; bench/audit.py compares it with that program itself."""

import csv
import math
import threading
from unittest import mock

import numpy

import ocrtune
from ocrtune import _audit_points, audit, errors
from support import TestCase, drawn_page

STANDARD = audit.build_params(40.7, 50, 60, 7.5, 90, 45, 12)


class Audit(TestCase):
    def setUp(self):
        super().setUp()
        self.page = drawn_page()

    def test_parameters_are_those_of_a_search(self):
        self.assertEqual(
            STANDARD,
            {"line_h_size": 40, "line_v_size": 50, "dilate_iter": 2, "norm_kernel": 121, "denoise_h": 7.5,
             "noise_threshold": 90.0, "bin_block_size": 91, "bin_c": 12.0},
        )
        self.assertEqual(audit.params_to_tuple(STANDARD), (40, 50, 60, 7.5, 90.0, 45, 12.0, 2))

    def test_pipelines_are_the_presets(self):
        values = {name: value for name, value in STANDARD.items() if name != "dilate_iter"}
        expected = ocrtune.Pipeline.load("standard").at(values).run(self.page)
        numpy.testing.assert_array_equal(audit.pipeline_complet(self.page, STANDARD), expected)
        image, milliseconds = audit.pipeline_complet_timed(self.page, STANDARD)
        numpy.testing.assert_array_equal(image, expected)
        self.assertGreater(milliseconds, 0)
        even = {**STANDARD, "norm_kernel": 120, "bin_block_size": 90}
        numpy.testing.assert_array_equal(audit.pipeline_complet(self.page, even), expected)
        defaults = ocrtune.Pipeline.load("blur_clahe").at({}).run(self.page)
        numpy.testing.assert_array_equal(audit.pipeline_blur_clahe(self.page, {}), defaults)
        with self.assertRaises(KeyError):
            audit.pipeline_complet(self.page, {})

    def test_stages_one_after_the_other_are_the_pipeline(self):
        image = audit.remove_lines_param(self.page, 40, 50, 2)
        image = audit.normalisation_division(image, 121)
        image = audit.adaptive_denoising(image, 7.5, 90)
        binarize = ocrtune.Pipeline.parse('name = "b"\n[[stage]]\nuse = "binarize_adaptive"\nblock = 91\nc = 12\n')
        numpy.testing.assert_array_equal(binarize.run(image), audit.pipeline_complet(self.page, STANDARD))
        numpy.testing.assert_array_equal(audit.adaptive_denoising(self.page, -1), self.page)

    def test_other_images(self):
        self.assertIsNone(audit.pipeline_complet(None, STANDARD))
        self.assertEqual(audit.get_sharpness(None), 0.0)
        stretched = self.page.astype(numpy.float32) / 255
        numpy.testing.assert_array_equal(audit.pipeline_complet(stretched, STANDARD), audit.pipeline_complet(self.page, STANDARD))
        self.assertEqual(audit.get_contrast(numpy.dstack([self.page] * 3)), audit.get_contrast(self.page))

    def test_metrics(self):
        confidence, sharpness, ratio, *times = audit.evaluer_toutes_metriques(self.page)
        self.assertEqual(confidence, ocrtune.read(self.page, engine="tesseract").confidence)
        self.assertEqual(sharpness, audit.get_sharpness(self.page))
        self.assertEqual(ratio, audit.get_cnr_quality(self.page))
        self.assertEqual(times[2], 0)
        pages = [self.page, 255 - self.page // 2]
        results = audit.evaluer_toutes_metriques_batch(pages, max_workers=2)
        self.assertEqual([row[:3] for row in results], [audit.evaluer_toutes_metriques(page)[:3] for page in pages])
        scores = audit.calculate_baseline_scores(pages)
        self.assertEqual(scores, [row[0] for row in results])
        gain, mean, *_ = audit.evaluate_pipeline(pages, scores, STANDARD)
        self.assertAlmostEqual(gain, mean - sum(scores) / 2)

    def test_times_are_logged(self):
        logger = audit.TimeLogger(filename="times.csv")
        for image in range(51):
            logger.log(1, image, 10.123, 1, 8, 0.5, 0.5, score_tess=90.456)
        with open("times.csv", newline="") as file:
            self.assertEqual(len(list(csv.reader(file, delimiter=";"))), 51)
        logger.close()
        with open("times.csv", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        self.assertEqual((len(rows), rows[50]["temps_total_ms"], rows[0]["score_tesseract"]), (51, "10.12", "90.46"))
        audit.TimeLogger(enabled=False).log(1, 1, 1, 1, 1, 1, 1)

    def test_words_and_confidences_of_both_engines_are_equal(self):
        own, tesseract = (ocrtune.Reader(engine=engine, psm=6, oem=1) for engine in ("auto", "tesseract"))
        pages = [drawn_page(text) for text in ("The quick brown fox", "Invoice 2041: 17.50", "été à Noël, naïve")]
        pages += [numpy.clip(page.astype(int) // 2 + 60, 0, 255).astype(numpy.uint8) for page in pages]
        engines = set()
        for page in pages:
            words = [[(word.text, word.confidence) for word in reader.read(page).words] for reader in (own, tesseract)]
            self.assertEqual(*words)
            self.assertEqual(audit.get_tesseract_score(page), tesseract.read(page).confidence)
            engines.add(own.read(page).engine)
        self.assertEqual(engines, {"lstm"})

    def test_images_are_preprocessed_at_the_same_time(self):
        both = threading.Barrier(2, timeout=60)

        def pipeline(image, params):
            both.wait()
            return image

        with mock.patch.object(_audit_points, "pipeline_complet", pipeline), \
                mock.patch.object(_audit_points, "_workers", lambda images: 2):
            audit.evaluate_pipeline([self.page, self.page], [0, 0], STANDARD)


class Screening(TestCase):
    RANGES = {"line_h": (30, 70), "norm_kernel": (40, 100), "denoise_h": (2.0, 20.0)}
    FIXED = {"dilate_iter": 2, "line_v": 50.0, "noise_threshold": 100.0, "bin_block": 61.0, "bin_c": 15.0}

    def setUp(self):
        super().setUp()
        self.pages = [drawn_page("The quick brown fox"), drawn_page("Invoice 2041: 17.50")]
        self.before = audit.calculate_baseline_scores(self.pages)

    def screen(self, points, **given):
        arguments = {"param_ranges": self.RANGES, "fixed_params": self.FIXED, **given}
        return audit.run_sobol_screening(self.pages, self.before, points, **arguments)

    def rows(self, name):
        with open(name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def test_points_are_evaluated_and_written(self):
        called = []
        best, results = self.screen(4, callback=lambda *given: called.append(given))
        self.assertRegex(results, r"\Ascreening_sobol_standard_4pts_\d{8}_\d{6}\.csv\Z")
        rows = self.rows(results)
        self.assertEqual(list(rows[0]), ["point_id", "score_tesseract_delta", "score_tesseract", "score_nettete", "score_cnr",
                                         "line_h_size", "norm_kernel", "denoise_h"])
        self.assertEqual([row["point_id"] for row in rows], ["1", "2", "3", "4"])
        self.assertEqual([index for index, *_ in called], [0, 1, 2, 3])
        gains = []
        for row, (_, scores, params) in zip(rows, called):
            self.assertEqual(params, {**params, "line_v_size": 50, "noise_threshold": 100.0, "bin_block_size": 61, "bin_c": 15.0, "dilate_iter": 2})
            self.assertTrue(30 <= params["line_h_size"] < 70 and 81 <= params["norm_kernel"] <= 201 and params["norm_kernel"] % 2 == 1)
            self.assertEqual([row["line_h_size"], row["norm_kernel"], row["denoise_h"]],
                             [str(params[name]) for name in ("line_h_size", "norm_kernel", "denoise_h")])
            expected = audit.evaluate_pipeline(self.pages, self.before, params)
            self.assertEqual(tuple(scores.values()), expected)
            self.assertEqual([float(row[name]) for name in list(row)[1:5]], list(expected))
            gains.append(expected[0])
        self.assertEqual(best, called[gains.index(max(gains))][2] if max(gains) > 0 else None)

    def test_configuration_and_times(self):
        _, results = self.screen(2)
        stamp = results[-19:-4]
        mean = sum(self.before) / 2
        with open(results.replace(".csv", "_config.csv"), encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines(), [
                "Category;Key;Value_Min_or_Fixed;Value_Max", "Info;Pipeline Mode;standard;", "Info;Algorithm;Sobol Screening;",
                "Info;N Points;2;", f"Info;Timestamp;{stamp};", "Range;line_h;30;70", "Range;norm_kernel;40;100", "Range;denoise_h;2.0;20.0",
                "Fixed;dilate_iter;2;", "Fixed;line_v;50.0;", "Fixed;noise_threshold;100.0;", "Fixed;bin_block;61.0;", "Fixed;bin_c;15.0;",
                f"Baseline;Mean Score;{mean:.2f};", f"Baseline;Min Score;{min(self.before):.2f};", f"Baseline;Max Score;{max(self.before):.2f};",
                "Baseline;N Images;2;"])
        times = self.rows(f"timing_log_{stamp}.csv")
        self.assertEqual([(row["point_id"], row["image_id"]) for row in times], [("1", "0"), ("1", "1"), ("2", "0"), ("2", "1")])
        for row in times:
            parts = sum(float(row[f"temps_{part}_ms"]) for part in ("cuda", "tesseract", "sharpness"))
            self.assertAlmostEqual(float(row["temps_total_ms"]), parts, delta=0.03)
        confidences = [float(row["score_tesseract"]) for row in times[:2]]
        self.assertAlmostEqual(sum(confidences) / 2, float(self.rows(results)[0]["score_tesseract"]), delta=0.01)

    def test_equal_seeds_give_equal_points(self):
        def params(seed):
            found = []
            self.screen(2, seed=seed, callback=lambda index, scores, params: found.append(params), enable_time_logging=False)
            return found

        self.assertEqual(params(5), params(5))
        self.assertNotEqual(params(5), params(6))
        self.assertEqual(list(self.tmp.glob("timing_log_*")), [])

    def test_a_cancelled_screening_keeps_its_points(self):
        cancelled = threading.Event()
        _, results = self.screen(8, cancellation_event=cancelled, callback=lambda index, *_: index == 1 and cancelled.set())
        self.assertIn("_8pts_", results)
        self.assertEqual(len(self.rows(results)), 2)
        self.assertEqual(len(self.rows(f"timing_log_{results[-19:-4]}.csv")), 4)

    def test_an_exception_of_the_callback_ends_it_with_its_rows_written(self):
        def fail(*_):
            raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            self.screen(8, callback=fail)
        self.assertEqual([len(self.rows(path)) for pattern in ("screening*pts_????????_??????.csv", "timing_log_*") for path in self.tmp.glob(pattern)], [1, 2])

    def test_high_fidelity(self):
        found = []
        ranges = {"inp_line_h": (20, 100), "bg_dilate": (3, 15), "clahe_tile": (4, 16), "clahe_clip": (1.0, 5.0)}
        _, results = self.screen(1, param_ranges=ranges, fixed_params={"dilate_iter": 2, "bg_blur": 21.0}, pipeline_mode="blur_clahe",
                                 callback=lambda index, scores, params: found.append((scores, params)))
        scores, params = found[0]
        self.assertEqual({name: type(value) for name, value in params.items()},
                         {"dilate_iter": int, "bg_blur": int, "inp_line_h": int, "bg_dilate": int, "clahe_tile": int, "clahe_clip": float})
        self.assertEqual(params["bg_dilate"] % 2, 1)
        self.assertEqual(scores["cnr"], audit.evaluate_pipeline(self.pages, self.before, params, pipeline_mode="blur_clahe")[3])
        self.assertEqual(list(self.rows(results)[0])[5:], list(ranges))

    def test_wrong_arguments_write_nothing(self):
        for given, message in (({"param_ranges": {"clahe_tile": (4, 16)}}, "`clahe_tile` is no parameter of `standard`"),
                               ({"param_ranges": {"line_h": (70, 30)}}, "lower end must be below"),
                               ({"param_ranges": {}}, "free parameters, not 0"),
                               ({"pipeline_mode": "cuda"}, "`cuda` is not one of standard, blur_clahe")):
            with self.assertRaisesRegex(errors.InvalidArgumentError, message):
                self.screen(2, **given)
        self.assertEqual(list(self.tmp.iterdir()), [])


class LocalSearches(TestCase):
    BOUNDS = [(0, 10), (-5.0, 5.0)]

    @staticmethod
    def bowl(place):
        return (place[0] - 3) ** 2 + (place[1] + 1) ** 2

    def test_all_methods_find_the_bottom(self):
        for method in ("L-BFGS-B", "TNC", "SLSQP", "Nelder-Mead", "Powell", "CG", "BFGS", "COBYLA"):
            messages = []
            found = audit.run_scipy_optimization(self.bowl, self.BOUNDS, method, 3, 30, update_callback=messages.append)
            self.assertLess(found["fun"], 0.1, method)
            self.assertEqual(self.bowl(found.x), found.fun)
            self.assertTrue(found.success)
            self.assertEqual([message for message in messages if message.startswith("start")], ["start 1/3", "start 2/3", "start 3/3"])
            self.assertEqual(messages[-1], found.message)
            self.assertIn(f"{method} finished: {found.nfev} evaluations", found.message)

    def test_places_stay_within_the_bounds_and_steps_within_the_limit(self):
        places = []

        def objective(place):
            places.append(place)
            return place[0] - place[1]

        found = audit.run_scipy_optimization(objective, self.BOUNDS, "BFGS", 2, 1)
        self.assertLessEqual(found.nfev, 2 * 3)
        self.assertEqual(len(places), found.nfev)
        for place in places:
            self.assertTrue(all(low <= value <= high for value, (low, high) in zip(place, self.BOUNDS)), place)

    def test_a_cancelled_search_returns_its_best(self):
        cancelled = threading.Event()
        values = []

        def objective(place):
            values.append(self.bowl(place))
            if len(values) == 5:
                cancelled.set()
            return values[-1]

        found = audit.run_scipy_optimization(objective, self.BOUNDS, "Nelder-Mead", 3, 100, cancellation_event=cancelled)
        self.assertEqual((found.nfev, found.fun, found.success), (5, min(values), False))
        none = audit.run_scipy_optimization(objective, self.BOUNDS, "Powell", 3, 100, cancellation_event=cancelled)
        self.assertEqual((none.x, none.fun, none.nfev), (None, math.inf, 0))

    def test_values_that_are_no_numbers_are_never_the_best(self):
        found = audit.run_scipy_optimization(lambda place: math.nan if place[0] > 5 else self.bowl(place), self.BOUNDS, "Nelder-Mead", 4, 30)
        self.assertLess(found.fun, 0.1)

    def test_wrong_arguments(self):
        for bounds, method, message in ((self.BOUNDS, "L-BFGS", "did you mean `lbfgs`"), ([(1, 1)], "TNC", "lower end must be below")):
            with self.assertRaisesRegex(errors.InvalidArgumentError, message):
                audit.run_scipy_optimization(self.bowl, bounds, method, 3, 5)
