"""Stages on devices: the same results as on the processors. Where there is no OpenCL device, what is said then."""
import json
import unittest

from support import ScratchCase, exported, ocrtune, rows, sample_pages

# Non-local means on few pixels: a device that is the processor under another name is slow at them.
SMALL = 0.25
EVERYWHERE = ("start", "end", "ms", "seconds", "time", "cached")


def devices():
    return json.loads(ocrtune("doctor", "--json").stdout)["devices"]


def untimed(table):
    return [{name: value for name, value in row.items() if not any(part in name for part in EVERYWHERE)} for row in table]


class Devices(ScratchCase):
    def setUp(self):
        super().setUp()
        if not any(device["name"].startswith("opencl") for device in devices()):
            self.skipTest("no OpenCL device here")

    def test_a_screening_has_the_same_trials(self):
        tables = {}
        for device in ("cpu", "opencl"):
            study = self.tmp / f"{device}.db"
            said = ocrtune("screen", sample_pages(SMALL), "--exponent", 3, "--study", study, "--device", device, check=0).stderr
            tables[device] = {name: untimed(table) for name, table in exported(study, self.tmp / device).items()}
            self.assertEqual("stages run on" in said, device == "opencl", said)
            self.assertNotIn("failed", said)
        self.assertEqual(tables["cpu"], tables["opencl"])

    def test_scores_are_the_same(self):
        results = []
        for environment in ({}, {"OCRTUNE_DEVICE": "opencl:0"}):
            table = self.tmp / f"{len(results)}.csv"
            ocrtune("score", sample_pages(SMALL), "--csv", table, env=environment, check=0)
            results.append(untimed(rows(table)))
        self.assertEqual(*results)

    def test_reading_is_the_same(self):
        results = []
        for options in ([], ["--reading-device", "opencl"], ["--reading-device", "opencl", "--device", "opencl", "--jobs", 4]):
            table = self.tmp / f"{len(results)}.csv"
            said = ocrtune("score", sample_pages(SMALL), "--csv", table, "--reader", "lstm", *options, check=0).stderr
            self.assertEqual("the reader runs on" in said, bool(options), said)
            self.assertNotIn("failed", said)
            results.append(untimed(rows(table)))
        self.assertEqual(results[0], results[1])
        self.assertEqual(results[0], results[2])

    def test_stock_tesseract_reads_nowhere_else(self):
        done = ocrtune("score", sample_pages(SMALL), "--reader", "tesseract", env={"OCRTUNE_READING_DEVICE": "opencl"}, check=0)
        self.assertEqual(done.stderr.count("--reading-device has no effect"), 1, done.stderr)
        self.assertNotIn("the reader runs on", done.stderr)

    def test_doctor_lists_them(self):
        for device in devices():
            self.assertIn(f"device     {device['name']}: ", ocrtune("doctor").stdout)
            self.assertGreater(device["memory_bytes"], 0)


class Names(unittest.TestCase):
    options = ("--device", "--reading-device")

    def test_what_is_no_device(self):
        for option in self.options:
            for name in ("gpu", "opencl:x", "opencl:", "opencl:-1", "openclx", "cuda:1e3", ""):
                done = ocrtune("score", sample_pages(SMALL), option, name)
                self.assertEqual(done.returncode, 1, (name, done.stderr))
                self.assertIn(f"{option}: ", done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_what_is_not_here(self):
        for option in self.options:
            for name in ("opencl:99", "cuda:99"):
                done = ocrtune("score", sample_pages(SMALL), option, name)
                self.assertEqual(done.returncode, 3, (name, done.stderr))
                self.assertIn(f"{option} {name}", done.stderr)


if __name__ == "__main__":
    unittest.main()
