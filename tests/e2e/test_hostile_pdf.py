"""PDF files that crash, stall or bloat what parses them: their pages fail with one line, and everything else goes on."""
import json
import resource
import signal
import time

from PIL import Image

from pdf_files import PdfFile, sound
from serving import Server
from support import ScratchCase, ocrtune, tiny_pages

PAGE = "/MediaBox [0 0 200 100]"


def nested_forms(path):
    """Forty forms, each drawn twice by the one before it: 10^12 drawings in 5 kB."""
    pdf = PdfFile()
    form = pdf.add("/Type /XObject /Subtype /Form /BBox [0 0 100 100]", b"0 0 m 10 10 l S")
    for _ in range(40):
        form = pdf.add(f"/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X {form} 0 R >> >>",
                       b"/X Do /X Do")
    pdf.add_page("/X Do", PAGE, f"/XObject << /X {form} 0 R >>")
    return pdf.write(path)


def short_dashes(path):
    pdf = PdfFile()
    pdf.add_page("[0.000001] 0 d 0.1 w 0 0 m 200 100 l S", PAGE)
    return pdf.write(path)


def wide_image(path):
    """32,000 px square in 1 bit, which Cairo would decode to 4 GB."""
    pdf = PdfFile()
    image = pdf.add("/Type /XObject /Subtype /Image /Width 32000 /Height 32000 /BitsPerComponent 1 /ColorSpace /DeviceGray "
                    "/Filter /RunLengthDecode", b"\x81\xff" * (32000 * 4000 // 128) + b"\x80")
    pdf.add_page("q 200 0 0 100 0 0 cm /I Do Q", PAGE, f"/XObject << /I {image} 0 R >>")
    return pdf.write(path)


def without_identifier(path, image):
    pdf = PdfFile()
    pdf.trailer += " /ID [ null null ]"
    pdf.add_scan(image, PAGE, (200, 0, 0, 100, 0, 0))
    return pdf.write(path, check=False)


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class HostilePdf(ScratchCase):
    def setUp(self):
        super().setUp()
        self.pages = self.tmp / "pages"
        self.pages.mkdir()
        self.env = {"OCRTUNE_CACHE": str(self.tmp / "cache")}
        self.good = sorted(tiny_pages().glob("*.png"))[0]
        (self.pages / "good.png").write_bytes(self.good.read_bytes())

    def apply(self, check):
        begun = processor_seconds()
        run = ocrtune("apply", self.pages, "-o", self.tmp / "out", "--format", "pdf", "--lang", "eng", "--quiet",
                      env=self.env, check=check)
        return run.stderr, processor_seconds() - begun

    def test_ends_no_collection_and_is_not_tried_again(self):
        nested_forms(self.pages / "forms.pdf")
        said, used = self.apply(check=2)
        self.assertIn("forms.pdf: takes longer than a file of its size may: 8 s of processor time", said)
        self.assertGreater(used, 7)
        self.assertTrue((self.tmp / "out" / "good.pdf").exists())
        again, used = self.apply(check=2)
        self.assertIn("forms.pdf: takes longer than a file of its size may", again)
        self.assertLess(used, 6)
        self.assertEqual(len(json.loads((self.tmp / "cache" / "pdf_failures.json").read_text())), 1)

    def test_has_so_much_memory(self):
        short_dashes(self.pages / "dashes.pdf")
        wide_image(self.pages / "wide.pdf")
        self.apply(check=None)
        self.assertTrue((self.tmp / "out" / "good.pdf").exists())
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(most, 1_200_000, "kB")

    def test_without_an_identifier_is_written(self):
        without_identifier(self.pages / "null.pdf", Image.open(self.good).convert("L"))
        self.apply(check=0)
        sound(self.tmp / "out" / "null.pdf")

    def test_does_not_hold_the_server(self):
        nested_forms(self.pages / "forms.pdf")
        server = Server(self.tmp, self.pages, env=self.env)
        self.addCleanup(server.close)
        corpus = server.corpus(self.pages)
        self.assertEqual([info["id"] for info in server.get("/api/corpora")], [corpus])
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        self.assertIsNotNone(server.process.wait(5))
