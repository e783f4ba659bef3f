"""`ocrtune train`: models trained further with pages that have ground truth."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

from long_s_pages import alto_of, lines_of, long_s_pages, put_page
from support import OCRTUNE, PPOCR_INSTALLED, WITHOUT_PPOCR, ScratchCase, doctor, made_once, ocrtune, repetitions


class TrainCase(ScratchCase):
    def train(self, *options, output="models", **expected):
        return ocrtune("train", "--lang", "fra", "-o", self.tmp / output, *options, **expected)

    def results(self, *arguments, **options):
        return json.loads(self.train(*arguments, "--json", "--quiet", check=0, **options).stdout)

    def text_of(self, page, *options):
        return ocrtune("read", page, "--lang", "fra", "--quiet", *options, check=0).stdout

    def one_line(self, done):
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        return done.stderr


@unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
class Ppocr(TrainCase):
    def setUp(self):
        super().setUp()
        self.pages = made_once("long-s-pages", long_s_pages)
        put_page(self.tmp, "judged", lines_of(9, 5))

    def test_learns_the_long_s(self):
        found = self.results(self.pages, "--engine", "ppocr")
        self.assertEqual((found["pages"], found["lines"], found["truth_lines"]), (4, 32, 32))
        engine, = found["engines"]
        self.assertEqual(engine["file"], str(self.tmp / "models/ppocr/fra/rec.onnx"))
        self.assertLess(engine["cer_after"], engine["cer_before"] / 2)
        self.assertGreater(engine["gain"]["low"], 0)
        self.assertEqual(engine["curve"][0], engine["cer_before"])
        self.assertIn(b"4 pages, 32 lines", pathlib.Path(engine["file"]).read_bytes()[-1000:])
        self.assertNotIn("ſ", self.text_of(self.tmp / "judged.png", "--engine", "ppocr"))
        self.assertGreater(self.text_of(self.tmp / "judged.png", "--engine", "ppocr", "--tessdata", self.tmp / "models").count("ſ"), 3)
        # All that the language's pages are read with, for the other engines.
        self.assertTrue((self.tmp / "models/fra.traineddata").exists())
        self.assertFalse((self.tmp / "models/.ocrtune-train").exists())
        listed = json.loads(ocrtune("doctor", "--tessdata", self.tmp / "models", "--json").stdout)["trained_models"]
        self.assertEqual([(one["lang"], one["engine"]) for one in listed], [("fra", "PP-OCRv6")])
        self.assertIn("4 pages, 32 lines", listed[0]["training"])
        ocrtune("apply", self.tmp / "judged.png", "--lang", "fra", "--effort", "normal", "-o", self.tmp / "texts", check=0)
        # A page that was recognized with other models is recognized again.
        self.assertLess((self.tmp / "texts/judged.txt").read_text().count("ſ"), 4)
        ocrtune("apply", self.tmp / "judged.png", "--lang", "fra", "--effort", "normal", "--tessdata", self.tmp / "models",
                "-o", self.tmp / "texts", check=0)
        self.assertGreater((self.tmp / "texts/judged.txt").read_text().count("ſ"), 3)

    def test_the_same_with_any_number_of_workers_and_after_kill_9(self):
        whole = self.results(self.pages, "--engine", "ppocr", "--jobs", "2")
        command = [OCRTUNE, "train", self.pages, "--lang", "fra", "-o", self.tmp / "other", "--engine", "ppocr", "--jobs", "1", "--quiet"]
        for _ in range(repetitions(20, 2)):
            killed = subprocess.Popen(command)
            time.sleep(1.5)
            killed.kill()
            killed.wait()
        other = self.results(self.pages, "--engine", "ppocr", "--jobs", "1", output="other")
        for found in (whole, other):
            for engine in found["engines"]:
                engine["seconds"], engine["file"] = 0, ""
        self.assertEqual(whole, other)
        # But for the day on which it was.
        one, two = ((self.tmp / folder / "ppocr/fra/rec.onnx").read_bytes().split(b"trained further")[0] for folder in ("models", "other"))
        self.assertEqual(one, two)

    def test_interrupt_is_resumed(self):
        running = subprocess.Popen([OCRTUNE, "train", self.pages, "--lang", "fra", "-o", self.tmp / "models", "--engine", "ppocr"],
                                   stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
        if running.returncode != 0:
            self.assertEqual(running.returncode, 130)
            self.assertIn("run the same command again to resume", said)
            self.assertFalse((self.tmp / "models/ppocr").exists())
        self.train(self.pages, "--engine", "ppocr", check=0)
        self.assertTrue((self.tmp / "models/ppocr/fra/rec.onnx").exists())

    def test_a_text_is_enough(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        for page in range(3):
            put_page(folder, f"t{page}", lines_of(page, 6))
        found = self.results(folder, "--engine", "ppocr", "--epochs", "3")
        self.assertEqual(found["truth_lines"], 18)
        self.assertGreater(found["lines"], 12)

    def test_a_character_that_it_lacks(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        for page in range(4):
            lines = [line.replace("e", "ẽ").replace("ſ", "s") for line in lines_of(page, 6)]
            put_page(folder, f"p{page}", lines)
            (folder / f"p{page}.gt.txt").unlink()
            (folder / f"p{page}.xml").write_text(alto_of(lines), encoding="utf-8")
        without = self.results(folder, "--engine", "ppocr", "--epochs", "1", output="without")
        self.assertEqual(without["engines"][0]["missing_characters"], ["ẽ"])
        engine, = self.results(folder, "--engine", "ppocr", "--add-characters")["engines"]
        self.assertEqual(engine["missing_characters"], [])
        self.assertLess(engine["cer_after"], engine["cer_before"] / 2)
        put_page(self.tmp, "other", [line.replace("e", "ẽ").replace("ſ", "s") for line in lines_of(9, 5)])
        read = self.text_of(self.tmp / "other.png", "--engine", "ppocr", "--tessdata", self.tmp / "models")
        self.assertGreater(read.count("ẽ"), 5)
        self.assertNotIn("ẽ", self.text_of(self.tmp / "other.png", "--engine", "ppocr"))

    def test_where_nothing_is_won_nothing_is_written(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        for page in range(3):
            put_page(folder, f"c{page}", [line.replace("ſ", "s") for line in lines_of(page, 5)])
        done = self.train(folder, "--engine", "ppocr", check=0)
        self.assertIn("nothing was won for sure; the model stays as it is", done.stdout)
        self.assertNotIn("next:", done.stdout)
        self.assertEqual([], [path for path in (self.tmp / "models").rglob("*") if path.is_file()])


class Tesseract(TrainCase):
    def test_an_ordinary_model_with_a_further_character(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        long_s_pages(folder, 2)
        found = json.loads(ocrtune("train", folder, "--lang", "fra", "-o", self.tmp / "models", "--folds", "2", "--epochs", "2",
                                   "--add-characters", "--json", "--quiet", env=WITHOUT_PPOCR, check=0).stdout)
        engine, = found["engines"]
        self.assertEqual(engine["missing_characters"], [])
        self.assertEqual(engine["file"], str(self.tmp / "models/fra.traineddata"))
        put_page(self.tmp, "judged", lines_of(9, 5, 2))
        models = self.tmp / "models"
        own = self.text_of(self.tmp / "judged.png", "--engine", "lstm", "--tessdata", models)
        self.assertGreater(own.count("ſ"), 0)
        stock = subprocess.run(["tesseract", self.tmp / "judged.png", "-", "--tessdata-dir", models, "-l", "fra", "--psm", "6"],
                               capture_output=True, text=True, check=True).stdout
        self.assertEqual(own.split(), stock.split())
        self.assertEqual(found["not_trained"][0]["engine"], "ppocr")
        made = subprocess.run(["combine_tessdata", "-d", models / "fra.traineddata"], capture_output=True, text=True)
        self.assertIn("4 pages, 32 lines", made.stdout + made.stderr)


class TuneWithTraining(TrainCase):
    # Without lstmtraining, as it takes longer than all else here.
    WITHOUT_TESSERACT = {"PATH": "/nonexistent"}

    @unittest.skipUnless(PPOCR_INSTALLED, "PP-OCRv6 is not installed")
    def test_the_recipe_uses_models_trained_with_the_tuning_pages(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        long_s_pages(folder, pages=5, count=5)
        command = ["tune", folder, "--lang", "fra", "--train", "--trials", "1", "--hold-out", "2", "--study", self.tmp / "s.db",
                   "-o", self.tmp / "best.toml", "--no-report", "--quiet"]
        found = json.loads(ocrtune(*command, "--json", env=self.WITHOUT_TESSERACT, check=0).stdout)
        self.assertEqual((found["trained"]["pages"], found["trained"]["lines"]), (3, 15))
        self.assertEqual(found["trained"]["engines"][0]["file"], str(self.tmp / "best.models/ppocr/fra/rec.onnx"))
        self.assertEqual(found["trained"]["not_trained"][0]["engine"], "tesseract")
        best = next(point for point in found["verdict"]["points"] if point["name"] == "best")
        untuned = next(point for point in found["verdict"]["points"] if point["name"] == "normal")
        self.assertLess(best["wrong"], untuned["wrong"])
        self.assertEqual(found["verdict"]["pages"], 2)
        self.assertIn(f'tessdata = "{self.tmp / "best.models"}"', (self.tmp / "best.toml").read_text())
        put_page(self.tmp, "judged", lines_of(19, 5))
        read = ["apply", self.tmp / "judged.png", "--lang", "fra", "--recipe", self.tmp / "best.toml", "--choice", "best", "--quiet"]
        ocrtune(*read, "-o", self.tmp / "texts", check=0)
        self.assertGreater((self.tmp / "texts/judged.txt").read_text().count("ſ"), 3)
        shutil.rmtree(self.tmp / "best.models")
        done = ocrtune(*read, "-o", self.tmp / "others", check=3)
        self.assertIn("copy the folder, or correct `tessdata`", self.one_line(done))

    def test_without_corrected_pages(self):
        for name in "ab":
            put_page(self.tmp, name, lines_of(1, 4))
            (self.tmp / f"{name}.gt.txt").unlink()
        command = ["tune", self.tmp, "--lang", "fra", "--train", "--study", self.tmp / "s.db", "-o", self.tmp / "best.toml", "--quiet"]
        self.assertIn("--train: needs at least 2 validation pages", self.one_line(ocrtune(*command, check=1)))
        for name in "cd":
            put_page(self.tmp, name, lines_of(1, 4))
            (self.tmp / f"{name}.gt.txt").unlink()
        done = ocrtune(*command, "--hold-out", "2", check=2)
        self.assertIn("0 of 2 tuning pages have ground truth, with 0 lines: at least 10 lines of 2 pages are needed", self.one_line(done))
        self.assertFalse((self.tmp / "s.db").exists())
        self.assertFalse((self.tmp / "best.models").exists())


class Refusals(TrainCase):
    def test_the_folder_of_the_base(self):
        put_page(self.tmp, "a", lines_of(1, 6))
        put_page(self.tmp, "b", lines_of(2, 6))
        (self.tmp / "models").mkdir()
        shutil.copy(doctor()["tessdata"] + "/fra.traineddata", self.tmp / "models")
        done = self.train(self.tmp / "a.png", self.tmp / "b.png", "--tessdata", self.tmp / "models", "--quiet", check=1)
        self.assertIn("the models to start from are there", self.one_line(done))

    def fake_lstmtraining(self, script):
        """An environment with another program of that name."""
        (self.tmp / "bin").mkdir()
        fake = self.tmp / "bin/lstmtraining"
        fake.write_text("#!/bin/sh\n" + script)
        fake.chmod(0o755)
        return {"PATH": f"{self.tmp / 'bin'}:{os.environ['PATH']}", **WITHOUT_PPOCR}

    def test_a_program_that_fails(self):
        put_page(self.tmp, "a", lines_of(1, 6))
        put_page(self.tmp, "b", lines_of(2, 6))
        for script, said in (("echo nothing works >&2; exit 1", "nothing works"), ("exit 0", "wrote no model")):
            done = ocrtune("train", self.tmp / "a.png", self.tmp / "b.png", "--lang", "fra", "-o", self.tmp / "models", "--quiet",
                           env=self.fake_lstmtraining(script), check=3)
            self.assertIn(said, self.one_line(done))
            self.assertFalse((self.tmp / "models").exists())
            shutil.rmtree(self.tmp / "bin")

    def test_another_scan_of_a_page_is_no_other_page(self):
        for name in "ab":
            put_page(self.tmp, name, lines_of(1, 12))
            (self.tmp / f"{name}.gt.txt").unlink()
            (self.tmp / f"{name}.xml").write_text(alto_of(lines_of(1, 12)), encoding="utf-8")
        done = self.train(self.tmp / "a.png", self.tmp / "b.png", "--engine", "tesseract", "--quiet", check=2)
        self.assertIn("24 lines of 1 page can be trained with", self.one_line(done))

    def test_pages_without_ground_truth(self):
        put_page(self.tmp, "a", lines_of(1, 4))
        (self.tmp / "a.gt.txt").unlink()
        self.assertIn("at least 10 lines of 2 pages are needed", self.one_line(self.train(self.tmp / "a.png", "--quiet", check=2)))

    def test_a_model_is_of_one_language(self):
        put_page(self.tmp, "a", lines_of(1, 4))
        done = ocrtune("train", self.tmp / "a.png", "--lang", "eng+fra", "-o", self.tmp / "models", "--quiet", check=1)
        self.assertIn("--lang eng+fra: a model is trained for one language", self.one_line(done))
        put_page(self.tmp, "b", lines_of(2, 4))
        (self.tmp / "list.csv").write_text("file;lang\na.png;eng\nb.png;fra\n", encoding="utf-8")
        done = ocrtune("train", self.tmp / "list.csv", "-o", self.tmp / "models", "--quiet", check=1)
        self.assertIn("in several languages, eng and fra", self.one_line(done))

    def test_damaged_ground_truth_leaves_out_its_page(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        for page in range(3):
            put_page(folder, f"p{page}", lines_of(page, 5))
        (folder / "p1.gt.txt").unlink()
        for text in ("", "<alto", "<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'/>", "\0\xff", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><alto>&b;</alto>"):
            (folder / "p1.gt.xml").write_bytes(text.encode("latin-1"))
            done = ocrtune("train", folder, "--lang", "fra", "-o", self.tmp / "models", "--epochs", "1", "--folds", "2",
                           "--engine", "tesseract", "--quiet")
            self.assertIn(done.returncode, (0, 2), done.stderr)
            self.assertLessEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_another_process_in_the_same_folder(self):
        folder = self.tmp / "pages"
        folder.mkdir()
        long_s_pages(folder)
        first = subprocess.Popen([OCRTUNE, "train", folder, "--lang", "fra", "-o", self.tmp / "models", "--engine", "tesseract", "--quiet"])
        while not (self.tmp / "models/.ocrtune-train/lock").exists() and first.poll() is None:
            time.sleep(0.05)
        done = self.train(folder, "--engine", "tesseract", "--quiet", check=5)
        self.assertIn("another `ocrtune train` writes its models there", self.one_line(done))
        first.send_signal(signal.SIGINT)
        self.assertEqual(first.wait(60), 130)

    def test_an_output_that_cannot_be_written(self):
        put_page(self.tmp, "a", lines_of(1, 6))
        put_page(self.tmp, "b", lines_of(2, 6))
        (self.tmp / "models").write_text("a file")
        self.assertIn("models", self.one_line(self.train(self.tmp / "a.png", self.tmp / "b.png", "--engine", "tesseract", "--quiet", check=5)))
