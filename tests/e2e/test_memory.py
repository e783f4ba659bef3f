"""Commands in little memory: they end, whoever waits for memory or for another thread; a lack of memory is called so."""
import json
import resource
import unittest

from PIL import Image, ImageDraw, ImageFont
from pdf_files import sound
from support import FAST, ScratchCase, made_once, ocrtune, repetitions
from workers import WorkerCase

TEXT = "The quick brown fox jumps over the lazy dog"
ENLARGES = '[[stage]]\nuse = "rescale"\nfactor = 2\n[[stage]]\nuse = "binarize_sauvola"\n'
# Two workers, and hardly one page beside what they need themselves.
TIGHT = ["260M", "300M"]


def page(path, dpi, lines=6, mode="L"):
    """An A4 page with a few lines of text."""
    image = Image.new(mode, (round(8.27 * dpi), round(11.69 * dpi)), 235 if mode == "L" else (235, 230, 220))
    font = ImageFont.truetype("DejaVuSans.ttf", dpi // 6)
    for line in range(lines):
        ImageDraw.Draw(image).text((dpi, dpi * (1 + line / 3)), f"{TEXT} {line}", fill=20 if mode == "L" else (20, 20, 40), font=font)
    image.save(path, dpi=(dpi, dpi))
    return path


def tight_pages():
    """Three pages of 150 dpi, two of them equal, with their texts."""
    def make(folder):
        for name, lines in ("a", 5), ("b", 5), ("c", 7):
            page(folder / f"{name}.png", 150, lines)
            (folder / f"{name}.gt.txt").write_text("".join(f"{TEXT} {line}\n" for line in range(lines)))
    return made_once("tight-pages", make)


class Ends(ScratchCase):
    """Without one order of waiting for memory and for turns, some of these never end."""

    def setUp(self):
        super().setUp()
        self.pipeline = self.tmp / "p.toml"
        self.pipeline.write_text(ENLARGES)
        self.points = self.tmp / "points.json"
        self.points.write_text("[{}, {}, {}, {}]")

    def each(self, *command, memories=TIGHT, check=0):
        for number, memory in enumerate(memories):
            yield ocrtune(*[str(word).replace("NUMBER", str(number)) for word in command], "--jobs", 2, "--memory", memory, "--quiet",
                          check=check)

    def run_each(self, *command, **how):
        return list(self.each(*command, **how))

    def test_score_of_equal_points(self):
        made = page(self.tmp / "a4.png", 300)
        memories = [f"{most}M" for most in range(300, 1001, 50)] if repetitions(1, 0) else ["400M", "500M"]
        for done in self.each("score", made, "--pipeline", self.pipeline, "--params", self.points, "--json", memories=memories):
            points = json.loads(done.stdout)
            scores = [{name: value for name, value in point.items() if name != "trial"} for point in points if point["trial"] > 0]
            self.assertEqual(scores, 4 * scores[:1])

    def test_score(self):
        self.run_each("score", tight_pages(), "--pipeline", self.pipeline, "--params", self.points)

    def test_screen(self):
        self.run_each("screen", tight_pages(), "--exponent", 2, *FAST, "--study", self.tmp / "NUMBER.db")

    def test_optimize(self):
        self.run_each("optimize", tight_pages(), "--trials", 4, *FAST, "--study", self.tmp / "NUMBER.db")

    def test_tune(self):
        self.run_each("tune", tight_pages(), "--trials", 2, "--hold-out", 1, "--study", self.tmp / "NUMBER.db", "-o",
                      self.tmp / "NUMBER.toml", memories=TIGHT[:1])

    def test_apply(self):
        self.run_each("apply", tight_pages(), "--pipeline", "raw", "--pipeline", self.pipeline, "--format", "text,pdf", "--images", "png",
                      "-o", self.tmp / "NUMBER")
        self.check_pdfs()

    def test_read(self):
        self.run_each("read", tight_pages(), "--pipeline", self.pipeline, "--format", "text,pdf", "-o", self.tmp / "NUMBER")
        self.check_pdfs()

    def check_pdfs(self):
        self.assertTrue(list(map(sound, self.tmp.rglob("*.pdf"))))

    def test_clean(self):
        self.run_each("clean", tight_pages(), "--pipeline", self.pipeline, "-o", self.tmp / "NUMBER")

    def test_compare(self):
        self.run_each("compare", tight_pages(), "--pipeline", "raw", "--pipeline", self.pipeline)


class Workers(WorkerCase):
    def test_worker(self):
        driver = self.start("screen", tight_pages(), "--exponent", 2, *FAST, "--jobs", 1, "--memory", TIGHT[0], "--study", self.study)
        worker = self.start("worker", "--study", self.study, "--jobs", 2, "--memory", TIGHT[0], "--wait", 3)
        self.ended(driver, 0)
        self.ended(worker, 0)


class Shortage(ScratchCase):
    """With a limit of the kernel below what a page needs."""

    def setUp(self):
        super().setUp()
        made = page(self.tmp / "page.png", 300, mode="RGB")
        with Image.open(made) as image:
            for kind in "jpg", "tif", "webp", "ppm":
                image.save(self.tmp / f"{kind}.{kind}")
        self.files = [made, *(self.tmp / f"{kind}.{kind}" for kind in ("jpg", "tif", "webp", "ppm"))]

    def limited(self, limit, *command, check=None):
        """The command with `limit` MiB of addresses."""
        return ocrtune(*command, check=check, before=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit << 20, limit << 20)))

    def test_a_lack_of_memory_is_called_so(self):
        called = set()
        for limit in range(250, 1000, repetitions(10, 75)):
            with self.subTest(limit=limit):
                done = self.limited(limit, "read", *self.files, "--jobs", 1, "--memory", "1G", "-o", self.tmp / f"out{limit}", "--quiet")
                self.assertNotRegex(done.stderr, "damaged|internal error|can't be|please report")
                self.assertEqual(done.returncode, 6 if done.stderr else 0, done.stderr)
                called.update(line.split(": ")[-1] for line in done.stderr.splitlines())
        self.assertIn("needs more memory than available", called)

    def test_a_stage_that_gets_no_memory(self):
        pipeline = self.tmp / "p.toml"
        pipeline.write_text(ENLARGES)
        for limit in range(220, 400, repetitions(10, 40)):
            done = self.limited(limit, "score", self.files[0], "--pipeline", pipeline, "--jobs", 1, "--memory", "1G", "--json", "--quiet")
            self.assertIn(done.returncode, (0, 6))
            failed = any(point["words"] == 0 for point in json.loads(done.stdout or "[]"))
            self.assertEqual("out of memory" in done.stderr, done.returncode == 6, done.stderr)
            self.assertFalse(failed and done.returncode == 0, done.stdout)

    def test_threads_that_cannot_be_started(self):
        for command in ["read"], ["score", "--pipeline", "raw"]:
            done = self.limited(900, *command, self.files[0], "--jobs", 200, "--memory", "20G", "--quiet", check=6)
            self.assertIn("out of memory; use fewer --jobs", done.stderr)


if __name__ == "__main__":
    unittest.main()
