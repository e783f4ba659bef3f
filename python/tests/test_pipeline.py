"""Pipelines on arrays."""

import pickle
import threading
import time

import numpy

import ocrtune
from ocrtune import errors
from support import TestCase, drawn_page


class Pipelines(TestCase):
    def test_loads_presets_and_files(self):
        self.assertEqual(ocrtune.presets()[0], "raw")
        for name in ocrtune.presets():
            pipeline = ocrtune.Pipeline.load(name)
            self.assertEqual(pipeline.name, name)
            self.assertEqual(ocrtune.Pipeline.parse(pipeline.to_toml()), pipeline)
        file = self.tmp / "mine.toml"
        file.write_text(ocrtune.Pipeline.load("standard").to_toml())
        self.assertEqual(ocrtune.Pipeline.load(str(file)), ocrtune.Pipeline.load("standard"))

    def test_says_what_it_searches(self):
        space = ocrtune.Pipeline.load("standard").space
        self.assertEqual(space["bin_block_size"]["type"], "odd")
        self.assertEqual((space["line_h_size"]["low"], space["line_h_size"]["high"]), (30, 70))
        stages = ocrtune.Pipeline.load("standard").stages
        self.assertEqual([name for name, _, _ in stages][0], "remove_lines")

    def test_takes_values_as_trials_have_them(self):
        pipeline = ocrtune.Pipeline.load("standard").at({"bin_block_size": 80, "denoise_h": numpy.float64(3.5)})
        self.assertEqual(pipeline.space, {})
        values = {name: parameters for name, _, parameters in pipeline.stages}
        self.assertEqual(values["binarize_adaptive"]["block"], 81)
        self.assertEqual(values["denoise_nlm"]["h"], 3.5)

    def test_refuses_unknown_values(self):
        pipeline = ocrtune.Pipeline.load("standard")
        for values in ({"no_such": 1}, {"bin_c": "much"}, {"bin_c": 1e9}, {"bin_c": float("nan")}, {"bin_c": [1]}):
            with self.assertRaises(errors.Error) as caught:
                pipeline.at(values)
            self.assertIsInstance(caught.exception, ValueError)
        with self.assertRaises(errors.PipelineInvalidError) as caught:
            ocrtune.Pipeline.load("no_such")
        self.assertEqual((caught.exception.code, caught.exception.exit_status), ("pipeline_invalid", 4))

    def test_is_pickled(self):
        pipeline = ocrtune.Pipeline.load("blur_clahe").at({})
        self.assertEqual(pickle.loads(pickle.dumps(pipeline)), pipeline)
        self.assertEqual(hash(pickle.loads(pickle.dumps(pipeline))), hash(pipeline))


class Arrays(TestCase):
    def setUp(self):
        super().setUp()
        self.page = drawn_page()
        self.pipeline = ocrtune.Pipeline.load("standard").at({})

    def test_output_is_an_array_of_its_own(self):
        before = self.page.copy()
        output = self.pipeline.run(self.page)
        self.assertEqual((output.dtype, output.shape), (numpy.uint8, self.page.shape))
        self.assertLess(len(numpy.unique(output)), 3)
        numpy.testing.assert_array_equal(self.page, before)
        raw = ocrtune.Pipeline.load("raw").run(self.page)
        self.assertFalse(numpy.shares_memory(raw, self.page))
        numpy.testing.assert_array_equal(raw, self.page)
        del before, self.page
        self.assertEqual(output.sum(), output.copy().sum())

    def test_any_layout_of_memory_is_the_same_page(self):
        expected = self.pipeline.run(self.page)
        wide = numpy.zeros((self.page.shape[0], 2 * self.page.shape[1]), numpy.uint8)
        wide[:, ::2] = self.page
        framed = numpy.pad(self.page, 7)[7:-7, 7:-7]
        read_only = self.page.copy()
        read_only.flags.writeable = False
        for same in (wide[:, ::2], framed, numpy.asfortranarray(self.page), self.page[::-1][::-1], read_only):
            numpy.testing.assert_array_equal(self.pipeline.run(same), expected)
        colours = numpy.dstack([self.page] * 3)
        numpy.testing.assert_array_equal(self.pipeline.run(colours), expected)
        numpy.testing.assert_array_equal(self.pipeline.run(colours[:, :, ::-1]), expected)

    def test_colours_are_bgr(self):
        page = numpy.zeros((1, 1, 3), numpy.uint8)
        page[0, 0] = (0, 0, 255)
        self.assertEqual(ocrtune.Pipeline.load("raw").run(page)[0, 0], 76)

    def test_refuses_other_arrays(self):
        for wrong in (self.page.astype(float), self.page[0], self.page[:, :0], numpy.zeros((4, 4, 4), numpy.uint8),
                      numpy.zeros((4, 40_000), numpy.uint8)):
            with self.assertRaisesRegex(errors.InvalidArgumentError, "^image: "):
                self.pipeline.run(wrong)
        with self.assertRaises(TypeError):
            self.pipeline.run("page.png")

    def test_measures_images(self):
        self.assertAlmostEqual(ocrtune.contrast(self.page), self.page.std(), places=9)
        self.assertGreater(ocrtune.sharpness(self.page), 0)
        self.assertGreater(ocrtune.cnr(self.page), 0)

    def test_other_threads_go_on_meanwhile(self):
        large = numpy.tile(self.page, (12, 2))
        counted, done = 0, threading.Event()
        thread = threading.Thread(target=lambda: (self.pipeline.run(large), done.set()))
        thread.start()
        while not done.is_set():
            counted += 1
            time.sleep(0.001)
        thread.join()
        self.assertGreater(counted, 3)
