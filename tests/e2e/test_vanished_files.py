"""Files that are deleted, emptied or replaced while a command works: one line each, and all numbers agree."""
import csv
import fcntl
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import termios
import time
import unittest

from PIL import Image

from support import OCRTUNE, ocrtune
from test_external_engines import EngineCase

# What an engine does at its first page: the moment is sure.
AT_FIRST_PAGE = "if requests == 1: exec(open({path!r}).read())"
DELETE = "import os; os.remove({victim!r})"
EMPTY = "open({victim!r}, 'w').close()"
REPLACE = "import shutil; shutil.copy({other!r}, {victim!r})"


class Vanishing(EngineCase):
    def setUp(self):
        super().setUp()
        self.pages = self.page("a").parent
        self.victim = self.page("b")
        self.page("c", 400)
        self.out = self.tmp / "out"

    def scan_of(self, path, count):
        with Image.open(path) as image:
            image.save(path.with_suffix(".tif"), save_all=True, append_images=[image.rotate(180)] * (count - 1))
        path.unlink()
        return path.with_suffix(".tif")

    def run_command(self, action, *arguments, victim=None, **options):
        """Recognizes the pages with an engine that does something at the first one."""
        victim = victim or self.victim
        hook = self.tmp / "hook.py"
        hook.write_text(action.format(victim=str(victim), other=str(self.pages / "c.png")))
        self.make_engine("hook", do=AT_FIRST_PAGE.format(path=str(hook)))
        return super().run_command(arguments[0], self.pages, *arguments[1:], "-o", self.out, "--engine", "hook", "--jobs", 1, **options)

    def warnings(self, done):
        return [line.removeprefix("ocrtune: ") for line in done.stderr.splitlines() if line.startswith("ocrtune: ")]

    def check(self, done, warnings, written):
        self.assertEqual(self.warnings(done), warnings)
        self.assertIn(f"{written} pages written to ", done.stderr)

    def outputs(self):
        return sorted(str(path.relative_to(self.out)) for path in self.out.rglob("*") if path.is_file())


class OfImages(Vanishing):
    """Their PDFs need the files again."""

    def test_read(self):
        for action, reason in ((DELETE, "can't be read: No such file or directory"), (EMPTY, "is empty"),
                               (REPLACE, "has changed since the command began")):
            self.victim = self.page("b")
            shutil.rmtree(self.out, ignore_errors=True)
            done = self.run_command(action, "read", "--format", "text,pdf", "--json", check=2)
            self.check(done, [f"b.png: {reason}"], 2)
            self.assertEqual([page["page"] for page in json.loads(done.stdout)], ["a.png", "c.png"])
            # Another image in its place is shown by no PDF either.
            self.assertEqual(self.outputs(), ["a.pdf", "a.txt", "c.pdf", "c.txt"])

    def test_apply(self):
        done = self.run_command(DELETE, "apply", "--pipeline", "raw", "--format", "text,pdf", "--json", check=2)
        self.check(done, ["b.png: can't be read: No such file or directory"], 2)
        self.assertEqual(json.loads(done.stdout)["count"], 2)
        self.assertEqual(self.outputs(), ["a.pdf", "a.txt", "c.pdf", "c.txt", "ocrtune-apply.jsonl"])
        # Once it is there again, the same command does it.
        self.page("b")
        done = self.run_command("", "apply", "--pipeline", "raw", "--format", "text,pdf", "--json", check=0)
        self.check(done, [], 1)
        said = json.loads(done.stdout)
        self.assertEqual((said["count"], said["done_before"]), (3, 2))

    def test_pages_of_a_file(self):
        self.victim = self.scan_of(self.victim, 2)
        for command in (("read",), ("apply", "--pipeline", "raw")):
            shutil.rmtree(self.out, ignore_errors=True)
            if not self.victim.exists():
                self.victim = self.scan_of(self.page("b"), 2)
            done = self.run_command(DELETE, *command, "--format", "text,pdf", check=2)
            self.check(done, [f"b.tif#{number}: can't be read: No such file or directory" for number in (1, 2)], 2)

    def test_all_pages_of_the_only_file(self):
        for path in self.pages.iterdir():
            path.unlink()
        scan = self.scan_of(self.page("b"), 3)
        done = self.run_command(DELETE, "read", "--format", "pdf", "--json", victim=scan, check=2)
        # The first one too needs it for its picture.
        self.check(done, [f"b.tif#{number}: can't be read: No such file or directory" for number in (1, 2, 3)], 0)
        self.assertEqual(json.loads(done.stdout), [])
        self.assertEqual(self.outputs() if self.out.exists() else [], [])


class NotInMemory(Vanishing):
    """With little memory, pages are read again when they are recognized."""

    def test_each_is_one_line(self):
        for action, reason in ((DELETE, "can't be read: No such file or directory"), (EMPTY, "is empty"),
                               (REPLACE, "has changed since the command began")):
            for command in (("read",), ("apply", "--pipeline", "raw")):
                self.victim = self.page("b")
                shutil.rmtree(self.out, ignore_errors=True)
                done = self.run_command(action, *command, "--memory", "180M", check=2)
                self.check(done, [f"b.png: {reason}"], 2)
                self.assertEqual([name for name in self.outputs() if name.endswith(".txt")], ["a.txt", "c.txt"])


class OfPdfs(Vanishing):
    """They keep their pages, and get words at the end."""

    def setUp(self):
        super().setUp()
        book = [Image.open(self.pages / f"{name}.png") for name in "abc"]
        book[0].save(self.pages / "b.pdf", save_all=True, append_images=book[1:], resolution=150)
        for name in "abc":
            (self.pages / f"{name}.png").unlink()
        self.page("a")
        self.victim = self.pages / "b.pdf"

    def last_page_hook(self):
        """Deletes the file when its last page is recognized."""
        return f"import os\nif os.path.exists({str(self.victim)!r}): os.remove({str(self.victim)!r})"

    def test_the_last_page_ends_with_the_pdf(self):
        victim = self.victim.read_bytes()
        for command in (("read",), ("apply", "--pipeline", "raw")):
            self.victim.write_bytes(victim)
            shutil.rmtree(self.out, ignore_errors=True)
            hook = self.tmp / "hook.py"
            hook.write_text(self.last_page_hook())
            self.make_engine("hook", do=f"if requests == 4: exec(open({str(hook)!r}).read())")
            done = EngineCase.run_command(self, *command[:1], self.pages, *command[1:], "--format", "pdf", "-o", self.out, "--engine",
                                          "hook", "--jobs", 1, "--json", check=2)
            self.check(done, [f"b.pdf#3: no PDF was written: {self.victim}: can't be read: No such file or directory"], 3)
            said = json.loads(done.stdout)
            pages = said if command == ("read",) else said["pages"]
            self.assertEqual(sorted(page["page"] for page in pages), ["a.png", "b.pdf#1", "b.pdf#2"])
            self.assertFalse((self.out / "b.pdf").exists())


class BeforeTheyAreLoaded(EngineCase):
    """They were listed, and are gone before they are loaded."""

    def listed_then(self, act, *command):
        """Runs a command with a list on standard input, and acts when it has read the list."""
        process = subprocess.Popen([OCRTUNE, command[0], "-", *map(str, command[1:])], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env={**os.environ, **self.environment})
        self.addCleanup(process.kill)
        for name in ("a", "b", "c"):
            process.stdin.write(f"{self.page(name)}\n")
        process.stdin.flush()
        limit = time.monotonic() + 60
        while not self.waits_for_more(process):
            self.assertLess(time.monotonic(), limit)
            self.assertIsNone(process.poll())
            time.sleep(0.01)
        act()
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    @staticmethod
    def waits_for_more(process):
        """Whether it has taken all of its input, and asks for more."""
        waiting = struct.unpack("i", fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0" * 4))[0]
        call = pathlib.Path(f"/proc/{process.pid}/syscall").read_text().split()
        return waiting == 0 and call[:2] == ["0", "0x0"]

    def test_counts_of_all_commands(self):
        self.make_engine("words")
        out = self.tmp / "out"
        for command in (["read", "-o", out], ["apply", "--pipeline", "raw", "-o", out], ["score", "--pipeline", "raw"]):
            shutil.rmtree(out, ignore_errors=True)
            status, said, told = self.listed_then(lambda: (self.tmp / "pages" / "b.png").unlink(), *command, "--engine", "words")
            self.assertEqual(status, 2, told)
            warnings = [line for line in told.splitlines() if line.startswith("ocrtune: ")]
            self.assertEqual(warnings, [f"ocrtune: {self.tmp}/pages/b.png: can't be read: No such file or directory"])
            self.assertFalse(re.search(r"\b\d/3 pages", told), told)
            if command[0] != "score":
                self.assertIn("2 pages written to ", told)
            else:
                self.assertEqual({row["page"] for row in csv.DictReader(said.splitlines(), delimiter=";")}, {"a.png", "c.png"})

    def test_clean_without_any(self):
        def remove():
            for name in ("a", "b", "c"):
                (self.tmp / "pages" / f"{name}.png").write_bytes(b"")
        status, _, told = self.listed_then(remove, "clean", "--pipeline", "raw", "-o", self.tmp / "out")
        self.assertEqual(status, 2)
        self.assertEqual(told.splitlines(), [f"ocrtune: {self.tmp}/pages/{name}.png: is empty" for name in "abc"] +
                         ["ocrtune: no page could be read; nothing was done"])


if __name__ == "__main__":
    unittest.main()
