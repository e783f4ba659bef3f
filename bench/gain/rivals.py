"""Ways to read pages, each a function of a Fold: what ocrtune finds, and what else there is."""
import os
import resource
import subprocess

from PIL import Image

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def run(*command, **options):
    """The CPU seconds that a command took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(part) for part in command], check=True, **{"stdout": subprocess.DEVNULL, **options})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Fold:
    """Pages of one source to tune on, others to be judged on, and where results are kept."""

    def __init__(self, command, lang, tuned, judged, folder, wall_seconds):
        self.command, self.lang, self.folder, self.wall_seconds = command, lang, folder, wall_seconds
        self.tuned, self.judged = tuned, judged
        self.spent = {}
        folder.mkdir(parents=True, exist_ok=True)
        # Links, so that no truth lies beside.
        truths = [file.with_suffix(".gt.txt") for file in judged]
        for name, files in (("tuned", tuned), ("judged", judged), ("truth", truths)):
            (folder / name).mkdir(exist_ok=True)
            for file in files:
                link = folder / name / file.name
                if not link.exists():
                    link.symlink_to(file)
        with open(folder / "truth.csv", "w", encoding="utf-8") as manifest:
            manifest.write("file;lang;truth\n")
            for file in tuned:
                manifest.write(f"{file};{lang};{file.with_suffix('.gt.txt')}\n")

    def texts(self, method):
        return self.folder / "texts" / method

    def ocrtune(self, *arguments):
        return run(self.command, *arguments, "--lang", self.lang, "--quiet")

    def read(self, method, pipeline, pages=None):
        self.ocrtune("read", pages or self.folder / "judged", "--pipeline", pipeline, "-o", self.texts(method))

    def tune(self, name, corpus, *options):
        """What a search finds, with what it took in CPU seconds."""
        best = self.folder / f"{name}.toml"
        if not best.exists():
            self.spent[name] = self.ocrtune("tune", corpus, "--budget", f"{self.wall_seconds}s", "--study", self.folder / f"{name}.db",
                                            "-o", best, *options)
        return best

    def single(self, name, corpus, *options):
        """The pipeline that a search for one pipeline finds."""
        return self.tune(f"{name}_single", corpus, "--single", *options)

    def apply(self, method, *options):
        self.spent[method] = self.ocrtune("apply", self.folder / "judged", "-o", self.texts(method), *options)

    def apply_recipe(self, method, recipe, *options):
        self.apply(method, "--recipe", recipe, *options)


def raw(fold):
    fold.read("raw", "raw")


def design_defaults(fold):
    """The Python design's pipeline with its own values."""
    fold.read("design_defaults", "standard")


def design_sobol(fold):
    """The best by mean confidence of 64 Sobol points of the Python design's pipeline."""
    best = fold.folder / "sobol.toml"
    if not best.exists():
        fold.spent["design_sobol"] = fold.ocrtune(
            "optimize", fold.folder / "tuned", "--pipeline", "standard", "--sampler", "sobol", "--trials", 64,
            "--objective", "confidence", "--study", fold.folder / "sobol.db", "-o", best)
    fold.read("design_sobol", best)


def tesseract_sauvola(fold):
    """Tesseract with its Sauvola thresholding."""
    out = fold.texts("tesseract_sauvola")
    out.mkdir(parents=True, exist_ok=True)
    for page in fold.judged:
        run("tesseract", page, out / page.stem, "-l", fold.lang, "--psm", 6, "--oem", 1, "-c",
            "thresholding_method=2", stderr=subprocess.DEVNULL, env={**os.environ, "OMP_THREAD_LIMIT": "1"})


def unpaper(fold):
    """What unpaper makes of the pages, with its own values."""
    cleaned = fold.folder / "unpaper"
    cleaned.mkdir(exist_ok=True)
    for page in fold.judged:
        made = cleaned / f"{page.stem}.pgm"
        if made.exists():
            continue
        given = cleaned / f"{page.stem}.given.pgm"
        with Image.open(page) as image:
            image.convert("L").save(given)
        run("unpaper", "--overwrite", given, made, **QUIET)
        given.unlink()
    fold.read("unpaper", "raw", cleaned)


def tuned(fold):
    """ocrtune without truth: one pipeline, and the choices of the recipe."""
    fold.read("tune_single", fold.single("tuned", fold.folder / "tuned"))
    recipe(fold)


def recipe(fold):
    """The recipe that `tune` finds without truth, as it recommends it and with each of its choices."""
    found = fold.tune("tuned", fold.folder / "tuned")
    fold.apply_recipe("tune_recipe", found)
    for choice in ("fast", "balanced", "best", "untuned"):
        fold.apply_recipe(f"tune_{choice}", found, "--choice", choice)


def documents(fold):
    """ocrtune without tuning."""
    fold.apply("documents")
    fold.apply("documents_vote", "--vote")


def ppocr(fold):
    """PP-OCRv6 by itself, on the pages as they are."""
    fold.apply("ppocr", "--engine", "ppocr", "--pipeline", "raw")


def efforts(fold):
    """ocrtune without tuning, by the time that a page is given."""
    for effort in ("low", "normal", "high"):
        fold.apply(f"effort_{effort}", "--effort", effort)


def search_by(objective, corpus, prefix, recipe):
    """`tune` on the fold's pages by an objective: one pipeline and, where asked for, the recipe."""
    def search(fold):
        given = (search.__name__, fold.folder / corpus, "--objective", objective)
        fold.read(f"{search.__name__}_single", fold.single(*given))
        if recipe:
            fold.apply_recipe(f"{search.__name__}_recipe", fold.tune(*given))
    search.__name__ = f"{prefix}_{objective}"
    return search


def with_truth(objective):
    """With the truth of the pages tuned on."""
    return search_by(objective, "truth.csv", "truth", True)


def proxy(objective):
    return search_by(objective, "tuned", "proxy", False)


ALL = {step.__name__: step for step in
       (raw, design_defaults, design_sobol, tesseract_sauvola, unpaper, documents, ppocr, efforts, tuned, recipe, with_truth("reference_quality"),
        with_truth("cer"), proxy("confidence"), proxy("char_confidence"), proxy("net_legible"), proxy("legible"))}
