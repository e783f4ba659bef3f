"""`tune` on a collection that is larger than what it uses: a stratified sample of its pages."""
import json
import sqlite3

from PIL import Image

from support import ScratchCase, ocrtune
from typed_pages import LINES, TypedPage

PAGES = 56


def pages_of(study):
    """The files and page numbers of a study's pages."""
    with sqlite3.connect(study) as db:
        return sorted(db.execute("SELECT file, file_page FROM ocrtune_pages"))


class Sample(ScratchCase):
    def collection(self, name):
        """A book of 20 pages in one file, and 36 more pages; those of the book are inverted."""
        folder = self.tmp / name
        folder.mkdir()
        book, words = [], TypedPage(LINES)
        boxes = [tuple(map(int, box)) for _, box in words.ink()]
        for number in range(PAGES):
            # A word, and in the second round of words another place for it.
            word = words.image.crop(boxes[number % len(boxes)])
            page = Image.new("L", (300, 120), 255)
            page.paste(word, (20 + number, 40))
            if number < 20:
                book.append(Image.eval(page, lambda level: 255 - level))
            else:
                page.save(folder / f"{number}.png")
        book[0].save(folder / "book.tif", save_all=True, append_images=book[1:])
        return folder

    def tune(self, folder, *arguments, trials=1, check=0):
        return ocrtune("tune", folder, "--study", "s.db", "--hold-out", "0", "--trials", trials, "--engine", "lstm", "--no-report",
                       "--single", *arguments, cwd=self.tmp, check=check)

    def test_of_a_collection(self):
        folder = self.collection("scans")
        self.assertIn(f"a stratified sample of 40 of {PAGES} pages", self.tune(folder).stderr)
        pages = pages_of(self.tmp / "s.db")
        self.assertEqual(len(set(pages)), 40)
        inverted = sum(file.endswith("book.tif") for file, _ in pages)
        self.assertAlmostEqual(inverted, 40 * 20 / PAGES, delta=1.5)

        # The same study goes on with the same pages, wherever the collection is now.
        again = self.tune(folder, trials=2)
        self.assertNotIn("sample of", again.stderr)
        moved = folder.rename(self.tmp / "moved")
        self.tune(moved, trials=3)
        shown = json.loads(ocrtune("show", "s.db", "--json", cwd=self.tmp, check=0).stdout)
        self.assertGreaterEqual(shown["points"], 1)
        self.assertEqual([(file.rsplit("/", 1)[1], page) for file, page in pages_of(self.tmp / "s.db")],
                         [(file.rsplit("/", 1)[1], page) for file, page in pages])

        # By their content, if another page has the name of one of them.
        names = {file.rsplit("/", 1)[1] for file, _ in pages}
        sampled = next(moved / name for name in names if name != "book.tif")
        other = next(file for file in moved.iterdir() if file.name not in names)
        between = moved / "between"
        for file, renamed in [(sampled, between), (other, sampled), (between, other)]:
            file.rename(renamed)
        self.tune(moved, trials=3)
        self.assertIn(str(other), [file for file, _ in pages_of(self.tmp / "s.db")])

        # A page of the sample that is gone is missed; the others are not asked for.
        other.unlink()
        self.assertIn("cannot be resumed", self.tune(moved, check=5).stderr)

    def test_is_of_pages_with_ground_truth_if_the_objective_needs_it(self):
        folder = self.collection("scans")
        self.assertIn("no page has ground truth", self.tune(folder, "--objective", "cer", check=1).stderr)
        for number in range(20, 24):
            (folder / f"{number}.gt.txt").write_text(f"page {number}\n")
        self.tune(folder, "--objective", "cer")
        again = self.tune(folder, "--objective", "cer", trials=2)
        self.assertNotIn("sample of", again.stderr)
        self.assertEqual({file.rsplit("/", 1)[1] for file, _ in pages_of(self.tmp / "s.db")},
                         {f"{number}.png" for number in range(20, 24)})
