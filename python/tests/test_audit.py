"""ocrtune.audit has the interface of OCR quality audit; bench/audit.py compares it with that program itself."""

import csv

import numpy

import ocrtune
from ocrtune import audit
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
