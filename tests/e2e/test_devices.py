"""Stages on devices: the same results as on the processors. Where there is no OpenCL device, what is said then."""
import json
import unittest

from support import ScratchCase, doctor, doctor_text, exported, ocrtune, rows, tiny_pages

# Non-local means on few pixels: a device that is the processor under another name is slow at them.
SMALL = 0.25
EVERYWHERE = ("start", "end", "ms", "seconds", "time", "cached")


def devices():
    return doctor()["devices"]


def untimed(table):
    return [{name: value for name, value in row.items() if not any(part in name for part in EVERYWHERE)} for row in table]


class Devices(ScratchCase):
    one_at_a_time = True  # a driver compiles what no other process is compiling

    def setUp(self):
        super().setUp()
        if not any(device["name"].startswith("opencl") for device in devices()):
            self.skipTest("no OpenCL device here")

    def test_a_screening_has_the_same_trials(self):
        tables = {}
        for device in ("cpu", "opencl"):
            study = self.tmp / f"{device}.db"
            said = ocrtune("screen", tiny_pages(), "--exponent", 3, "--study", study, "--device", device, check=0).stderr
            tables[device] = {name: untimed(table) for name, table in exported(study, self.tmp / device).items()}
            self.assertEqual("stages run on" in said, device == "opencl", said)
            self.assertNotIn("failed", said)
        self.assertEqual(tables["cpu"], tables["opencl"])

    def test_scores_are_the_same(self):
        results = []
        for environment in ({}, {"OCRTUNE_DEVICE": "opencl:0"}):
            table = self.tmp / f"{len(results)}.csv"
            ocrtune("score", tiny_pages(), "--csv", table, env=environment, check=0)
            results.append(untimed(rows(table)))
        self.assertEqual(*results)

    def test_how_busy_they_were_is_said(self):
        said = ocrtune("score", tiny_pages(), "--device", "opencl", check=0).stderr
        self.assertRegex(said, r"load: CPU \d+ %, opencl:\d+ \d+ % of the time")

    def test_recognition_is_the_same(self):
        results = []
        for options in ([], ["--ocr-device", "opencl"], ["--ocr-device", "opencl", "--device", "opencl", "--jobs", 4]):
            table = self.tmp / f"{len(results)}.csv"
            said = ocrtune("score", tiny_pages(), "--csv", table, "--engine", "lstm", *options, check=0).stderr
            self.assertEqual("the OCR engine runs on" in said, bool(options), said)
            self.assertNotIn("failed", said)
            results.append(untimed(rows(table)))
        self.assertEqual(results[0], results[1])
        self.assertEqual(results[0], results[2])

    def files_of(self, *command):
        """What a command that goes through stages leaves, on the processors and on a device that it says it used."""
        left = {}
        for name, options in (("cpu", []), ("device", ["--device", "opencl", "--jobs", 4])):
            folder = self.tmp / f"{command[0]}_{name}"
            done = ocrtune(command[0], tiny_pages(), "-o", folder, *command[1:], *options, check=0)
            self.assertEqual("stages run on" in done.stderr, name == "device", done.stderr)
            self.assertNotIn("failed", done.stderr)
            left[name] = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".jsonl"}
        self.assertEqual(left["cpu"].keys(), left["device"].keys())
        return left["cpu"], left["device"]

    def test_pages_are_cleaned_to_the_same_bytes(self):
        self.assertEqual(*self.files_of("clean", "--pipeline", "standard"))

    def test_pages_are_read_and_applied_to_the_same_bytes(self):
        self.assertEqual(*self.files_of("read", "--pipeline", "standard", "--format", "tsv"))
        self.assertEqual(*self.files_of("apply", "--pipeline", "raw", "--pipeline", "standard", "--format", "tsv", "--images", "png"))

    def test_recognition_of_a_collection_is_the_same(self):
        texts = [ocrtune("read", tiny_pages(), "--engine", "lstm", "--format", "tsv", *options, "-o", self.tmp / name, check=0).stderr
                 for name, options in (("cpu", []), ("device", ["--ocr-device", "opencl"]))]
        self.assertIn("the OCR engine runs on", texts[1])
        for path in (self.tmp / "cpu").iterdir():
            self.assertEqual(path.read_bytes(), (self.tmp / "device" / path.name).read_bytes())

    def test_stock_tesseract_reads_nowhere_else(self):
        done = ocrtune("score", tiny_pages(), "--engine", "tesseract", env={"OCRTUNE_OCR_DEVICE": "opencl"}, check=0)
        self.assertEqual(done.stderr.count("the OCR device has no effect"), 1, done.stderr)
        self.assertNotIn("the OCR engine runs on", done.stderr)

    def test_doctor_lists_them(self):
        said = doctor_text()
        for device in devices():
            self.assertIn(f"device     {device['name']}: ", said)
            self.assertGreater(device["memory_bytes"], 0)


class Auto(ScratchCase):
    def test_it_takes_the_processors_where_there_is_nothing_else(self):
        if any(not device["is_processor"] for device in devices()):
            self.skipTest("there is a device here")
        said = ocrtune("score", tiny_pages(), "--device", "auto", check=0).stderr
        self.assertIn("stages run on the CPU", said)
        self.assertNotIn("busy", said)


class Names(unittest.TestCase):
    def test_cuda_without_a_driver(self):
        if any(device["name"].startswith("cuda") for device in devices()):
            self.skipTest("a CUDA device is here")
        built = doctor()["cuda"]
        self.assertIn(f"CUDA       {'supported' if built else 'not supported'}", doctor_text())
        done = ocrtune("score", tiny_pages(), "--device", "cuda")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("no CUDA device was found; install NVIDIA's driver", done.stderr)


if __name__ == "__main__":
    unittest.main()
