"""Pages that are edited by hand: the same texts as of pages that were scanned so."""
import io
import json
import time

from PIL import Image

from pdf_files import sound, texts_of
from serving import Server
from support import ScratchCase, ocrtune, tiny_pages
from typed_pages import PAPER, harbour


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
        self.assertEqual(len(texts_of(sound(self.tmp / "out" / "two.pdf"))), 2)
        ocrtune("clean", self.scans, "--pipeline", "raw", "-o", self.tmp / "clean", "--quiet", check=0)
        with Image.open(self.tmp / "clean" / "two.2.png") as image:
            self.assertEqual(image.size, second.size)

    def test_an_excluded_page_is_in_no_result(self):
        for number, page in enumerate(self.pages):
            page.save(self.scans / f"{number}.png")
        (self.scans / "0.png.edit.toml").write_text("[[page]]\nexclude = true\n")
        self.assertEqual(list(self.texts(self.scans)), ["1.png"])

    def test_a_page_has_a_language_of_its_own(self):
        for number, page in enumerate(self.pages):
            page.save(self.scans / f"{number}.png")
        edits = self.scans / "1.png.edit.toml"
        languages = lambda *options: [page["lang"] for page in json.loads(
            ocrtune("apply", self.scans, "--effort", "low", "-o", self.tmp / "out", "--json", "--quiet", *options, check=0).stdout)["pages"]]
        edits.write_text('[[page]]\nlang = "fra"\n')
        self.assertEqual(languages("--lang", "eng"), ["eng", "fra"])
        self.assertEqual(languages("--lang", "auto")[1], "fra")
        edits.write_text('[[page]]\nlang = "xyz"\n')
        done = ocrtune("read", self.scans, "-o", self.tmp / "texts")
        self.assertEqual((done.returncode, done.stderr.count("1.png: 1.png.edit.toml: language `xyz`: no xyz.traineddata")), (2, 1),
                         done.stderr)
        self.assertEqual([path.name for path in (self.tmp / "texts").iterdir()], ["0.txt"])

    def test_invalid_edits_are_told_and_the_others_are_read(self):
        for number, page in enumerate(self.pages):
            page.save(self.scans / f"{number}.png")
        (self.scans / "0.png.edit.toml").write_text("[[page]]\nrotate = 400\n")
        done = ocrtune("read", self.scans, "-o", self.tmp / "texts")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("0.png: 0.png.edit.toml: page 1: `rotate` must be a number of degrees from 0 to below 360", done.stderr)
        self.assertEqual([path.name for path in (self.tmp / "texts").iterdir()], ["1.txt"])


def edit(**changes):
    return {"exclude": False, "lang": None, "rotate": 0, "corners": None, "crop": None, "split": None, **changes}


class EditsInTheBrowser(ScratchCase):
    """What the page of `ocrtune serve` asks for."""

    def setUp(self):
        super().setUp()
        self.scans = self.tmp / "scans"
        self.scans.mkdir()
        for name, path in zip("ab", sorted(tiny_pages().glob("*.png"))):
            with Image.open(path) as page:
                page.convert("L").save(self.scans / f"{name}.png")
        (self.tmp / "studies").mkdir()
        self.server = Server(self.tmp / "studies", self.scans)
        self.addCleanup(self.server.close)
        self.corpus = f"/api/corpora/{self.server.corpus(self.scans)}"
        self.loads = 0
        self.loaded()

    def loaded(self):
        """The corpus after it has been loaded once more."""
        self.loads += 1
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            info = self.server.get(self.corpus)
            if info["loads"] >= self.loads:
                return info
            time.sleep(0.05)
        raise AssertionError("the corpus is not loaded")

    def save(self, page, wanted, version, check=200):
        return self.server.request("PUT", f"{self.corpus}/pages/{page}/edit", {"edit": wanted, "version": version}, check).json

    def test_texts_from_before_another_language_was_stated_are_recognized_again(self):
        run = self.server.begin("apply", "", self.corpus.rsplit("/", 1)[1], effort="low", output="texts")
        self.server.wait(run, ["done"])
        self.assertEqual(self.server.get(f"/api/runs/{run}/texts")["total"], 2)
        version = self.server.get(f"{self.corpus}/pages/1/edit")["version"]
        version = self.save(1, edit(lang="fra"), version)["version"]
        self.loaded()
        texts = self.server.get(f"/api/runs/{run}/texts")
        self.assertEqual((texts["total"], texts["edited"]), (1, 1))
        again = self.server.begin("apply", "", self.corpus.rsplit("/", 1)[1], effort="low", output="texts")
        self.server.wait(again, ["done"])
        texts = self.server.get(f"/api/runs/{again}/texts")
        self.assertEqual((texts["total"], texts["edited"]), (2, 0))
        for lang in ("../fra", "xyz", "auto+eng"):
            self.save(1, edit(lang=lang), version, check=400)
        self.save(1, edit(), version)
        self.loaded()
        texts = self.server.get(f"/api/runs/{again}/texts")
        self.assertEqual((texts["total"], texts["edited"]), (1, 1))

    def test_a_language_is_not_the_same_for_other_pages(self):
        (self.scans / "b.png.edit.toml").write_text('[[page]]\nlang = "fra"\nrotate = 90\n')
        self.loaded()
        version = self.save(0, edit(lang="auto", rotate=180), self.server.get(f"{self.corpus}/pages/0/edit")["version"])["version"]
        self.loaded()
        self.assertEqual(self.server.post(f"{self.corpus}/pages/0/edit/others", {"which": "all", "version": version}), {"edited": 1, "kept": 0})
        self.assertEqual((self.scans / "b.png.edit.toml").read_text(), '[[page]]\nnumber = 1\nlang = "fra"\nrotate = 180\n')

    def test_a_language_that_is_not_installed_is_a_problem_of_its_page(self):
        (self.scans / "b.png.edit.toml").write_text('[[page]]\nlang = "xyz"\n')
        info = self.loaded()
        self.assertEqual([page["name"] for page in info["pages"]], ["a.png"])
        self.assertIn("b.png.edit.toml: language `xyz`: no xyz.traineddata", info["problems"][0])

    def test_a_page_is_split_and_whole_again(self):
        scan = self.server.get(f"{self.corpus}/pages/0/edit")
        self.assertEqual(scan, {"file": "a.png", "number": 1, "version": scan["version"], "edit": edit()})
        width = self.server.get(self.corpus)["pages"][0]["width"]
        picture = self.server.request("POST", f"{self.corpus}/pages/0/edit/picture",
                                      {"edit": edit(rotate=90, crop=[10, 20, 110, 90], split=9), "max_width": 50}, 200)
        self.assertEqual(picture.headers["X-Image-Size"], "100x70")
        with Image.open(io.BytesIO(picture.body)) as image:
            self.assertEqual(image.size, (50, 35))
        wanted = edit(split=width // 2)
        version = self.save(0, wanted, scan["version"])["version"]
        self.assertEqual((self.scans / "a.png.edit.toml").read_text(), f"[[page]]\nnumber = 1\nsplit = {width // 2}\n")
        pages = self.loaded()["pages"]
        self.assertEqual([page["name"] for page in pages], ["a.png#1", "a.png#2", "b.png"])
        self.assertEqual(pages[0]["width"] + pages[1]["width"], width)
        self.assertEqual(self.server.get(f"{self.corpus}/pages/1/edit"), {"file": "a.png", "number": 1, "version": version, "edit": wanted})
        self.save(2, edit(), version, check=409)
        self.save(1, edit(), version)
        self.assertEqual([page["name"] for page in self.loaded()["pages"]], ["a.png", "b.png"])
        self.assertFalse((self.scans / "a.png.edit.toml").exists())

    def test_pages_are_left_out_and_come_back(self):
        for page, others in ((0, 1), (0, 0)):
            scan = self.server.get(f"{self.corpus}/pages/{page}/edit")
            self.save(page, edit(exclude=True), scan["version"])
            info = self.loaded()
            self.assertEqual((info["page_count"], len(info["excluded"])), (others, 2 - others))
        self.assertEqual(info["state"], "failed")
        self.assertEqual([page["name"] for page in info["excluded"]], ["a.png", "b.png"])
        first = {key: info["excluded"][0][key] for key in ("file", "number")}
        self.server.post(f"{self.corpus}/include", first)
        info = self.loaded()
        self.assertEqual([page["name"] for page in info["pages"]], ["a.png"])
        self.assertEqual([page["name"] for page in info["excluded"]], ["b.png"])
        self.server.request("POST", f"{self.corpus}/include", first, check=404)
        self.server.request("POST", f"{self.corpus}/include", {"file": "/etc/passwd", "number": 1}, check=404)

    def test_nothing_is_overwritten(self):
        unedited = self.server.get(f"{self.corpus}/pages/0/edit")["version"]
        (self.scans / "a.png.edit.toml").write_text("[[page]]\nrotate = 180\n")
        self.assertNotIn("\n", self.save(0, edit(rotate=90), unedited, check=409)["error"])
        scan = self.server.get(f"{self.corpus}/pages/0/edit")
        self.assertEqual(scan["edit"], edit(rotate=180))
        for wrong in ({"rotate": 360}, {"crop": [0, 0, 100000, 3]}, {"crop": [0, 0, 30000, 3]}, {"split": 30000}, {"more": 1}):
            self.assertNotIn("\n", self.save(0, edit(**wrong), scan["version"], check=400)["error"])
        self.assertEqual((self.scans / "a.png.edit.toml").read_text(), "[[page]]\nrotate = 180\n")
        self.save(0, edit(rotate=90), scan["version"])
        self.loaded()
        self.save(2, edit(), "", check=404)

    def test_texts_of_the_page_before_are_not_shown(self):
        run = self.server.begin("apply", "", self.corpus.rsplit("/", 1)[1], effort="low", output="texts")
        self.server.wait(run, ["done"])
        self.assertEqual(self.server.get(f"/api/runs/{run}/texts")["total"], 2)
        truth = self.server.get(f"/api/runs/{run}/texts/0")["truth_version"]
        self.save(0, edit(rotate=180), self.server.get(f"{self.corpus}/pages/0/edit")["version"])
        self.loaded()
        self.server.request("PUT", f"{self.corpus}/pages/0/truth", {"text": "of the page before", "version": truth}, check=409)
        texts = self.server.get(f"/api/runs/{run}/texts")
        self.assertEqual([page["name"] for page in texts["pages"]], ["b.png"])
        self.assertEqual(texts["edited"], 1)
        self.server.get(f"/api/runs/{run}/texts/0", check=404)
        again = self.server.post("/api/runs", self.server.get(f"/api/runs/{run}")["request"])["id"]
        self.server.wait(again, ["done"])
        texts = self.server.get(f"/api/runs/{again}/texts")
        self.assertEqual((texts["total"], texts["edited"]), (2, 0))

    def test_other_pages_are_edited_in_the_same_way(self):
        version = self.save(0, edit(rotate=358.5), self.server.get(f"{self.corpus}/pages/0/edit")["version"])["version"]
        self.loaded()
        self.assertEqual((self.scans / "a.png.edit.toml").read_text(), "[[page]]\nnumber = 1\nrotate = 358.5\n")
        others = f"{self.corpus}/pages/0/edit/others"
        self.server.request("POST", others, {"which": "some", "version": version}, check=400)
        self.server.request("POST", others, {"which": "all", "version": ""}, check=409)
        self.assertEqual(self.server.post(others, {"which": "odd", "version": version}), {"edited": 0, "kept": 0})
        self.assertEqual(self.server.post(others, {"which": "even", "version": version}), {"edited": 1, "kept": 0})
        self.loaded()
        self.assertEqual((self.scans / "b.png.edit.toml").read_text(), "[[page]]\nnumber = 1\nrotate = 358.5\n")
        page = self.server.get(self.corpus)["pages"][0]
        version = self.save(0, edit(crop=[0, 0, page["width"] - 30, page["height"] - 30]), version)["version"]
        # At once: a look at the folder between would find no page there.
        with Image.open(self.scans / "a.png") as scan:
            scan.resize((60, 60)).save(self.tmp / "b.png")
        (self.tmp / "b.png").replace(self.scans / "b.png")
        self.assertEqual(self.server.post(others, {"which": "all", "version": version}), {"edited": 0, "kept": 1})
        self.assertEqual((self.scans / "b.png.edit.toml").read_text(), "[[page]]\nnumber = 1\nrotate = 358.5\n")

    def test_the_angle_of_the_text_lines_is_proposed(self):
        with Image.open(self.scans / "a.png") as page:
            upright = page.convert("L").resize((page.width * 2, page.height * 2))
        upright.rotate(3, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC).save(self.scans / "a.png")  # counterclockwise
        self.server.post(f"{self.corpus}/refresh")
        self.loaded()
        proposal = f"{self.corpus}/pages/0/edit/proposal"
        for rotated in (0, 358, 1.25, 3):
            self.assertAlmostEqual(self.server.post(proposal, {"edit": edit(rotate=rotated)})["rotate"], 3, delta=0.3)

    def test_corners_and_gutter_are_proposed(self):
        proposal = self.server.post(f"{self.corpus}/pages/0/edit/proposal", {"edit": edit()})
        self.assertEqual([proposal["corners"], proposal["split"]], [None, None])
        level = proposal["rotate"]
        self.assertLess(min(level, 360 - level), 0.3)
        with Image.open(self.scans / "a.png") as page:
            sheet = page.convert("L").resize((900, 1200))
        photograph = Image.new("L", (1400, 1700), 40)
        photograph.paste(sheet, (250, 200))
        photograph.save(self.scans / "a.png")
        self.server.post(f"{self.corpus}/refresh")
        self.loaded()
        corners = self.server.post(f"{self.corpus}/pages/0/edit/proposal", {"edit": edit()})["corners"]
        for (x, y), wanted in zip(corners, [(250, 200), (1150, 200), (1150, 1400), (250, 1400)]):
            self.assertLess(max(abs(x - wanted[0]), abs(y - wanted[1])), 12)
        page = harbour()[0].convert("L")
        book = Image.new("L", (2 * page.width, page.height), PAPER)
        for left in (0, page.width):
            book.paste(page, (left, 0))
        book.save(self.scans / "a.png")
        self.server.post(f"{self.corpus}/refresh")
        self.loaded()
        split = self.server.post(f"{self.corpus}/pages/0/edit/proposal", {"edit": edit()})["split"]
        self.assertAlmostEqual(split, page.width, delta=20)
        # Of the left page alone there is none.
        proposal = self.server.post(f"{self.corpus}/pages/0/edit/proposal", {"edit": edit(crop=[0, 0, 700, page.height])})
        self.assertIsNone(proposal["split"])
