"""HEIF and AVIF files as pages, made by Debian's heif-enc."""
import csv
import json
import subprocess
import unittest

from PIL import Image, ImageChops, ImageStat

from pdf_files import sound
from support import ScratchCase, doctor, ocrtune, sample_pages


class HeifPages(ScratchCase):
    def setUp(self):
        super().setUp()
        self.scans = self.tmp / "scans"
        self.scans.mkdir()
        self.page = sample_pages() / "01-prose-eng-ruled.png"

    def encode(self, name, *pages, options=()):
        path = self.scans / name
        subprocess.run(["heif-enc", "-q", "90", *options, *map(str, pages), "-o", path], check=True, capture_output=True)
        return path

    def difference(self, one, other):
        with Image.open(one) as first, Image.open(other) as second:
            self.assertEqual(first.size, second.size)
            return ImageStat.Stat(ImageChops.difference(first.convert("L"), second.convert("L"))).mean[0]

    def test_are_found_and_recognized(self):
        self.encode("a.heic", self.page)
        self.encode("b.AVIF", self.page, options=["-A"])
        done = ocrtune("read", self.scans, "--format", "text,pdf", "-o", self.tmp / "out", "--quiet", check=0)
        self.assertEqual(done.stderr, "")
        expected = ocrtune("read", self.page, check=0).stdout.split()
        for name in ("a", "b"):
            words = (self.tmp / "out" / f"{name}.txt").read_text().split()
            self.assertGreater(len(set(words) & set(expected)), 0.6 * len(set(expected)))
            sound(self.tmp / "out" / f"{name}.pdf")

    def test_every_image_is_a_page(self):
        self.encode("book.heic", *sorted(sample_pages().glob("*.png")), options=["-t", "64"])
        cleaned = json.loads(ocrtune("clean", self.scans, "--pipeline", "raw", "-o", self.tmp / "out", "--json", check=0).stdout)
        self.assertEqual([one["page"] for one in cleaned], [f"book.heic#{number}" for number in range(1, 5)])
        for one, page in zip(cleaned, sorted(sample_pages().glob("*.png"))):
            self.assertLess(self.difference(one["file"], page), 3)

    def test_a_damaged_file_is_left_out(self):
        good = self.encode("a.heic", self.page)
        (self.scans / "cut.heic").write_bytes(good.read_bytes()[:-1000])
        (self.scans / "film.heic").write_bytes(b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc" + b"\0\0\0\x08moov")
        done = ocrtune("score", self.scans, "--pipeline", "raw", check=2)
        lines = [line for line in done.stderr.splitlines() if line.startswith("ocrtune: ")]
        self.assertEqual([line.split(": ")[2].split(" ")[0] for line in lines], ["is", "is"], done.stderr)
        self.assertEqual({row["page"] for row in csv.DictReader(done.stdout.splitlines(), delimiter=";")}, {"a.heic"})

    def test_doctor_names_the_library(self):
        self.assertRegex(doctor()["libraries"]["libheif"], r"^1\.\d+")


if __name__ == "__main__":
    unittest.main()
