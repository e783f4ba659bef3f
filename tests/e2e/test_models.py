"""Every model that is named in docs/explanation/reading.md reads a line of its script as Tesseract does."""
import subprocess

from support import ScratchCase, ocrtune

CJK = "Droid Sans Fallback 28"
WESTERN = "DejaVu Serif 26"
LINES = {
    "eng": (WESTERN, "The quick brown fox (No. 47) pays £3,250.75 on 12/11/1998."),
    "fra": (WESTERN, "Où l’élève a-t-il reçu son goûter ? À Orléans, le 3 août 1871."),
    "deu": (WESTERN, "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich."),
    "spa": (WESTERN, "¿Dónde está el niño? ¡Mañana compró 25 piñas en Málaga!"),
    "ita": (WESTERN, "Perché la città è più bella? Costa € 14,50 a persona."),
    "lat": (WESTERN, "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae."),
    "rus": (WESTERN, "Сегодня мы читаем старые книги в библиотеке № 7."),
    "ell": (WESTERN, "Η βιβλιοθήκη έχει παλιά βιβλία, εφημερίδες και χάρτες."),
    "chi_sim": (CJK, "我们今天在北京的图书馆里读书。"),
    "jpn": (CJK, "今日は図書館で古い本を読みました。"),
}


class Models(ScratchCase):
    def line(self, name, font, text):
        path = self.tmp / f"{name}.png"
        subprocess.run(["pango-view", f"--font={font}", f"--text={text}", "--margin=30", "-q", "-o", path], check=True)
        return path

    def read(self, page, lang, engine):
        folder = self.tmp / f"{lang}-{engine}"
        ocrtune("read", page, "--lang", lang, "--engine", engine, "--format", "tsv", "-o", folder, "--quiet", check=0)
        (found,) = folder.glob("*.tsv")
        rows = [line.split("\t") for line in found.read_text(encoding="utf-8").splitlines()]
        # Words that stand without spaces may get other boxes.
        return [row[10:] for row in rows] if lang in ("chi_sim", "jpn") else rows

    def test_every_script_reads_as_stock_does(self):
        for lang, (font, text) in LINES.items():
            with self.subTest(lang):
                page = self.line(lang, font, text)
                stock = self.read(page, lang, "tesseract")
                self.assertGreater(len(stock), 1)
                self.assertEqual(self.read(page, lang, "lstm"), stock)

    def test_scripts_it_cannot_read_are_left_to_stock_by_name(self):
        page = self.line("ara", "DejaVu Sans 28", "نقرأ الكتب القديمة في المكتبة كل يوم")
        refused = ocrtune("read", page, "--lang", "ara", "--engine", "lstm", check=3)
        self.assertIn("right-to-left", refused.stderr)
        stock = self.read(page, "ara", "tesseract")
        self.assertGreater(len(stock), 1)
        self.assertEqual(self.read(page, "ara", "auto"), stock)
        said = ocrtune("read", page, "--lang", "ara", "--engine", "auto", check=0).stderr
        self.assertRegex(said, "OCR engine Tesseract: .*right-to-left")
