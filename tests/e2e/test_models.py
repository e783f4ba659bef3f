"""Every model that is named in docs/explanation/reading.md reads a line of its script as Tesseract does."""
from support import PAGES, ScratchCase, ocrtune

LANGUAGES = ("eng", "fra", "deu", "spa", "ita", "lat", "rus", "ell", "chi_sim", "jpn")


class Models(ScratchCase):
    def read(self, page, lang, engine):
        folder = self.tmp / f"{lang}-{engine}"
        ocrtune("read", page, "--lang", lang, "--engine", engine, "--format", "tsv", "-o", folder, "--quiet", check=0)
        (found,) = folder.glob("*.tsv")
        rows = [line.split("\t") for line in found.read_text(encoding="utf-8").splitlines()]
        # Words that stand without spaces may get other boxes.
        return [row[10:] for row in rows] if lang in ("chi_sim", "jpn") else rows

    def test_every_script_reads_as_stock_does(self):
        for lang in LANGUAGES:
            with self.subTest(lang):
                page = PAGES / "models" / f"{lang}.png"
                stock = self.read(page, lang, "tesseract")
                self.assertGreater(len(stock), 1)
                self.assertEqual(self.read(page, lang, "lstm"), stock)

    def test_scripts_it_cannot_read_are_left_to_stock_by_name(self):
        page = PAGES / "models" / "ara.png"
        refused = ocrtune("read", page, "--lang", "ara", "--engine", "lstm", check=3)
        self.assertIn("right-to-left", refused.stderr)
        stock = self.read(page, "ara", "tesseract")
        self.assertGreater(len(stock), 1)
        self.assertEqual(self.read(page, "ara", "auto"), stock)
        said = ocrtune("read", page, "--lang", "ara", "--engine", "auto", check=0).stderr
        self.assertRegex(said, "OCR engine Tesseract: .*right-to-left")
