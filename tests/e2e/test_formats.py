"""What every released version wrote is read by this one: studies, recipes, portfolios, pipelines, journals (formats/VERSION.tar.xz, made by
scripts/release/keep_formats.py)."""
import json
import pathlib
import tarfile

from support import ROOT, WITHOUT_PPOCR, ScratchCase, doctor, ocrtune, rows, tiny_pages

KEPT = sorted((pathlib.Path(__file__).parent / "formats").glob("*.tar.xz"))
STUDIES = ("screened", "optimized", "tuned")


class OfEveryRelease(ScratchCase):
    def each(self):
        """(what is told of them, their folder) of each version, in a copy of its own."""
        self.assertTrue(KEPT)
        for archive in KEPT:
            folder = self.tmp / archive.name.removesuffix(".tar.xz")
            with tarfile.open(archive) as tar:
                tar.extractall(folder)
            yield json.loads((folder / "kept.json").read_text()), folder

    def again(self, kept, folder, name, **options):
        words = [tiny_pages() if word == "PAGES" else word for word in kept["commands"][name]]
        return ocrtune(*words, cwd=folder, **options)

    def test_studies_are_shown_and_exported_with_the_same_values(self):
        for _, folder in self.each():
            for study in STUDIES:
                shown = json.loads(ocrtune("show", f"{study}.db", "--json", cwd=folder, check=0).stdout)
                before = rows(folder / "exported" / study / "trials.csv")
                self.assertEqual(shown["points"] + 1, len(before))  # and the baseline
                ocrtune("export", f"{study}.db", "-o", "now", "--quiet", cwd=folder, check=0)
                after = rows(folder / "now" / "trials.csv")
                self.assertEqual(len(after), len(before))
                names = [name for name in before[0] if name in after[0]]
                self.assertLessEqual({"score_tesseract", "score_words", "bin_c"}, set(names))
                for was, now in zip(before, after):
                    self.assertEqual([now[name] for name in names], [was[name] for name in names])
                ocrtune("report", f"{study}.db", "-o", "report.html", "--quiet", cwd=folder, check=0)

    def test_searches_are_resumed(self):
        for kept, folder in self.each():
            if (kept["tesseract"], kept["opencv"]) != (doctor()["tesseract"], doctor()["opencv"]):
                continue  # whose results may differ, which a message says
            for name, study in zip(("screen", "optimize", "tune"), STUDIES):
                before = (folder / "exported" / study / "trials.csv").read_text()
                done = self.again(kept, folder, name, check=0)
                self.assertNotIn("seconds left", done.stderr)
                ocrtune("export", f"{study}.db", "-o", "now", "--quiet", cwd=folder, check=0)
                self.assertEqual(len(rows(folder / "now" / "trials.csv")), len(before.splitlines()) - 1)

    def test_recipes_portfolios_and_pipelines_are_applied(self):
        for kept, folder in self.each():
            for file in folder.glob("*.toml"):
                option = {"--portfolio": file.name.endswith(".portfolio.toml"), "--recipe": file.name == kept["commands"]["apply"][3]}
                way = next((name for name, is_so in option.items() if is_so), None)
                if way:
                    ocrtune("apply", tiny_pages(), way, file.name, "-o", f"of-{file.stem}", cwd=folder, check=0)
                else:
                    ocrtune("clean", tiny_pages(), "--pipeline", file.name, "-o", f"of-{file.stem}", cwd=folder, check=0)

    def test_a_folder_of_apply_is_continued(self):
        for kept, folder in self.each():
            first = json.loads((folder / "texts/ocrtune-apply.jsonl").read_text().splitlines()[0])
            same = "program" in first and kept["tesseract"] == doctor()["tesseract"]
            # Journals of 0.1.0 have the version among the settings.
            done = self.again({"commands": {"apply": [*kept["commands"]["apply"], "--json"]}}, folder, "apply", check=0 if same else 5,
                              env=WITHOUT_PPOCR)
            if same:
                self.assertEqual(json.loads(done.stdout)["done_before"], len(list(tiny_pages().glob("*.png"))))
            else:
                self.assertRegex(done.stderr, r"^ocrtune: texts/ocrtune-apply.jsonl: .* use another output folder\n$")

    def test_this_version_is_kept_once_it_is_released(self):
        version = ocrtune("--version", check=0).stdout.split()[1]
        self.assertIn(f"## {version} (", (ROOT / "CHANGELOG.md").read_text())
        self.assertIn(version, [archive.name.removesuffix(".tar.xz") for archive in KEPT])


if __name__ == "__main__":
    import unittest
    unittest.main()
