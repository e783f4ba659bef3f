"""OCR of arrays and files."""

import threading
import xml.etree.ElementTree

import numpy

import ocrtune
from ocrtune import errors
from support import SAMPLES, WORDS, TestCase, drawn_page


class Reading(TestCase):
    def test_of_an_array(self):
        page = ocrtune.read(drawn_page())
        self.assertEqual(page.text.strip(), WORDS)
        self.assertEqual([word.text for word in page.words], WORDS.split())
        self.assertEqual([line.text for line in page.lines], [WORDS])
        self.assertEqual((page.width, page.height), (900, 160))
        self.assertGreater(page.confidence, 80)
        left, top, right, bottom = page.words[0].box
        ink = numpy.argwhere(drawn_page()[:, : right + 5] < 128)
        self.assertLessEqual(abs(left - ink[:, 1].min()), 3)
        self.assertLessEqual(abs(top - ink[:, 0].min()), 3)
        self.assertEqual(page.lines[0].words[1].text, "quick")
        self.assertLess(page.lines[0].box[0], page.lines[0].words[1].box[0])

    def test_of_a_file_is_that_of_its_pixels(self):
        path = self.written("page.png", drawn_page())
        self.assertEqual(ocrtune.read(path).text, ocrtune.read(drawn_page()).text)
        numpy.testing.assert_array_equal(ocrtune.load_page(path), drawn_page())
        self.assertEqual(ocrtune.read(str(path)).name, str(path))

    def test_formats(self):
        page = ocrtune.read(drawn_page())
        for text in (page.to_alto(), page.to_hocr(), page.to_page_xml()):
            self.assertIn("quick", "".join(xml.etree.ElementTree.fromstring(text.encode()).itertext()) + text)
        self.assertTrue(page.to_tsv().startswith("level\t"))
        self.assertEqual(page.to_format("text"), page.text)
        with self.assertRaisesRegex(errors.InvalidArgumentError, "is not one of text, tsv, hocr, alto, page"):
            page.to_format("pdf")

    def test_with_a_pipeline(self):
        page = ocrtune.read(SAMPLES / "01-prose-eng-ruled.jpg", pipeline="standard", set=["denoise_h=5"])
        self.assertGreater(page.confidence, ocrtune.read(SAMPLES / "01-prose-eng-ruled.jpg").confidence)

    def test_errors_say_what_is_wrong(self):
        (self.tmp / "not.png").write_text("no image")
        for source, error, message in (
            ("gone.png", errors.InputUnreadableError, "gone.png"),
            ("not.png", errors.InputUnreadableError, "not.png"),
            (numpy.zeros((3, 3)), errors.InvalidArgumentError, "uint8"),
        ):
            with self.assertRaisesRegex(error, message):
                ocrtune.read(source)
        with self.assertRaises(TypeError):
            ocrtune.read(3.5)
        with self.assertRaisesRegex(errors.DependencyMissingError, "xyz"):
            ocrtune.read(drawn_page(), lang="xyz")
        with self.assertRaisesRegex(errors.InvalidArgumentError, "psm"):
            ocrtune.read(drawn_page(), psm=99)
        with self.assertRaisesRegex(TypeError, "Reader.* has no argument `languages`"):
            ocrtune.Reader(languages="eng")
        with self.assertRaisesRegex(errors.InputUnreadableError, "there is no page 7"):
            ocrtune.read(self.written("one.png", drawn_page()), page=7)

    def test_threads_share_a_reader(self):
        reader = ocrtune.Reader()
        texts = []
        threads = [threading.Thread(target=lambda: texts.append(reader.read(drawn_page()).text)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(texts, [WORDS + "\n"] * 3)

    def test_of_a_folder(self):
        for name in ("a.png", "b.png"):
            self.written(name, drawn_page("Page " + name[0]))
        progress = []
        pages = ocrtune.read_pages(self.tmp, output="texts", format=["text", "alto"], progress=progress.append)
        self.assertEqual([page.text.strip() for page in pages], ["Page a", "Page b"])
        self.assertEqual((self.tmp / "texts/a.txt").read_text().strip(), "Page a")
        self.assertEqual((progress[-1].done, progress[-1].all), (2, 2))
