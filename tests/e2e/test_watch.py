"""`apply --watch`: the files that come into a folder."""
import configparser
import ctypes
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

import schemas
from PIL import Image, ImageDraw, ImageFont
from support import OCRTUNE, ROOT, ScratchCase, ocrtune, repetitions

QUICK = ["--pipeline", "raw", "--engine", "lstm"]
MOVED_TO = 0x80  # inotify(7)


def write_page(path, text):
    image = Image.new("L", (900, 400), 245)
    ImageDraw.Draw(image).text((100, 150), text, fill=20, font=ImageFont.truetype("DejaVuSans.ttf", 40))
    image.save(path)


class Watch(ScratchCase):
    def setUp(self):
        super().setUp()
        self.inbox, self.out = self.tmp / "inbox", self.tmp / "out"
        self.inbox.mkdir()
        self.log = self.tmp / "log"
        self.process = None
        self.addCleanup(self.end, signal.SIGKILL)

    def start(self, *options):
        command = [OCRTUNE, "apply", self.inbox, "-o", self.out, "--watch", *QUICK, *options]
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=log, text=True)

    def end(self, number=signal.SIGTERM):
        """The status and what was printed."""
        if self.process is None:
            return None
        self.process.send_signal(number)
        printed, _ = self.process.communicate(timeout=120)
        process, self.process = self.process, None
        return process.returncode, printed

    def wait_for(self, condition, what):
        until = time.monotonic() + 120
        while not condition():
            self.assertLess(time.monotonic(), until, f"{what}\n{self.log.read_text()}")
            self.assertIsNone(self.process.poll(), self.log.read_text())
            time.sleep(0.05)

    def wait_for_line(self, text, count=1):
        self.wait_for(lambda: self.log.read_text().count(text) >= count, text)

    def recorded(self):
        """The names of the pages in the journal, one for each time that a page was recognized."""
        journal = self.out / "ocrtune-apply.jsonl"
        lines = journal.read_text().splitlines(keepends=True) if journal.exists() else []
        return [json.loads(line)["page"] for line in lines[1:] if line.endswith("\n")]

    def wait_for_pages(self, *names):
        self.wait_for(lambda: set(names) <= set(self.recorded()), names)

    def test_files_are_recognized_as_they_come(self):
        write_page(self.inbox / "one.png", "Winter evening")
        self.start("--json")
        self.wait_for_pages("one.png")
        (self.inbox / "deeper").mkdir()
        write_page(self.inbox / "deeper/two.png", "Summer morning")
        self.wait_for_pages("deeper/two.png")
        self.assertEqual((self.out / "deeper/two.txt").read_text().strip(), "Summer morning")
        write_page(self.inbox / "one.png", "Harvest festival")
        self.wait_for(lambda: self.recorded().count("one.png") == 2, "the file that has changed")
        status, printed = self.end()
        self.assertEqual(status, 0)
        self.assertEqual((self.out / "one.txt").read_text().strip(), "Harvest festival")
        results = [json.loads(line) for line in printed.splitlines()]
        for result in results:
            schemas.check("apply", result)
        self.assertEqual([[page["page"] for page in one["pages"]] for one in results], [["one.png"], ["deeper/two.png"], ["one.png"]])
        self.assertIn("ended; 3 pages written to", self.log.read_text())

    def test_files_that_are_half_written_wait(self):
        write_page(self.tmp / "page.png", "Winter evening")
        whole = (self.tmp / "page.png").read_bytes()
        self.start()
        with open(self.inbox / "slow.png", "wb") as slow:
            slow.write(whole[:2000])
            slow.flush()
            (self.inbox / "empty.png").touch()
            # Longer than a file has to be unchanged.
            for name in ("first", "second"):
                write_page(self.inbox / f"{name}.png", "Summer morning")
                self.wait_for_pages(f"{name}.png")
            slow.write(whole[2000:])
        self.wait_for_pages("slow.png")
        self.assertEqual(self.end()[0], 0)
        self.assertEqual(sorted(self.recorded()), ["first.png", "second.png", "slow.png"])
        self.assertEqual((self.out / "slow.txt").read_text().strip(), "Winter evening")
        self.assertNotIn("png:", self.log.read_text())

    def test_each_file_once_whenever_it_is_killed(self):
        texts = {}
        for start in range(20, 20 + 3 * repetitions(12, 3), 3):
            self.start("--format", "text,pdf", "--jobs", "1")
            for number in range(start, start + 3):
                texts[f"page{number}.png"] = f"Page number {number}"
                write_page(self.inbox / f"page{number}.png", texts[f"page{number}.png"])
            already = len(self.recorded())
            self.wait_for(lambda: len(self.recorded()) > already, "a page")  # pylint: disable=cell-var-from-loop
            self.end(signal.SIGKILL)
        self.start("--format", "text,pdf", "--jobs", "1")
        # It may have nothing left to do: then it has to have begun, or SIGTERM ends it as any program.
        self.wait_for_line("is watched", 1 + repetitions(12, 3))
        self.wait_for_pages(*texts)
        self.assertEqual(self.end()[0], 0)
        self.assertEqual(sorted(self.recorded()), sorted(texts))
        for name, text in texts.items():
            self.assertEqual((self.out / name).with_suffix(".txt").read_text().strip(), text)
            pdf = (self.out / name).with_suffix(".pdf")
            self.assertEqual(subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout.strip(), text)

    def test_output_that_was_moved_away_is_not_written_again(self):
        write_page(self.inbox / "one.png", "Winter evening")
        for number, name in enumerate(("two.png", "three.png"), start=1):
            self.start("--format", "text,pdf")
            write_page(self.inbox / name, "Summer morning")
            self.wait_for_pages("one.png", name)
            self.end()
            for path in (*self.out.glob("*.pdf"), *self.out.glob("*.txt")):
                path.unlink()
            self.assertEqual(len(self.recorded()), number + 1)
        ocrtune("apply", self.inbox, "-o", self.out, *QUICK, "--format", "text,pdf", check=0)
        self.assertEqual(len(list(self.out.glob("*.pdf"))), 3)

    def test_others_that_watch_are_told_of_a_pdf(self):
        self.out.mkdir()
        libc = ctypes.CDLL(None, use_errno=True)
        told = libc.inotify_init1(os.O_NONBLOCK)
        self.addCleanup(os.close, told)
        libc.inotify_add_watch(told, bytes(self.out), MOVED_TO)
        self.start("--format", "pdf")
        write_page(self.inbox / "one.png", "Winter evening")
        self.wait_for_pages("one.png")
        self.assertIn(b"one.pdf", os.read(told, 65536))

    def test_what_can_not_be_read_is_left_out(self):
        self.start()
        (self.inbox / "broken.png").write_bytes(b"no image")
        self.wait_for_line("broken.png: ")
        write_page(self.inbox / "one.png", "Winter evening")
        self.wait_for_pages("one.png")
        write_page(self.inbox / "one.bmp", "Summer morning")
        self.wait_for_line("ocrtune: one.bmp: its output would overwrite that of ")
        write_page(self.inbox / "broken.png", "Harvest festival")
        self.wait_for_pages("broken.png")
        self.assertEqual(self.end()[0], 0)
        self.assertEqual(self.log.read_text().count("broken.png: "), 1)
        self.assertEqual((self.out / "one.txt").read_text().strip(), "Winter evening")

    def test_output_below_the_folder_is_no_input(self):
        self.out = self.inbox / "out"
        self.start("--images", "png")
        write_page(self.inbox / "one.png", "Winter evening")
        self.wait_for_pages("one.png")
        write_page(self.inbox / "two.png", "Winter evening")
        self.wait_for_pages("two.png")
        self.end()
        self.assertEqual(self.recorded(), ["one.png", "two.png"])

    def test_a_folder_that_vanishes_ends_it(self):
        self.start()
        self.wait_for_line("is watched")
        shutil.rmtree(self.inbox)
        self.assertEqual(self.process.wait(timeout=120), 2)
        self.assertIn("inbox: the folder can't be read: No such file or directory\n", self.log.read_text())

    def test_one_process_for_an_output_folder(self):
        self.start()
        self.wait_for_line("is watched")
        self.assertIn("another `ocrtune apply --watch` writes there",
                      ocrtune("apply", self.inbox, "-o", self.out, "--watch", *QUICK, check=5).stderr)

    def test_the_unit_for_systemd(self):
        unit = ROOT / "examples/systemd/ocrtune-watch@.service"
        service = configparser.RawConfigParser(strict=False)
        service.optionxform = str
        service.read_string(unit.read_text())
        program, *arguments = service["Service"]["ExecStart"].replace("/srv/ocrtune/%i", str(self.tmp)).split()
        self.assertEqual(program, "/usr/bin/ocrtune")
        at = arguments.index("$OPTIONS")
        arguments[at:at + 1] = QUICK
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen([OCRTUNE, *arguments], stdout=subprocess.PIPE, stderr=log, text=True)
        write_page(self.inbox / "one.png", "Winter evening")
        self.wait_for_pages("one.png")
        self.assertEqual(self.end(signal.SIGTERM)[0], 0)
        if shutil.which("systemd-analyze"):
            # An instance, whose program is there.
            there = self.tmp / "ocrtune-watch@letters.service"
            there.write_text(unit.read_text().replace("/usr/bin/ocrtune", OCRTUNE))
            said = subprocess.run(["systemd-analyze", "verify", there], capture_output=True, text=True, check=False)
            self.assertNotIn("ocrtune-watch", said.stderr)

    def test_what_it_can_not_do_is_refused(self):
        write_page(self.tmp / "one.png", "Winter evening")
        for arguments, why in (([self.tmp / "one.png"], "needs one folder as input"),
                               ([self.inbox, self.inbox], "needs one folder as input"),
                               ([self.inbox, "--pages", "1"], "takes all pages, without --pages"),
                               ([self.inbox, "--journal", "postgresql://nobody@localhost/x/y"], "takes no --journal")):
            said = ocrtune("apply", *arguments, "-o", self.out, "--watch", *QUICK, check=1).stderr
            self.assertEqual(said, f"ocrtune: --watch: {why}\n")
        said = ocrtune("apply", self.inbox, "-o", self.tmp / "book.pdf", "--watch", *QUICK, check=1).stderr
        self.assertEqual(said, "ocrtune: --watch: needs an output folder\n")
        self.assertEqual(os.listdir(self.tmp / "inbox"), [])


if __name__ == "__main__":
    unittest.main()
