"""What stages measure of a page is in CSV, `show` and JSON: the noise and the search window chosen by it."""
import json

from support import ScratchCase, exported, ocrtune, tiny_pages

# What is tuned is the image; it is read on a copy too small to read.
QUICK = ["--engine", "tesseract", "--ocr-max-width", 60]


class Measured(ScratchCase):
    def screened(self, name, *settings):
        ocrtune("screen", tiny_pages(), "--pipeline", "standard", "--exponent", 1, *QUICK, *settings, "--study", self.tmp / name, check=0)
        rows = exported(self.tmp / name, self.tmp / f"{name}.csv")["pages"]
        self.assertTrue(all(row["denoise_nlm.noise"] == "" for row in rows if row["trial"] == "0"))
        return [row for row in rows if row["trial"] != "0"]

    def test_the_window_is_chosen_by_the_noise_of_each_page(self):
        noises = {}
        for row in self.screened("all.db"):
            noises.setdefault(row["page"], set()).add(float(row["denoise_nlm.noise"]))
            self.assertEqual(row["denoise_nlm.search"], "15" if float(row["denoise_nlm.noise"]) < self.threshold("all.db", row["trial"]) else "21")
        lowest = min(max(found) for found in noises.values())
        between = self.screened("some.db", "--set", f"noise_threshold={lowest + 1}")
        self.assertIn("15", {row["denoise_nlm.search"] for row in between})
        for row in between:
            self.assertEqual(row["denoise_nlm.search"], "15" if float(row["denoise_nlm.noise"]) < lowest + 1 else "21")

    def threshold(self, study, trial):
        shown = json.loads(ocrtune("export", self.tmp / study, "-o", self.tmp / "again", "--json", check=0).stdout)
        self.assertTrue(shown)
        rows = exported(self.tmp / study, self.tmp / "again")["trials"]
        return float(next(row for row in rows if row["trial"] == trial)["noise_threshold"])

    def test_show_has_them_of_the_best_point(self):
        rows = self.screened("s.db")
        found = json.loads(ocrtune("show", self.tmp / "s.db", "--json", check=0).stdout)["measurements"]
        expected = {row["page"]: row for row in rows if row["trial"] == str(found["trial"])}
        self.assertEqual({page["page"] for page in found["pages"]}, set(expected))
        for page in found["pages"]:
            for name, value in page["measured"].items():
                self.assertEqual(value, float(expected[page["page"]][name]))
        text = ocrtune("show", self.tmp / "s.db", check=0).stdout
        self.assertIn(f"measured by the stages of #{found['trial']}:\n  denoise_nlm.noise  ", text)
        self.assertIn("  denoise_nlm.search  ", text)
