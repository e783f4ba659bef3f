"""Why pages are bad: what `apply` and `show` tell of pages that were made so."""
import json
import time

import numpy
from PIL import Image, ImageDraw, ImageFilter
from serving import Server
from support import ScratchCase, ocrtune
from test_columns import two_columns
from test_languages import draw, text_in
from typed_pages import PAPER, harbour

FAST = ["--pipeline", "raw", "--engine", "lstm"]


def small(page):
    return page.resize((page.width // 5, page.height // 5), Image.Resampling.BOX)


def faint(page):
    noise = numpy.random.default_rng(1).normal(0, 6, (page.height, page.width))
    return Image.fromarray(numpy.clip(200 + (numpy.asarray(page, float) - PAPER) * 0.12 + noise, 0, 255).astype("uint8"))


def noisy(page):
    noise = numpy.random.default_rng(1).normal(0, 70, (page.height, page.width))
    return Image.fromarray(numpy.clip(numpy.asarray(page, float) * 0.6 + 50 + noise, 0, 255).astype("uint8"))


MADE = {"low_resolution": small,
        "faint": faint,
        "noisy": noisy,
        "blurred": lambda page: page.filter(ImageFilter.GaussianBlur(8)),
        "skewed": lambda page: page.rotate(-12, expand=True, fillcolor=PAPER)}


class Reasons(ScratchCase):
    def test_pages_that_were_made_bad_say_why(self):
        page = harbour()[0].convert("L")
        scans = self.tmp / "scans"
        scans.mkdir()
        page.save(scans / "good.png")
        for name, change in MADE.items():
            change(page).save(scans / f"{name}.png")
        texts = self.tmp / "texts"
        done = json.loads(ocrtune("apply", scans, "-o", texts, *FAST, "--json", check=0).stdout)
        found = {one["page"].removesuffix(".png"): one for one in done["pages"]}
        self.assertEqual(found["good"]["reasons"], [])
        for name in MADE:
            self.assertGreater(found[name]["expected_cer"], 0.02, name)
            self.assertIn(name, [reason["reason"] for reason in found[name]["reasons"]], found[name])
        leans = next(reason for reason in found["skewed"]["reasons"] if reason["reason"] == "skewed")
        self.assertAlmostEqual(leans["value"], 12, delta=0.5)

        # The folder tells the same, the worst first.
        shown = json.loads(ocrtune("show", texts, "--top", 9, "--json", check=0).stdout)
        self.assertEqual((shown["count"], shown["blank"]), (6, 0))
        self.assertEqual(sorted(shown["pages"], key=lambda one: one["page"]), sorted(done["pages"], key=lambda one: one["page"]))
        expected = [one["expected_cer"] for one in shown["pages"]]
        self.assertEqual(expected, sorted(expected, reverse=True))
        text = ocrtune("show", texts, "--top", 5, check=0).stdout
        self.assertIn("skewed.png\n", text)
        self.assertIn(f"{leans['text']}: {leans['advice']}\n", text)
        self.assertNotIn("good.png", text)
        self.assertIn("penche de", ocrtune("show", texts, env={"LANGUAGE": "fr"}, check=0).stdout)

    def test_what_is_on_a_page_is_a_reason_too(self):
        scans = self.tmp / "scans"
        scans.mkdir()
        dots = Image.new("L", (1200, 900), PAPER)
        for left in range(80, 1100, 140):
            for top in range(80, 800, 160):
                ImageDraw.Draw(dots).ellipse((left, top, left + 90, top + 90), fill=0)
        dots.save(scans / "nothing_recognized.png", dpi=(300, 300))
        draw(text_in("deu"), scans / "other_language.png")
        two_columns(scans / "columns.png")
        harbour()[0].save(scans / "good.png")
        texts = self.tmp / "texts"
        done = json.loads(ocrtune("apply", scans, "-o", texts, *FAST, "--json", check=0).stdout)
        found = {one["page"].removesuffix(".png"): one["reasons"] for one in done["pages"]}
        self.assertEqual({page: [one["reason"] for one in reasons] for page, reasons in found.items()},
                         {"good": [], **{name: [name] for name in ("nothing_recognized", "other_language", "columns")}})
        self.assertEqual(found["other_language"][0]["lang"], "deu")
        self.assertEqual({one["text"]: one["advice"] for reasons in found.values() for one in reasons},
                         {"nothing recognized": "look at it: is it print, and upright?",
                          "looks German": "recognize it in German (deu)", "in columns": "check the order of its lines"})
        shown = json.loads(ocrtune("show", texts, "--json", check=0).stdout)
        self.assertEqual({one["page"].removesuffix(".png"): one["reasons"] for one in shown["pages"]}, found)

    def test_the_pages_of_a_server_say_the_same(self):
        page = harbour()[0].convert("L")
        scans = self.tmp / "scans"
        scans.mkdir()
        page.save(scans / "good.png")
        for name in ("faint", "skewed"):
            MADE[name](page).save(scans / f"{name}.png")
        done = json.loads(ocrtune("apply", scans, "-o", self.tmp / "texts", *FAST, "--json", check=0).stdout)
        (self.tmp / "server").mkdir()
        server = Server(self.tmp / "server", scans, language="en")
        self.addCleanup(server.close)
        corpus = server.corpus(scans)
        deadline = time.monotonic() + 120
        while (info := server.get(f"/api/corpora/{corpus}"))["state"] != "ready":
            self.assertLess(time.monotonic(), deadline, info)
            time.sleep(0.1)
        of_page = {one["page"]: [one["expected_cer"], one["reasons"]] for one in done["pages"]}
        self.assertEqual({one["name"]: [one["expected_cer"], one["reasons"]] for one in info["pages"]}, of_page)
        self.assertEqual([of_page["good.png"][1], of_page["faint.png"][1] == []], [[], False])
