"""What every released version wrote is read by this one: studies, recipes, portfolios, pipelines, journals (formats/VERSION.tar.xz, made by
scripts/release/keep_formats.py)."""
import json
import pathlib
import shutil
import tarfile

from support import ROOT, ScratchCase, doctor, ocrtune, rows, tiny_pages

KEPT = sorted((pathlib.Path(__file__).parent / "formats").glob("*.tar.xz"))
STUDIES = ("screened", "optimized", "tuned")


class OfEveryRelease(ScratchCase):
    def each(self):
        """(what is told of them, their folder) for each version, in a copy of its own."""
        self.assertTrue(KEPT)
        for archive in KEPT:
            folder = self.tmp / archive.name.removesuffix(".tar.xz")
            shutil.rmtree(folder, ignore_errors=True)
            with tarfile.open(archive) as tar:
                tar.extractall(folder)
            with self.subTest(version=folder.name):
                yield json.loads((folder / "kept.json").read_text()), folder

    def again(self, kept, folder, name, **options):
        words = [tiny_pages() if word == "PAGES" else word for word in kept["commands"][name]]
        return ocrtune(*words, cwd=folder, **options)

    def test_studies_are_shown_and_exported_with_the_same_values(self):
        for _, folder in self.each():
            for study in STUDIES:
                shown = json.loads(ocrtune("show", f"{study}.db", "--json", cwd=folder, check=0).stdout)
                before = rows(folder / "exported" / study / "trials.csv")
                self.assertEqual(shown["trials"], len(before))
                ocrtune("export", f"{study}.db", "-o", "now", "--quiet", cwd=folder, check=0)
                after = rows(folder / "now" / "trials.csv")
                self.assertEqual(len(after), len(before))
                for was, now in zip(before, after):
                    self.assertEqual({name: now[name] for name in was}, was)
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

    def test_a_journal_is_read(self):
        for kept, folder in self.each():
            pages = len(rows(folder / "exported/screened/pages.csv"))
            self.assertGreater(pages, 0)
            done = json.loads(self.again({"commands": {"apply": [*kept["commands"]["apply"], "--json"]}}, folder, "apply", check=0).stdout)
            self.assertEqual(len(done["pages"]), len(list(tiny_pages().glob("*.png"))))

    def test_this_version_is_kept_once_it_is_released(self):
        version = ocrtune("--version", check=0).stdout.split()[1]
        self.assertIn(f"## {version} (", (ROOT / "CHANGELOG.md").read_text())
        self.assertIn(version, [archive.name.removesuffix(".tar.xz") for archive in KEPT])


if __name__ == "__main__":
    import unittest
    unittest.main()
