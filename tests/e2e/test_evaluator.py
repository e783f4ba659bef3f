"""The evaluator through the command: nothing is done twice, and memory changes nothing but time."""
import json

from support import FAST, ScratchCase, exported, ocrtune, screened_study, tiny_pages

PAGES = 4
LATE = ["--set", "line_h_size=45", "--set", "line_v_size=50", "--set", "norm_kernel=151", "--set", "denoise_h=9",
        "--set", "noise_threshold=100"]


class Caches(ScratchCase):
    def screen(self, name, *options):
        study = self.tmp / f"{name}.db"
        said = ocrtune("screen", tiny_pages(), "--exponent", 4, "--study", study, *options, check=0).stderr
        return study, said

    def steps(self, study):
        found = json.loads(ocrtune("timings", study, "--json", check=0).stdout)
        return {step["name"]: (step["count"], step["cached"]) for step in found["steps"]}

    def test_what_points_share_is_done_once(self):
        study, said = self.screen("late", *LATE)
        steps = self.steps(study)
        for stage in ("remove_lines", "normalize_division", "denoise_nlm"):
            self.assertEqual(steps[stage], (16 * PAGES, 15 * PAGES), stage)
        self.assertEqual(steps["wait"], (17 * PAGES, 0))
        self.assertRegex(said, r"reused from caches: 1\d\d of 256 \(\d+ %\) stages, \d+ of 68 \(\d+ %\) OCR results; peak memory [\d.]+ MB")

    def test_constants_that_round_alike_are_one_point(self):
        # bin_c from 14.01 to 14.99 is 15 to an image of integers.
        study, _ = self.screen("same", *LATE, "--set", "bin_block_size=121", "--free", "bin_c=14.01:14.99")
        steps = self.steps(study)
        self.assertEqual(steps["binarize_adaptive"], (16 * PAGES, 15 * PAGES))
        self.assertEqual(steps["read"], (17 * PAGES, 15 * PAGES))
        trials = exported(study, self.tmp / "csv")["trials"][1:]
        self.assertEqual(len({trial["score_tesseract"] for trial in trials}), 1)

    def test_memory_changes_nothing(self):
        results = []
        for memory in ("100M", "2G"):
            study = screened_study(4) if memory == "2G" else self.screen(memory, "--memory", memory, *FAST)[0]
            tables = exported(study, self.tmp / memory)
            results.append((tables["trials"], tables["pages"]))
        self.assertEqual(results[0], results[1])
