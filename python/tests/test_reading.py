"""OCR of arrays and files."""

import subprocess
import threading
import xml.etree.ElementTree

import numpy

import ocrtune
from ocrtune import errors
from support import SAMPLES, WORDS, TestCase, drawn_page, skewed_page


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

    def test_positions_lie_on_the_ink_of_a_skewed_page(self):
        (self.tmp / "straight.toml").write_text('name = "straight"\n[[stage]]\nuse = "deskew"\n')
        for angle in (1.3, -2):
            pixels, boxes = skewed_page(angle)
            page = ocrtune.read(pixels, pipeline="straight.toml")
            self.assertEqual([word.text for word in page.words], list(boxes))
            for word in page.words:
                self.assertLessEqual(max(abs(a - b) for a, b in zip(word.box, boxes[word.text])), 3, (angle, word))

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
        self.assertEqual((page.to_text(), page.to_format("text")), (page.text, page.text))
        with self.assertRaisesRegex(errors.InvalidArgumentError, "is not one of text, tsv, hocr, alto, page, json"):
            page.to_format("pdf")

    def test_searchable_pdf(self):
        pixels = drawn_page()
        path = self.written("page.png", pixels)
        (self.tmp / "array.pdf").write_bytes(ocrtune.read(pixels).to_pdf(pixels))
        (self.tmp / "file.pdf").write_bytes(ocrtune.read(path).to_pdf())
        (self.tmp / "folder.pdf").write_bytes(ocrtune.read_pages(self.tmp)[0].to_pdf())
        for name in ("array.pdf", "file.pdf", "folder.pdf"):
            text = subprocess.run(["pdftotext", name, "-"], check=True, text=True, capture_output=True).stdout
            self.assertEqual(text.split(), WORDS.split())
            images = subprocess.run(["pdfimages", "-list", name], check=True, text=True, capture_output=True).stdout
            self.assertRegex(images, r" 900 +160 ")
        for image, message in ((None, "of no file"), (pixels[:, ::2], "450 × 160 px")):
            with self.assertRaisesRegex(errors.InvalidArgumentError, message):
                ocrtune.read(pixels).to_pdf(image)
        page = ocrtune.read(path)
        path.unlink()
        with self.assertRaisesRegex(errors.InputUnreadableError, "page.png"):
            page.to_pdf()

    def test_devices_give_the_same_words(self):
        on_cpu = ocrtune.read(drawn_page(), pipeline="standard")
        for options in ({"device": "auto"}, {"device": "opencl"}, {"ocr_device": "opencl"}):
            try:
                page = ocrtune.read(drawn_page(), pipeline="standard", **options)
            except errors.DependencyMissingError as error:
                self.skipTest(str(error))
            self.assertEqual(page.to_tsv(), on_cpu.to_tsv(), options)

    def test_a_device_must_exist(self):
        for options in ({"device": "opencl:77"}, {"ocr_device": "cuda:77"}, {"portfolio": "documents", "device": "cuda:77"}):
            with self.assertRaises(errors.DependencyMissingError, msg=options):
                ocrtune.Reader(**options)
        with self.assertRaisesRegex(errors.InvalidArgumentError, "device"):
            ocrtune.Reader(device="toaster")

    def test_with_a_pipeline(self):
        page = ocrtune.read(SAMPLES / "01-prose-eng-ruled.jpg", pipeline="standard", set=["denoise_h=5"])
        self.assertGreater(page.confidence, ocrtune.read(SAMPLES / "01-prose-eng-ruled.jpg").confidence)

    def test_words_have_what_other_pipelines_have_in_their_place(self):
        reader = ocrtune.Reader(portfolio="documents", vote=True)
        page = reader.read(SAMPLES / "01-prose-eng-ruled.jpg")
        others = [other for word in page.words for other in word.alternatives]
        self.assertGreater(len(others), 0)
        self.assertTrue(all(others))
        self.assertIn(others[0], page.to_format("json"))
        self.assertEqual([word.alternatives for word in ocrtune.read(SAMPLES / "01-prose-eng-ruled.jpg").words if word.alternatives], [])

    def test_with_a_recipe(self):
        recipe = self.tmp / "letters.toml"
        recipe.write_text(
            'recommended = "best"\n'
            '[[choice]]\nname = "fast"\npipelines = ["raw"]\nvote = false\n'
            '[[choice]]\nname = "best"\npipelines = ["larger"]\nvote = false\n'
            '[[pipeline]]\nname = "raw"\n'
            '[[pipeline]]\nname = "larger"\n[[pipeline.stage]]\nuse = "rescale"\nfactor = 1.5\n'
        )
        page = SAMPLES / "01-prose-eng-ruled.jpg"
        fast, best = (ocrtune.Reader(recipe=recipe, choice=choice).read(page) for choice in ("fast", None))
        self.assertEqual(fast.text, ocrtune.read(page).text)
        self.assertNotEqual(fast.to_tsv(), best.to_tsv())
        with self.assertRaisesRegex(errors.InvalidArgumentError, "choice: `slow` is not one of fast, best"):
            ocrtune.Reader(recipe=recipe, choice="slow")
        with self.assertRaisesRegex(errors.InvalidArgumentError, "choice: needs a recipe"):
            ocrtune.Reader(choice="fast")
        with self.assertRaisesRegex(TypeError, "either"):
            ocrtune.Reader(recipe=recipe, vote=True)

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
        with self.assertRaisesRegex(TypeError, "languages"):
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
