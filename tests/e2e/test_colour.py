"""Stages that look at a page's colours: a stamped page read with and without its stamp, what a study keeps apart."""
import json

from support import ScratchCase, gray_rows, kept_pages, ocrtune, sample_pages

DROP = '[[stage]]\nuse = "drop_colour"\nhue = "red"\n'
RED = '[[stage]]\nuse = "to_gray"\nchannel = "red"\n'
MAYBE = '[[stage]]\none_of = ["none", "drop_colour", "to_gray"]\nas = "colour"\n[stage.to_gray]\nchannel = "red"\n'


def ppm(width, height, pixels):
    return b"P6\n%d %d\n255\n" % (width, height) + bytes(pixels)


def stamped(rows):
    """The page in colour, with red bars across its lines that go over it as a filter does."""
    pixels = bytearray()
    for row in rows:
        for x, level in enumerate(row):
            pixels += bytes((level * 23 // 25, level // 6, level // 5) if x % 30 < 9 else (level, level, level))
    return ppm(len(rows[0]), len(rows), pixels)


class Colour(ScratchCase):
    def pipeline(self, text):
        path = self.tmp / "p.toml"
        path.write_text(text)
        return path

    def test_a_stamped_page_is_read_as_if_it_were_clean(self):
        page = kept_pages(4)[0]
        truth = page.with_suffix(".gt.txt").read_bytes()
        ocrtune("clean", page, "--pipeline", "raw", "-o", self.tmp, check=0)
        (self.tmp / "page.ppm").write_bytes(stamped(gray_rows(self.tmp / f"{page.stem}.png")))
        (self.tmp / "page.gt.txt").write_bytes(truth)
        clean = json.loads(ocrtune("score", page, "--pipeline", "raw", "--json", check=0).stdout)[0]["cer"]
        for text in (DROP, DROP + RED):
            raw, found = json.loads(ocrtune("score", self.tmp / "page.ppm", "--pipeline", self.pipeline(text), "--json",
                                            check=0).stdout)
            self.assertGreater(raw["cer"], clean + 0.2, text)
            self.assertLess(found["cer"], clean + 0.05, text)

    def test_every_command_gives_the_stage_its_colours(self):
        # Red and green of one gray level: in gray the page is blank.
        pixels = bytearray()
        for y in range(60):
            for x in range(90):
                pixels += bytes((203, 0, 0) if 20 <= y < 40 and 30 <= x < 60 else (0, 104, 0))
        page = self.tmp / "page.ppm"
        page.write_bytes(ppm(90, 60, pixels))
        pipeline = self.pipeline(RED)
        ocrtune("clean", page, "--pipeline", pipeline, "-o", self.tmp / "cleaned", check=0)
        rows = gray_rows(self.tmp / "cleaned" / "page.png")
        self.assertEqual((rows[30][45], rows[5][5]), (203, 0))
        ocrtune("apply", page, "--pipeline", pipeline, "-o", self.tmp / "applied", "--images", "png", check=0)
        self.assertEqual(gray_rows(self.tmp / "applied" / "page.png"), rows)
        for command in ("read", "score", "compare"):
            ocrtune(command, page, "--pipeline", pipeline, check=0)
        ocrtune("clean", page, "--pipeline", "raw", "-o", self.tmp / "gray", check=0)
        self.assertEqual({*b"".join(gray_rows(self.tmp / "gray" / "page.png"))}, {61})

    def test_a_study_knows_its_pages_by_their_colours(self):
        page, study = self.tmp / "page.ppm", self.tmp / "s.db"
        screen = ["screen", page, "--exponent", "2", "--study", study, "--pipeline", self.pipeline(MAYBE)]
        page.write_bytes(ppm(40, 30, bytes((203, 0, 0)) * 1200))
        ocrtune(*screen, check=0)
        ocrtune(*screen, check=0)
        page.write_bytes(ppm(40, 30, bytes((0, 104, 0)) * 1200))
        done = ocrtune(*screen)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("different corpus, missing or changed: 1 page", done.stderr)

    def test_a_colour_stage_in_the_wrong_place_is_refused(self):
        page = next(sample_pages().glob("04-*.png"))
        done = ocrtune("clean", page, "--pipeline", self.pipeline('[[stage]]\nuse = "deskew"\n' + RED), "-o", self.tmp,
                       check=4)
        self.assertEqual(done.stderr, f"ocrtune: {self.tmp}/p.toml: line 3: stage `to_gray` needs colours, "
                                      "which `deskew` removes; put it before that stage\n")
