"""A collection that several processes recognize together, with a journal on a PostgreSQL server."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
import unittest

from PIL import Image

from pdf_files import sound
from postgresql import ServerCase
from support import OCRTUNE, ocrtune, repetitions, tiny_pages
from typed_pages import LINES, TypedPage

QUICK = ["--pipeline", "raw", "--engine", "lstm", "--jobs", "1", "--memory", "1G"]


def has_files_without_name(folder):
    """Whether the file system has them (O_TMPFILE)."""
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY))
    except OSError:
        return False
    return True


class SharedApply(ServerCase):
    def setUp(self):
        super().setUp()
        self.pages = self.tmp / "pages"
        self.texts = self.tmp / "texts"

    def make_pages(self, count):
        """Copies of small pages, each under several names."""
        sources = sorted(path for path in tiny_pages().iterdir() if path.suffix in (".png", ".tif", ".jpg"))
        for number in range(count):
            source = sources[number % len(sources)]
            target = self.pages / f"box {number % 7}" / f"page{number:05}{source.suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copy(source, target)

    def arguments(self, *more):
        return ["apply", self.pages, "-o", self.texts, "--journal", self.study, *QUICK, *more]

    def start(self, *more):
        process = subprocess.Popen([OCRTUNE, *map(str, self.arguments(*more))], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def ended(self, process, status=0):
        out, talk = process.communicate(timeout=120)
        self.assertEqual(process.returncode, status, talk)
        return out, talk

    def files(self):
        """The output; nothing else is there, whatever was killed."""
        files = [path for path in self.texts.rglob("*") if path.is_file()]
        left = [path for path in files if path.name.startswith(".ocrtune.part-")]
        if has_files_without_name(self.texts):
            self.assertEqual(left, [])
        return {str(path.relative_to(self.texts)): path.read_bytes() for path in files if path not in left}

    def check_texts(self, count):
        """Every page's output is there once, as by one process alone, and the journal says so."""
        written = self.files()
        alone = self.tmp / "alone"
        ocrtune("apply", self.pages, "-o", alone, *QUICK, check=0)
        expected = {str(path.relative_to(alone)): path.read_bytes() for path in alone.rglob("*.txt")}
        self.assertEqual(len(expected), count)
        self.assertEqual(written, expected)
        self.assertEqual(self.server.ask("SELECT COUNT(*) FROM ocrtune_apply_pages", self.name), str(count))
        self.assertEqual(self.server.ask("SELECT COUNT(*) FROM ocrtune_apply_files WHERE state = 'done'", self.name), str(count))

    def test_counts_what_is_left_out(self):
        self.make_pages(1)
        page = next(self.pages.rglob("*.*"))
        # All rows of it can be read: it is done, with a remark.
        with Image.open(page) as image:
            image.convert("L").save(self.pages / "no mark.jpg", quality=90)
        whole = (self.pages / "no mark.jpg").read_bytes()
        (self.pages / "no mark.jpg").write_bytes(whole[:-2])
        long = "a" * 251 + ".png"
        shutil.copy(page, self.pages / long)
        done = ocrtune(*self.arguments("--format", "page", "--json"), check=2)
        warnings = [line for line in done.stderr.splitlines() if line.startswith("ocrtune: ")]
        self.assertEqual(warnings, [f"ocrtune: {self.pages / long}: a name in the output would have 260 bytes, "
                                    "the file system allows 255"], done.stderr)
        self.assertEqual(json.loads(done.stdout)["count"], 2)
        self.assertEqual(len(self.files()), 2)

    def test_a_file_of_several_pages_is_one_pdf(self):
        self.pages.mkdir()
        images = [Image.open(path).convert("L") for path in sorted(tiny_pages().glob("*.png"))][:2]
        for number in range(4):
            images[0].save(self.pages / f"{number}.tif", save_all=True, append_images=images[1:] * (number + 1))
        for process in [self.start("--format", "pdf") for _ in range(2)]:
            self.ended(process)
        alone = self.tmp / "alone"
        ocrtune("apply", self.pages, "-o", alone, *QUICK, "--format", "pdf", check=0)
        self.assertEqual(self.files(), {path.name: path.read_bytes() for path in map(sound, alone.glob("*.pdf"))})
        self.assertEqual(set(self.files()), {f"{number}.pdf" for number in range(4)})

    def test_processes_share_a_collection(self):
        self.make_pages(60)
        processes = [self.start() for _ in range(3)]
        said = [self.ended(process) for process in processes]
        pages = [int(talk.strip().splitlines()[-1].split()[0]) for _, talk in said]
        self.assertEqual(sum(pages), 60)
        self.check_texts(60)
        self.assertEqual(self.server.ask("SELECT COUNT(*) FROM ocrtune_apply_workers", self.name), "0")
        again = ocrtune(*self.arguments(), check=0)
        self.assertIn("60 files are already done", again.stderr)
        self.assertIn("   60  raw\n", again.stdout)
        summary = json.loads(ocrtune(*self.arguments("--json"), check=0).stdout)
        self.assertEqual((summary["count"], summary["pages"]), (60, []))

    def test_killed_processes_lose_nothing(self):
        pages = repetitions(150, 80)
        self.make_pages(pages)
        moments = random.Random(1)
        for _ in range(repetitions(20, 1)):
            process = self.start()
            time.sleep(moments.uniform(0.3, 1.2))
            process.kill()
            process.communicate()
        stopped = self.start()
        time.sleep(0.7)
        stopped.send_signal(signal.SIGTERM)
        self.ended(stopped, 130)
        for process in [self.start() for _ in range(2)]:
            self.ended(process)
        self.check_texts(pages)

    def test_waiting_for_another_process_s_list_can_be_ended(self):
        self.make_pages(2)
        self.ended(self.start())
        self.server.ask("INSERT INTO ocrtune_apply_workers VALUES ('lists', 1e12)", self.name)
        self.server.ask("INSERT INTO ocrtune_apply_listing VALUES (1, 'lists')", self.name)
        waits = self.start()
        talk = ""
        while "waiting for the list of files" not in talk:
            line = waits.stderr.readline()
            self.assertNotEqual(line, "", talk)
            talk += line
        self.assertIsNone(waits.poll())
        waits.send_signal(signal.SIGTERM)
        self.ended(waits, 130)

    def test_new_and_failed_files_are_taken_by_the_next_run(self):
        self.make_pages(4)
        broken = self.pages / "broken.png"
        broken.write_bytes(b"\x89PNG\r\n\x1a\n of no use")
        _, talk = self.ended(self.start(), 2)
        self.assertIn("broken.png: ", talk)
        self.assertEqual(len(self.files()), 4)
        shutil.copy(next(path for path in (self.pages / "box 0").iterdir()), broken)
        self.make_pages(9)
        self.ended(self.start())
        self.check_texts(10)

    def test_the_page_that_failed_is_named(self):
        self.pages.mkdir()
        image = TypedPage(LINES[:1]).image
        book = self.pages / "book.tif"
        image.save(book, save_all=True, append_images=[image, image], compression="tiff_adobe_deflate")
        with Image.open(book) as pages:
            pages.seek(1)
            strip = pages.tag_v2[273][0]
        content = bytearray(book.read_bytes())
        content[strip:strip + 8] = b"\xff" * 8
        book.write_bytes(content)
        (self.pages / "none.tif").symlink_to("nowhere")
        _, talk = self.ended(self.start(), 2)
        failures = [line for line in talk.splitlines() if ".tif: " in line]
        self.assertEqual(len(failures), 2, talk)
        self.assertRegex(failures[0], f"{self.pages}/book.tif: page 2: .")
        self.assertRegex(failures[1], f"{self.pages}/none.tif: can't be read: No such file")
        self.assertEqual(sorted(self.files()), ["book.1.txt", "book.3.txt"])
        self.assertTrue(self.server.ask("SELECT failure FROM ocrtune_apply_files WHERE name = 'book.tif'", self.name).startswith("page 2: "))

    def test_other_models_are_refused(self):
        self.make_pages(2)
        self.ended(self.start())
        models = self.tmp / "models"
        models.mkdir()
        tessdata = pathlib.Path(json.loads(ocrtune("doctor", "--json").stdout)["tessdata"])
        # Its last part is a text, the version.
        (models / "eng.traineddata").write_bytes((tessdata / "eng.traineddata").read_bytes() + b".")
        done = ocrtune(*self.arguments("--tessdata", models), check=5)
        lines = [line for line in done.stderr.splitlines() if "ocrtune: " in line]
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertIn("this journal was written with other models of `eng`", lines[0])
        self.ended(self.start())

    def test_a_page_in_a_language_of_no_file_fails_alone(self):
        self.make_pages(2)
        page = sorted(path for path in self.pages.rglob("*") if path.is_file())[0]
        edits = page.with_name(page.name + ".edit.toml")
        for lang, why in (("fra", "with a journal that several processes share, it must be that of a file"),
                          ("auto", "not with a journal that several processes share")):
            edits.write_text(f'[[page]]\nlang = "{lang}"\n')
            _, talk = self.ended(self.start(), status=2)
            self.assertIn(f"{edits.name}: language `{lang}`: {why}", talk)
        self.assertEqual(len(self.files()), 1)

    def test_what_is_wrong_is_a_line(self):
        self.make_pages(2)
        self.ended(self.start())
        for arguments, status, line in (
                (self.arguments("--format", "text,alto"), 5, "was written with other settings"),
                ([*self.arguments("--lang", "auto")[:4], "--journal", self.study.replace("?", "_auto?"), "--lang", "auto", *QUICK], 1, "not with a journal that several"),
                ([*self.arguments()[:4], "--journal", "file.db", *QUICK], 1, "not an address on a PostgreSQL server")):
            done = ocrtune(*arguments, check=status)
            self.assertIn(line, done.stderr)
            self.assertEqual(sum("ocrtune: " in line for line in done.stderr.splitlines()), 1, done.stderr)
        same = self.pages / "box 0" / "page00000.gif.png"
        shutil.copy(next(path for path in (self.pages / "box 1").iterdir()), same)
        shutil.copy(same, self.pages / "box 0" / "page00000.gif.tif")
        done = ocrtune(*self.arguments(), check=1)
        self.assertRegex(done.stderr, "would both be written to .*; give them separately, each with an output folder and a journal of its own")


if __name__ == "__main__":
    unittest.main()
