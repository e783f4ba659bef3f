"""Text that the pages of a PDF have already: what can be seen of it stays or goes as --existing-text says, the rest is replaced."""
import re

from PIL import Image

from pdf_files import Parsed, PdfFile, run, sound, texts_of
from support import ScratchCase, ocrtune
from typed_pages import LINES, TypedPage

PAGE = TypedPage(LINES[:2])
WIDTH, HEIGHT = (side * 72 / 300 for side in PAGE.image.size)
WORDS = " ".join(LINES[:2]).split()
GARBAGE = "Xqzzrk plomf wibble dnarg sploink"
FOOTER = "This content downloaded from 192.0.2.7 on Tue"
IMAGE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im Do Q"
BOX = f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"


def lines(show="Tj", text=GARBAGE):
    """Two lines of text where the page has its own."""
    return " ".join(f"1 0 0 1 24 {HEIGHT - 36 - 18 * row} Tm ({text}) {show}" for row in range(2))


def text(state="", words=GARBAGE):
    return f"BT /F 11 Tf {state} {lines(text=words)} ET"


class Made:
    """A PDF whose pages show PAGE; what else they show is named /F, /Im, /Soft, /Clear, /Form, /Off, /On and /Layer."""

    def __init__(self, image=PAGE.image):
        self.pdf = pdf = PdfFile()
        gray = "/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray"
        self.font = pdf.add("/Type /Font /Subtype /Type1 /BaseFont /Helvetica")
        self.image = pdf.add(f"{gray} /Width {image.width} /Height {image.height}", image.tobytes())
        mask = pdf.add(f"{gray} /Width 1 /Height 1", b"\0")
        self.soft = pdf.add(f"{gray} /Width 1 /Height 1 /SMask {mask} 0 R", b"\xff")
        self.off = pdf.add("/Type /OCG /Name (Off)")
        self.on = pdf.add("/Type /OCG /Name (On)")
        pdf.catalog += f" /OCProperties << /OCGs [{self.off} 0 R {self.on} 0 R] /D << /OFF [{self.off} 0 R] >> >>"

    def form(self, content, entries=""):
        return self.pdf.add(f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}] {entries} "
                            f"/Resources << /Font << /F {self.font} 0 R >> /XObject << /Im {self.image} 0 R >> >>", content.encode())

    def add(self, content, form=None, entries=BOX):
        forms = f"/Form {form} 0 R" if form else ""
        self.pdf.add_page(content, entries,
                          f"/Font << /F {self.font} 0 R >> /XObject << /Im {self.image} 0 R /Soft {self.soft} 0 R {forms} >> "
                          f"/ExtGState << /Clear << /ca 0 /CA 0 >> >> /Properties << /Off {self.off} 0 R /On {self.on} 0 R "
                          f"/Layer << /Type /OCMD /OCGs [{self.off} 0 R] >> >>")


HIDDEN = {
    "rendering mode 3": f"{IMAGE} {text('3 Tr')}",
    "rendering mode 7": f"{IMAGE} q {text('7 Tr')} Q",
    "under the image": f"{text()} {IMAGE}",
    "under strips of it": f"{text()} q 0 0 {WIDTH} {HEIGHT - 41} re W n {IMAGE} Q q 0 {HEIGHT - 41} {WIDTH} 41 re W n {IMAGE} Q",
    "under a rectangle": f"{text()} 1 g 0 0 {WIDTH} {HEIGHT} re f {IMAGE}",
    "white": f"{IMAGE} {text('1 g')}",
    "white in colours": f"{IMAGE} {text('1 1 1 rg')}",
    "white without ink": f"{IMAGE} {text('0 0 0 0 k')}",
    "white on paper": f"{text('1 g')} q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Soft Do Q {IMAGE}",
    "clipped away": f"{IMAGE} q 0 0 0 0 re W n {text()} Q",
    "clipped to a corner": f"{IMAGE} q 0 0 4 4 re W n {text()} Q",
    "outside of the page": f"{IMAGE} BT /F 11 Tf 1 0 0 1 24 -40 Tm ({GARBAGE}) Tj ET",
    "transparent": f"{IMAGE} q /Clear gs {text()} Q",
    "in a hidden layer": f"{IMAGE} /OC /Off BDC {text()} EMC",
    "in a member of one": f"{IMAGE} /OC /Layer BDC {text()} EMC",
}
FORMS = {
    "a form of mode 3": (f"{IMAGE} /Form Do", text("3 Tr"), ""),
    "a form under the image": (f"/Form Do {IMAGE}", text(), ""),
    "a form under its own image": ("/Form Do", f"{text()} {IMAGE}", ""),
    "a form in a hidden layer": (f"{IMAGE} /Form Do", text(), "/OC OFF 0 R"),
    "a transparent group": (f"{IMAGE} /Clear gs /Form Do", text(), "/Group << /S /Transparency >>"),
}


class ExistingText(ScratchCase):
    def written(self, made, *arguments):
        source = made.pdf.write(self.tmp / "made.pdf")
        self.said = ocrtune("read", source, "-o", self.tmp / "out", "--format", "pdf", *arguments, check=0).stderr
        return sound(self.tmp / "out" / "made.pdf")

    def check_replaced(self, made, names):
        texts = texts_of(self.written(made))
        self.assertEqual(len(texts), len(names))
        for name, found in zip(names, texts):
            with self.subTest(name):
                self.assertEqual(found.split(), WORDS)
        self.assertIn(f"made.pdf: pages whose text could not be seen have the words instead: {len(names)}\n", self.said)
        self.assertNotIn("of their own", self.said)

    def test_text_that_cannot_be_seen_is_replaced(self):
        made = Made()
        for content in HIDDEN.values():
            made.add(content)
        self.check_replaced(made, list(HIDDEN))

    def test_so_is_that_of_forms(self):
        made = Made()
        for content, form, entries in FORMS.values():
            made.add(content, made.form(form, entries.replace("OFF", str(made.off))))
        self.check_replaced(made, list(FORMS))

    def test_so_is_that_of_turned_pages(self):
        made = Made()
        for quarters in (1, 2, 3):
            matrix = [(0, WIDTH, -HEIGHT, 0, HEIGHT, 0), (-WIDTH, 0, 0, -HEIGHT, WIDTH, HEIGHT), (0, -WIDTH, HEIGHT, 0, 0, WIDTH)][quarters - 1]
            box = BOX if quarters == 2 else f"/MediaBox [0 0 {HEIGHT} {WIDTH}]"
            made.add(f"q {' '.join(map(str, matrix))} cm /Im Do Q BT /F 11 Tf 1 g 1 0 0 1 20 20 Tm (Xqzz) Tj ET",
                     entries=f"{box} /Rotate {90 * quarters}")
        self.check_replaced(made, ["90", "180", "270"])

    def test_text_that_can_be_seen_stays(self):
        made = Made()
        shown = {
            "beside the image": f"{IMAGE} BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET",
            "in a layer that is shown": f"{IMAGE} /OC /On BDC BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET EMC",
            "beside what an image covers": f"BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET q 0 20 {WIDTH} {HEIGHT} re W n {IMAGE} Q",
            "under what shines through": f"{IMAGE} BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Soft Do Q",
            "over garbage": f"{text()} {IMAGE} BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET",
            "white on black": f"{IMAGE} 0 g 0 0 {WIDTH} 20 re f BT 1 g /F 6 Tf 20 8 Td ({FOOTER}) Tj ET",
        }
        for content in shown.values():
            made.add(content)
        for name, found in zip(shown, texts_of(self.written(made))):
            with self.subTest(name):
                words = found.split()
                self.assertEqual([word for word in WORDS if word not in words], [])
                self.assertIn(FOOTER, " ".join(words))
                self.assertEqual(found.count("downloaded"), 1)
                self.assertNotIn("wibble", words)
        self.assertIn("made.pdf: pages with text of their own keep it and get words beside it: 6; "
                      "pages whose text could not be seen have the words instead: 1\n", self.said)

    def test_a_form_that_another_page_shows_keeps_its_text(self):
        made = Made()
        form = made.form(f"BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET")
        made.add(f"/Form Do {IMAGE}", form)
        made.add(f"{IMAGE} /Form Do", form)
        covered, shown = texts_of(self.written(made))
        self.assertEqual(covered.split(), WORDS)
        self.assertIn(FOOTER, " ".join(shown.split()))

    def test_each_way(self):
        made = Made()
        made.add(f"{IMAGE} BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET")
        made.add(f"{IMAGE} {text('3 Tr')}")
        made.add(" ".join(f"BT /F 12 Tf 20 {HEIGHT - 40 - 20 * row} Td ({line}) Tj ET" for row, line in enumerate(LINES[:2])))
        replaced = "pages whose text could not be seen have the words instead: 1\n"

        kept = self.written(made, "--existing-text", "keep")
        self.assertEqual([text.split() for text in texts_of(kept)], [FOOTER.split(), WORDS, WORDS])
        self.assertIn(f"made.pdf: pages with text of their own keep it and get no other: 2; {replaced}", self.said)

        added = self.written(made, "--existing-text", "add")
        self.assertEqual(sorted(texts_of(added)[0].split()), sorted(FOOTER.split() + WORDS))
        self.assertEqual([text.split() for text in texts_of(added)[1:]], [WORDS, WORDS])
        self.assertIn("made.pdf: pages with text of their own keep it and get no other: 1; "
                      f"pages with text of their own keep it and get words beside it: 1; {replaced}", self.said)
        self.assertEqual(added.read_bytes(), self.written(made).read_bytes())

        pictures = self.written(made, "--existing-text", "replace")
        self.assertIn("made.pdf: pages with text of their own are pictures now, with all words: 2; " + replaced, self.said)
        for page in (1, 3):
            self.assertNotIn("Helvetica", run("pdffonts", "-f", page, "-l", page, pictures).decode())
        for found in texts_of(pictures):
            self.assertEqual([word for word in WORDS if word not in found.split()], [])
        self.assertIn("downloaded", texts_of(pictures)[0])
        for page in (1, 2, 3):
            shown = []
            for path in (self.tmp / "made.pdf", pictures):
                run("pdftoppm", "-r", 100, "-gray", "-f", page, "-l", page, "-singlefile", path, self.tmp / "shown")
                shown.append(Image.open(self.tmp / "shown.pgm").copy())
            self.assertEqual(shown[0].size, shown[1].size)
            dark = [sum(image.histogram()[:128]) for image in shown]
            self.assertAlmostEqual(dark[0], dark[1], delta=0.25 * dark[0] + 20)

    def test_fonts_of_text_that_is_gone_are_still_there(self):
        """As Tesseract writes it: without a group around the text, whose font stays selected."""
        made = Made()
        made.add(f"{IMAGE} BT 3 Tr 1 0 0 1 24 60 Tm /F 9 Tf 80 Tz [ ({GARBAGE}) ] TJ ET")
        path = self.written(made)
        self.assertEqual(texts_of(path)[0].split(), WORDS)
        pdf = Parsed(path)
        page = pdf.page(0)
        selected = set(re.findall(rb"/(\w+) [\d.]+ Tf", b"".join(pdf.data(part) for part in page["/Contents"])))
        self.assertIn(b"F", selected)
        self.assertLessEqual(selected, {name[1:].encode() for name in pdf.value(pdf.value(page["/Resources"])["/Font"])})

    def test_apply_does_not_mix_ways(self):
        made = Made()
        made.add(f"{IMAGE} BT /F 6 Tf 20 8 Td ({FOOTER}) Tj ET")
        source = made.pdf.write(self.tmp / "made.pdf")
        command = ["apply", source, "-o", self.tmp / "out", "--format", "pdf", "--pipeline", "raw"]
        ocrtune(*command, "--existing-text", "keep", check=0)
        self.assertEqual(texts_of(sound(self.tmp / "out" / "made.pdf"))[0].split(), FOOTER.split())
        self.assertIn("this folder was written with other settings", ocrtune(*command, check=5).stderr)

    def test_another_name_is_refused(self):
        made = Made()
        made.add(IMAGE)
        refused = ocrtune("read", made.pdf.write(self.tmp / "made.pdf"), "--existing-text", "skip", check=1)
        self.assertIn("--existing-text", refused.stderr)
        self.assertIn("replace", refused.stderr)


if __name__ == "__main__":
    import unittest
    unittest.main()
