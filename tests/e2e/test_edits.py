"""Pages that are edited by hand: the same texts as of pages that were scanned so."""
import json

from PIL import Image

from pdf_files import texts_of
from support import ScratchCase, ocrtune, tiny_pages


class EditsByHand(ScratchCase):
    def setUp(self):
        super().setUp()
        self.pages = [Image.open(path).convert("L") for path in sorted(tiny_pages().glob("*.png"))[:2]]
        self.pages.sort(key=lambda page: page.height)
        self.scans = self.tmp / "scans"
        self.scans.mkdir()

    def texts(self, *inputs):
        """The text of each page, by its name."""
        pages = json.loads(ocrtune("read", *inputs, "--json", "--quiet", check=0).stdout)
        return {page["page"]: page["text"] for page in pages}

    def plain(self):
        """What is read of the pages as they are."""
        folder = self.tmp / "plain"
        folder.mkdir()
        for number, page in enumerate(self.pages):
            page.save(folder / f"{number}.png")
        return list(self.texts(folder).values())

    def scan_of_two(self):
        """Both pages side by side, lying on their side."""
        first, second = self.pages
        scan = Image.new("L", (first.width + second.width, max(first.height, second.height)), 255)
        scan.paste(first, (0, 0))
        scan.paste(second, (first.width, 0))
        scan.transpose(Image.Transpose.ROTATE_90).save(self.scans / "two.png")
        (self.scans / "two.png.edit.toml").write_text(f"[[page]]\nrotate = 90\nsplit = {first.width}\n")

    def test_a_scan_of_two_pages_is_two_pages(self):
        self.scan_of_two()
        second = self.pages[1]
        self.assertEqual(second.height, max(page.height for page in self.pages))  # has no white added
        texts = self.texts(self.scans)
        self.assertEqual(list(texts), ["two.png#1", "two.png#2"])
        self.assertEqual(texts["two.png#2"], self.plain()[1])
        ocrtune("apply", self.scans, "--effort", "low", "--format", "text,pdf", "-o", self.tmp / "out", "--quiet", check=0)
        self.assertEqual(sorted(path.name for path in (self.tmp / "out").iterdir() if not path.name.startswith(("ocrtune", "."))),
                         ["two.1.txt", "two.2.txt", "two.pdf"])
        self.assertEqual(len(texts_of(self.tmp / "out" / "two.pdf")), 2)
        ocrtune("clean", self.scans, "--pipeline", "raw", "-o", self.tmp / "clean", "--quiet", check=0)
        with Image.open(self.tmp / "clean" / "two.2.png") as image:
            self.assertEqual(image.size, second.size)

    def test_an_excluded_page_is_in_no_result(self):
        for number, page in enumerate(self.pages):
            page.save(self.scans / f"{number}.png")
        (self.scans / "0.png.edit.toml").write_text("[[page]]\nexclude = true\n")
        self.assertEqual(list(self.texts(self.scans)), ["1.png"])

    def test_invalid_edits_are_told_and_the_others_are_read(self):
        for number, page in enumerate(self.pages):
            page.save(self.scans / f"{number}.png")
        (self.scans / "0.png.edit.toml").write_text("[[page]]\nrotate = 45\n")
        done = ocrtune("read", self.scans, "-o", self.tmp / "texts")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("0.png: 0.png.edit.toml: page 1: `rotate` must be 0, 90, 180 or 270", done.stderr)
        self.assertEqual([path.name for path in (self.tmp / "texts").iterdir()], ["1.txt"])
