"""PDFs of several pages: kept with words added, made of images, resumed; and what PDF/A-2b asks for."""
import signal
import subprocess
import time

from PIL import Image, ImageChops, ImageCms

from pdf_files import Parsed, PdfFile, run, sound, texts_of
from support import OCRTUNE, ScratchCase, made_once, ocrtune
from test_pdf import words_of
from typed_pages import LINES, TypedPage

PAGE = TypedPage(LINES[:2])
WIDTH, HEIGHT = (side * 72 / 300 for side in PAGE.image.size)


def placed(quarters, left, bottom):
    """The matrix of an image that is upright once the page is turned clockwise, and its box."""
    across, up = (WIDTH, HEIGHT) if quarters % 2 == 0 else (HEIGHT, WIDTH)
    right, top = left + across, bottom + up
    matrix = [(WIDTH, 0, 0, HEIGHT, left, bottom), (0, WIDTH, -HEIGHT, 0, right, bottom),
              (-WIDTH, 0, 0, -HEIGHT, right, top), (0, -WIDTH, HEIGHT, 0, left, top)][quarters]
    return matrix, f"[{left} {bottom} {right} {top}]"


XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" pdfaid:part="1" pdfaid:conformance="B"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:source>a box in the attic</dc:source>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def make_book(folder):
    """Scans that are turned and cut out, one that is too large to be read, with metadata and an outline."""
    pdf = PdfFile()
    for quarters in range(4):
        matrix, box = placed(quarters, 100, 50)
        pdf.add_scan(PAGE.image, f"/MediaBox [0 0 900 900] /CropBox {box} /Rotate {90 * quarters} /UserUnit 2", matrix)
    pdf.add_scan(PAGE.image, "/MediaBox [0 0 14000000 14000000]", (14000000, 0, 0, 14000000, 0, 0))
    information = pdf.add("/Title (A book) /Author (Somebody) /CreationDate (D:19990101000000Z)")
    outline = pdf.add(f"/Title (Chapter two) /Dest [{pdf.pages[1]} 0 R /Fit]")
    outlines = pdf.add(f"/Type /Outlines /Count 1 /First {outline} 0 R /Last {outline} 0 R")
    pdf.objects[outline] = pdf.objects[outline].replace(b" >>", b" /Parent %d 0 R >>" % outlines)
    xmp = pdf.add("/Type /Metadata /Subtype /XML", XMP.encode())
    pdf.catalog += f" /Outlines {outlines} 0 R /Metadata {xmp} 0 R"
    pdf.trailer += f" /Info {information} 0 R"
    pdf.write(folder / "book.pdf")
    ocrtune("read", folder / "book.pdf", "-o", folder / "out", "--format", "pdf", "--jobs", 1, "--quiet", check=2)


class KeptPdf(ScratchCase):
    def setUp(self):
        super().setUp()
        self.folder = made_once("pdf-book", make_book)
        self.book, self.out = self.folder / "book.pdf", self.folder / "out" / "book.pdf"

    def written(self, source, *arguments, check=0):
        self.said = ocrtune("read", source, "-o", self.tmp / "out", "--format", "pdf", *arguments, check=check).stderr
        path = self.tmp / "out" / source.name
        return sound(path) if path.exists() else path

    def test_everything_is_kept(self):
        before, after = Parsed(self.book), Parsed(self.out)
        self.assertEqual(after.images(), before.images())
        self.assertEqual(after.value(after.trailer["/Info"]), before.value(before.trailer["/Info"]))
        self.assertEqual([outline["title"] for outline in after.outlines], ["Chapter two"])
        self.assertEqual(after.outlines[0]["destpageposfrom1"], 2)
        for page in range(5):
            for entry in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit"):
                self.assertEqual(after.page(page).get(entry), before.page(page).get(entry))
        self.assertLess(self.out.stat().st_size, self.book.stat().st_size + 8000)
        self.assertEqual([path.name for path in self.out.parent.iterdir()], ["book.pdf"])

    def test_xmp_is_kept_without_its_claim(self):
        after = Parsed(self.out)
        xmp = after.data(after.root["/Metadata"]).decode()
        self.assertIn("a box in the attic", xmp)
        self.assertNotIn("pdfaid:part", xmp)

    def test_words_lie_on_the_ink_of_every_page(self):
        texts = texts_of(self.out)
        self.assertEqual([text.split() for text in texts], 4 * [" ".join(LINES[:2]).split()] + [[]])
        ink = PAGE.ink()
        for page in range(1, 5):
            one = self.tmp / f"{page}.pdf"
            run("qpdf", self.out, "--pages", ".", page, "--", one)
            boxes = words_of(one, 300, "-cropbox")
            self.assertEqual([word for word, _ in boxes], [word for word, _ in ink])
            for (word, box), (_, expected) in zip(boxes, ink):
                self.assertLessEqual(max(abs(a - b) for a, b in zip(box, expected)), 4, (page, word))

    def test_workers_do_not_change_a_byte(self):
        again = self.written(self.book, "--jobs", 3, check=2)
        self.assertEqual(again.read_bytes(), self.out.read_bytes())
        printed = subprocess.run([OCRTUNE, "read", self.book, "--format", "pdf"], capture_output=True)
        self.assertEqual(printed.stdout, self.out.read_bytes())

    def test_text_of_earlier_ocr_is_replaced(self):
        again = self.written(self.out, check=2)
        self.assertEqual(texts_of(again), texts_of(self.out))
        self.assertLess(abs(again.stat().st_size - self.out.stat().st_size), 500)

    def test_invisible_text_goes_and_visible_text_stays(self):
        pdf = PdfFile()
        font = pdf.add("/Type /Font /Subtype /Type1 /BaseFont /Helvetica")
        hidden = pdf.add("/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << /Font << /F %d 0 R >> >>" % font,
                         b"BT /F 9 Tf 3 Tr 9 9 Td (formerly) Tj ET")
        matrix, box = placed(0, 0, 0)
        fonts = f"/Font << /F {font} 0 R >> /XObject << /Form {hidden} 0 R"
        number = pdf.add(f"/Type /XObject /Subtype /Image /Width {PAGE.image.width} /Height {PAGE.image.height} "
                         "/BitsPerComponent 8 /ColorSpace /DeviceGray", PAGE.image.tobytes())
        shown = f"q {' '.join(map(str, matrix))} cm /Im Do Q /Form Do "
        stamp = "q BT /F 5 Tf 5 5 Td (Stamp) Tj 3 Tr (wrong) Tj (wrong) ' ET Q q BT /F 4 Tf 3 Tr (wrong) Tj ET Q"
        pdf.add_page(shown + stamp, f"/MediaBox {box}", f"{fonts} /Im {number} 0 R >>")
        own = " ".join(f"BT /F 12 Tf 20 {700 - 20 * row} Td ({line}) Tj ET" for row, line in enumerate(LINES[:2]))
        pdf.add_page(own, "/MediaBox [0 0 400 720]", f"/Font << /F {font} 0 R >>")
        pages = texts_of(self.written(pdf.write(self.tmp / "mixed.pdf")))
        words = pages[0].split()
        for word in " ".join(LINES[:2]).split() + ["Stamp"]:
            self.assertIn(word, words)
        self.assertNotIn("wrong", words)
        self.assertNotIn("formerly", words)
        self.assertEqual(pages[1].split(), " ".join(LINES[:2]).split())
        self.assertIn("mixed.pdf: pages with text of their own keep it and get no other: 1; "
                      "pages with text of their own keep it and get words beside it: 1; "
                      "pages whose text could not be seen have the words instead: 1", self.said)

    def test_split_gives_a_pdf_for_each_page(self):
        self.written(self.book, "--split", check=2)
        self.assertEqual({path.name for path in (self.tmp / "out").iterdir()}, {f"book.{page}.pdf" for page in range(1, 5)})

    def test_of_an_encrypted_pdf_pages_are_pictures(self):
        matrix, box = placed(0, 0, 0)
        pdf = PdfFile()
        pdf.add_scan(PAGE.image, f"/MediaBox {box}", matrix)
        plain = pdf.write(self.tmp / "plain.pdf")
        locked = self.tmp / "locked.pdf"
        run("qpdf", "--encrypt", "", "owner", "256", "--", plain, locked)
        out = self.written(locked)
        self.assertIn("locked.pdf: it is encrypted, so its PDF has pictures of its pages", self.said)
        self.assertIn("harbour", texts_of(out)[0])
        run("qpdf", "--encrypt", "user", "owner", "256", "--", plain, locked)
        self.written(locked, check=2)
        self.assertIn("is locked with a password", self.said)

    def test_killed_apply_goes_on(self):
        out = self.tmp / "applied"
        command = ["apply", self.book, "-o", out, "--format", "pdf,text", "--pipeline", "raw", "--jobs", "1", "--quiet"]
        process = subprocess.Popen([OCRTUNE, *command], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        pages = out / ".ocrtune-pages" / "book.pdf"
        until = time.monotonic() + 60
        while not (pages / "2.page").exists() and time.monotonic() < until:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if process.returncode == -signal.SIGKILL:
            self.assertFalse((out / "book.pdf").exists())
            before = (pages / "1.page").stat().st_mtime_ns
            (pages / "3.page").write_bytes(b"half written")
        ocrtune(*command, check=2)
        self.assertEqual((out / "book.pdf").read_bytes(), self.out.read_bytes())
        self.assertFalse((out / ".ocrtune-pages").exists())
        self.assertGreater(before, 0)
        (out / "book.pdf").unlink()
        ocrtune(*command, check=2)
        self.assertEqual((out / "book.pdf").read_bytes(), self.out.read_bytes())


    def test_clean_replaces_what_pages_show(self):
        pipeline = self.tmp / "pipeline.toml"
        pipeline.write_text('name = "black and white"\n[[stage]]\nuse = "binarize_adaptive"\n')
        ocrtune("clean", self.out, "-o", self.tmp / "out", "--format", "pdf", "--pipeline", pipeline, "--quiet", check=2)
        path = sound(self.tmp / "out" / "book.pdf")
        before, after = Parsed(self.out), Parsed(path)
        self.assertEqual(after.outlines[0]["destpageposfrom1"], 2)
        self.assertEqual(after.value(after.trailer["/Info"]), before.value(before.trailer["/Info"]))
        self.assertEqual([page["images"][0]["filter"] for page in after.pages], 4 * [["/CCITTFaxDecode"]] + [["/DCTDecode"]])
        self.assertEqual(texts_of(path), texts_of(self.out))
        for page in range(1, 5):
            self.assertEqual(after.page(page - 1)["/CropBox"], before.page(page - 1)["/CropBox"])
            run("pdftoppm", "-cropbox", "-r", 300, "-gray", "-f", page, "-l", page, "-singlefile", path, self.tmp / "shown")
            shown = Image.open(self.tmp / "shown.pgm").resize(PAGE.image.size)
            off = ImageChops.difference(shown, PAGE.image).histogram()
            self.assertLess(sum(off[200:]), 0.01 * shown.width * shown.height, page)


class MadePdf(ScratchCase):
    def pdf_of(self, source, *arguments):
        self.said = ocrtune("read", source, "-o", self.tmp / "out", "--format", "pdf", *arguments, check=0).stderr
        return sound(self.tmp / "out" / (source.stem + ".pdf"))

    def tiff(self, **options):
        path = self.tmp / "two.tif"
        PAGE.image.save(path, save_all=True, append_images=[PAGE.image.convert("1")], **options)
        return path

    def test_a_tiff_is_one_pdf(self):
        pdf = self.pdf_of(self.tiff(dpi=(300, 300)))
        self.assertEqual([text.split() for text in texts_of(pdf)], 2 * [" ".join(LINES[:2]).split()])
        self.assertEqual([path.name for path in (self.tmp / "out").iterdir()], ["two.pdf"])
        self.assertNotIn("guess", self.said)

    def test_a_resolution_that_is_not_stated(self):
        path = self.tmp / "paper.png"
        page = Image.new("L", (1654, 2339), 255)
        page.paste(PAGE.image, (100, 100))
        page.save(path)
        pdf = self.pdf_of(path)
        self.assertIn("images without a resolution: 1; the size of their PDF pages is a guess (200 dpi for 1); --dpi states it", self.said)
        self.assertIn("595.4", run("pdfinfo", pdf).decode())
        pdf = self.pdf_of(path, "--dpi", 100)
        self.assertNotIn("guess", self.said)
        self.assertIn("1190.88 x 1684.08", run("pdfinfo", pdf).decode())

    def test_is_pdf_a_2b(self):
        """The rules of ISO 19005-2 that concern what ocrtune writes; there is no validator in Debian."""
        path = self.pdf_of(self.tiff(dpi=(300, 300)))
        self.assertTrue(path.read_bytes().startswith(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"))
        pdf = Parsed(path)
        self.assertEqual(len(pdf.trailer["/ID"]), 2)
        self.assertNotIn("/Encrypt", pdf.trailer)
        xmp = pdf.data(pdf.root["/Metadata"], "--raw-stream-data").decode()
        self.assertIn("<pdfaid:part>2</pdfaid:part>", xmp)
        self.assertIn("<pdfaid:conformance>B</pdfaid:conformance>", xmp)
        information = pdf.value(pdf.trailer["/Info"])
        self.assertEqual(set(information), {"/Title", "/Producer"})
        self.assertEqual(information["/Title"], "u:two.tif")
        self.assertIn(f'<rdf:li xml:lang="x-default">{information["/Title"][2:]}</rdf:li>', xmp)
        self.assertIn(f"<pdf:Producer>{information['/Producer'][2:]}</pdf:Producer>", xmp)
        intent, = pdf.root["/OutputIntents"]
        self.assertEqual((intent["/S"], intent["/OutputConditionIdentifier"]), ("/GTS_PDFA1", "u:sRGB"))
        profile = self.tmp / "profile.icc"
        profile.write_bytes(pdf.data(intent["/DestOutputProfile"]))
        self.check_profile(profile)
        for found in pdf.objects.values():
            if "value" in found and isinstance(found["value"], dict):
                self.check_object(pdf, found["value"])
            elif "stream" in found:
                self.check_stream(found["stream"]["dict"])

    def check_object(self, pdf, entries):
        for forbidden in ("/AA", "/OpenAction", "/JS", "/SMask", "/Group", "/EF"):
            self.assertNotIn(forbidden, entries)
        if entries.get("/Type") == "/Font" and entries["/Subtype"] == "/Type0":
            self.assertIn("/ToUnicode", entries)
            descendant = pdf.value(entries["/DescendantFonts"][0])
            self.assertIn("/CIDToGIDMap", descendant)
            self.assertEqual(descendant["/DW"], 500)
            self.assertNotIn(b"\0\0", [pdf.data(descendant["/CIDToGIDMap"])[at:at + 2] for at in range(0, 8, 2)])
            descriptor = pdf.value(descendant["/FontDescriptor"])
            self.assertEqual(descriptor["/FontName"], descendant["/BaseFont"])
            self.assertIn("/FontFile2", descriptor)

    def check_stream(self, entries):
        for forbidden in ("/F", "/FFilter", "/Interpolate", "/SMask", "/OPI", "/Alternates"):
            self.assertNotIn(forbidden, entries)
        self.assertNotIn("LZW", str(entries.get("/Filter")))

    def check_profile(self, path):
        """Converts as littlecms's own sRGB does."""
        ours, theirs = ImageCms.ImageCmsProfile(str(path)), ImageCms.createProfile("sRGB")
        colours = Image.new("RGB", (512, 1))
        colours.putdata([(r * 36, g * 36, b * 36) for r in range(8) for g in range(8) for b in range(8)])
        converted = ImageCms.profileToProfile(colours, ours, theirs)
        self.assertLessEqual(max(abs(a - b) for one, other in zip(colours.getdata(), converted.getdata())
                                 for a, b in zip(one, other)), 1)


if __name__ == "__main__":
    import unittest
    unittest.main()
