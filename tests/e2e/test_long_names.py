"""Names of pages whose outputs would have names or paths that are too long for the file system: these pages alone are left out."""
import json
import os
import unittest

from PIL import Image

from test_external_engines import EngineCase

# What file systems allow that tests run on.
NAME = 255
PATH = 4095


class LongNames(EngineCase):
    def setUp(self):
        super().setUp()
        self.make_engine("words")
        self.pages = self.page("short").parent
        self.out = self.tmp / "out"

    def run_command(self, *arguments, **options):
        engine = () if arguments[0] == "clean" else ("--engine", "words")
        return super().run_command(*arguments, "-o", options.pop("out", self.out), *engine, **options)

    def long_page(self, stem, ending=".png"):
        """A page whose name has `stem` bytes before its ending."""
        return self.page("a").rename(self.pages / ("a" * stem + ending))

    def files(self):
        return sorted(len(path.name) for path in self.out.rglob("*") if path.is_file())

    def check_left_out(self, done, page, bytes_wanted, others=1):
        lines = [line for line in done.stderr.splitlines() if line.startswith("ocrtune: ")]
        self.assertEqual(lines, [f"ocrtune: {page}: a name in the output would have {bytes_wanted} bytes, "
                                 f"the file system allows {NAME}"])
        self.assertIn(f"{others} pages written to ", done.stderr)

    def test_read_leaves_out_one_page(self):
        page = self.long_page(NAME - 4)
        done = self.run_command("read", self.pages, "--format", "text,page", check=2)
        self.check_left_out(done, page.name, NAME - 4 + len(".page.xml"))
        self.assertEqual(self.files(), [len("short.txt"), len("short.page.xml")])
        # Its text alone can be written.
        done = self.run_command("read", self.pages, check=0)
        self.assertIn("2 pages written to ", done.stderr)
        self.assertIn(NAME, self.files())

    def test_apply_leaves_out_one_page_again_and_again(self):
        page = self.long_page(NAME - 4)
        for done_before in (0, 1):
            done = self.run_command("apply", self.pages, "--pipeline", "raw", "--format", "json", "--json", check=2)
            self.check_left_out(done, page.name, NAME + 1, 1 - done_before)
            said = json.loads(done.stdout)
            self.assertEqual((said["count"], said["done_before"]), (1, done_before))
            self.assertEqual([one["page"] for one in said["pages"]], ["short.png"])

    def test_images_and_cleaned_pages(self):
        page = self.long_page(NAME - 2, ".a")
        for command in (("apply", "--images", "tiff", "--format", "text"), ("clean", "--format", "tiff")):
            done = self.run_command(*command, self.pages / "short.png", page, "--pipeline", "raw", "--json", check=2,
                                    out=self.tmp / command[0])
            self.check_left_out(done, page.name, NAME + 2)
            self.assertIn('"page": "short.png"', done.stdout)
            self.assertNotIn("aaa", done.stdout)

    def test_pages_of_a_file_have_longer_names(self):
        with Image.open(self.pages / "short.png") as image:
            copies = [image.copy() for _ in range(10)]
        scan = self.pages / ("a" * (NAME - 6) + ".tif")
        copies[0].save(scan, save_all=True, append_images=copies[1:])
        done = self.run_command("read", scan, check=2)
        self.check_left_out(done, scan.name + "#10", NAME + 1, 9)

    def test_a_pdf_of_all_pages_is_one_line(self):
        with Image.open(self.pages / "short.png") as image:
            copies = [image.copy() for _ in range(3)]
        scan = self.pages / ("a" * NAME)
        copies[0].save(scan, "TIFF", save_all=True, append_images=copies[1:])
        for command in (("read",), ("apply", "--pipeline", "raw"), ("clean", "--pipeline", "raw")):
            done = self.run_command(*command, scan, self.pages / "short.png", "--format", "pdf", check=2,
                                    out=self.tmp / command[0])
            self.check_left_out(done, scan.name, NAME + 4)

    def test_without_another_page_nothing_is_done(self):
        page = self.long_page(NAME - 4)
        done = self.run_command("read", page, "--format", "hocr", check=2)
        self.assertIn("no page could be read; nothing was done", done.stderr)
        self.assertFalse(self.out.exists())

    def test_a_path_is_too_long(self):
        self.page("b" * 100)
        deep = f"{self.tmp}/out"
        while len(deep) < PATH - 260:
            deep += "/" + "d" * 200
        deep += "/" + "d" * (PATH - 60 - len(deep) - 1)
        done = self.run_command("read", self.pages, out=deep, check=2)
        warnings = [line for line in done.stderr.splitlines() if line.startswith("ocrtune: ")]
        self.assertEqual(warnings, [f"ocrtune: {'b' * 100}.png: the path of the output would have {PATH - 60 + 105} bytes, "
                                    f"the system allows {PATH}"])
        self.assertEqual(os.listdir(deep), ["short.txt"])
        # The folder itself, before anything is recognized.
        done = self.run_command("read", self.pages, out=deep + "/" + "e" * 100, check=5)
        self.assertIn("the folder cannot be created: the path of the output would have", done.stderr)

    def test_one_document(self):
        book = self.tmp / ("b" * (NAME - 8) + ".pdf")
        done = self.run_command("apply", self.pages, "--pipeline", "raw", out=book, check=5)
        self.assertIn(f"can't be written: a name in the output would have {NAME + 5} bytes", done.stderr)
        self.assertFalse((self.engines / "words" / "started").exists())


if __name__ == "__main__":
    unittest.main()
