"""Every model that is named in docs/explanation/reading.md reads a line of its script as Tesseract does."""
from support import PAGES, ScratchCase, ocrtune

LANGUAGES = ("eng", "fra", "deu", "spa", "ita", "lat", "rus", "ell", "chi_sim", "jpn")


class Models(ScratchCase):
    def read(self, page, lang, engine):
        folder = self.tmp / f"{page.stem}-{lang}-{engine}"
        ocrtune("read", page, "--lang", lang, "--engine", engine, "--format", "tsv", "-o", folder, "--quiet", check=0)
        (found,) = folder.glob("*.tsv")
        rows = [line.split("\t") for line in found.read_text(encoding="utf-8").splitlines()]
        # Words that stand without spaces, or that several languages read, may get other boxes.
        return [row[10:] for row in rows] if lang in ("chi_sim", "jpn") or "+" in lang else rows

    def test_every_script_reads_as_stock_does(self):
        for lang in LANGUAGES:
            with self.subTest(lang):
                page = PAGES / "models" / f"{lang}.png"
                stock = self.read(page, lang, "tesseract")
                self.assertGreater(len(stock), 1)
                self.assertEqual(self.read(page, lang, "lstm"), stock)

    def test_scripts_from_right_to_left_and_several_at_once(self):
        for lang in ("ara", "ara+eng", "eng+ara", "fra+rus+eng"):
            for name in ("ara", "rus"):
                page = PAGES / "models" / f"{name}.png"
                with self.subTest(lang=lang, page=name):
                    stock = self.read(page, lang, "tesseract")
                    self.assertGreater(len(stock), 1)
                    self.assertEqual(self.read(page, lang, "lstm"), stock)
        said = ocrtune("read", PAGES / "models" / "ara.png", "--lang", "ara", "--verbose", check=0).stderr
        self.assertNotIn("OCR engine Tesseract", said)
