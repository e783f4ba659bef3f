"""scripts/make_french_pages.py and scripts/check_french_pages.py, on a copy of the documentation."""
import shutil
import subprocess
import unittest

from support import ROOT, ScratchCase

PAGE = "how-to/resume.md"


class FrenchPages(ScratchCase):
    def setUp(self):
        super().setUp()
        for path in (*(ROOT / "docs").rglob("*.md"), *(ROOT / "po").rglob("*.po"), *(ROOT / "scripts").glob("*.py")):
            copy = self.tmp / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)

    def edit(self, name, old, new):
        path = self.tmp / name
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def script(self, name, *arguments, check=0):
        done = subprocess.run([self.tmp / "scripts" / name, *arguments], cwd=self.tmp, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, check, done.stdout + done.stderr)
        return done.stdout

    def test_what_changed_is_english_until_it_is_translated(self):
        self.edit(f"docs/{PAGE}", "Press Ctrl-C a second time to stop at once", "Press Ctrl-C twice to stop at once")
        page = self.tmp / "docs" / PAGE
        added = "\nMore is in [the guide](tune.md#choose-pages) and in [hacking](hacking.md#building).\n"
        page.write_text(page.read_text(encoding="utf-8") + added, encoding="utf-8")
        self.assertRegex(self.script("check_french_pages.py"), r" [1-9]\d* untranslated and [1-9]\d* fuzzy\n")
        self.script("make_french_pages.py", "built", "--update")
        page = (self.tmp / "built" / "fr" / PAGE).read_text(encoding="utf-8")
        self.assertIn("To stop a command, press Ctrl-C once.", page)
        # A link of an English paragraph leads to the French heading, or to a page that is in English only.
        self.assertIn("[the guide](tune.md#choisir-les-pages) and in [hacking](../../how-to/hacking.md#building)", page.replace("\n", " "))
        self.assertIn("# Arrêter et reprendre", page)
        catalogue = (self.tmp / "po" / "docs" / "fr.po").read_text(encoding="utf-8")
        self.assertIn("fuzzy", catalogue)
        self.assertIn("Press Ctrl-C twice", " ".join(catalogue.replace('"\n"', "").split()))
        subprocess.run(["msgattrib", "--clear-fuzzy", "-o", "po/docs/fr.po", "po/docs/fr.po"], cwd=self.tmp, check=True)
        self.script("make_french_pages.py", "built")
        self.assertIn("Pour arrêter une commande", (self.tmp / "built" / "fr" / PAGE).read_text(encoding="utf-8"))

    def test_what_is_the_same_in_both_languages_is_checked(self):
        catalogue = "po/docs/fr.po"
        self.edit(catalogue, "[mêmes caractéristiques](tune.md)", "[mêmes caractéristiques](search.md)")
        self.assertIn("other links in the translation of '**Which pages", self.script("check_french_pages.py", check=1))
        self.edit(catalogue, "[mêmes caractéristiques](search.md)", "[mêmes caractéristiques](tune.md)")
        self.edit(catalogue, "ocrtune doctor                     # ce qui est", "ocrtune stages                     # ce qui est")
        self.assertIn("other code in the translation of 'apt install", self.script("check_french_pages.py", check=1))
        self.edit(catalogue, "ocrtune stages                     # ce qui est", "ocrtune doctor                     # ce qui est")
        self.edit(catalogue, '"Language: fr\\n"\n', '"Language: fr\\n"\nmsgid\n')
        self.script("check_french_pages.py", check=1)


if __name__ == "__main__":
    unittest.main()
