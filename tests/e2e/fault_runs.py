"""The runs that tests of faults disturb: a study, an apply and a PDF, of three pages each."""
import contextlib
import json
import pathlib
import re
import sqlite3

from pdf_files import PdfFile, sound, texts_of
from support import FAST, made_once
from typed_pages import LINES, TypedPage

# What a run takes is given, so that one takes the same turns as the next.
PINNED = ["--engine", "lstm", "--jobs", 1, "--memory", "1G", "--quiet"]
PAGES = 3
DPI = 150


def _make_inputs(folder):
    (folder / "pages").mkdir()
    pdf = PdfFile()
    for i in range(PAGES):
        image = TypedPage([LINES[i]]).image.crop((60, 60, 620, 180))
        image.save(folder / "pages" / f"{i}.png", dpi=(DPI, DPI))
        width, height = (side * 72 / DPI for side in image.size)
        pdf.add_scan(image, f"/MediaBox [0 0 {width} {height}]", (width, 0, 0, height, 0, 0))
    pdf.write(folder / "scans.pdf")


def inputs():
    return made_once("fault-inputs", _make_inputs)


class Study:
    """Its result are the trials with their values; what is kept are those that are complete."""
    name = "study"

    @staticmethod
    def command(folder):
        return ["optimize", inputs() / "pages", "--pipeline", "standard", "--trials", 2, *FAST, *PINNED, "--study", folder / "s.db"]

    @staticmethod
    def _rows(folder, query):
        if not (folder / "s.db").exists():
            return []
        with contextlib.closing(sqlite3.connect(folder / "s.db")) as database:
            tables = {name for name, in database.execute("SELECT name FROM sqlite_master")}
            return database.execute(query).fetchall() if "trial_values" in tables else []

    @classmethod
    def result(cls, folder):
        values = cls._rows(folder, "SELECT number, state, objective, value FROM trials LEFT JOIN trial_values USING (trial_id) ORDER BY 1, 3")
        points = cls._rows(folder, "SELECT number, param_name, param_value FROM trials JOIN trial_params USING (trial_id) ORDER BY 1, 2")
        return {"values": values, "points": points}

    @classmethod
    def kept(cls, folder):
        return cls._rows(folder, "SELECT number, datetime_start, datetime_complete FROM trials WHERE state = 'COMPLETE'")


    @staticmethod
    def results_of(kept):
        """The parts of the result that have to be whole, as paths, when this is kept."""
        return []

    @staticmethod
    def may_begin_anew(done, again):
        """A study is of the pages that could be read when it began; if these are others, another file is asked for."""
        return done.returncode in (2, 6) and again.returncode == 5 and "different corpus" in again.stderr


class Apply:
    """Its result are the files; what is kept are the records of pages that are done."""
    name = "apply"

    @staticmethod
    def command(folder):
        return ["apply", inputs() / "pages", "--pipeline", "raw", "--format", "text,hocr,alto", *PINNED, "-o", folder / "out"]

    @classmethod
    def result(cls, folder):
        """Without what is hidden: pages of a PDF that could not be removed once it was written."""
        names = [name for name in entries(folder) if (folder / name).is_file() and "/." not in name and not name.endswith(".jsonl")]
        return {name: cls.content(folder / name) for name in names}

    @staticmethod
    def content(path):
        """Of hOCR and ALTO without the numbers of pages, which count those that could be read."""
        return re.sub(rb'(page_|ppageno |PHYSICAL_IMG_NR="|(?:block|par|line|word)_)\d+', rb"\1", path.read_bytes())

    @staticmethod
    def results_of(kept):
        pages = [pathlib.Path(json.loads(line)["page"]) for line in kept]
        return [f"out/{page.stem}.{kind}" for page in pages for kind in ("txt", "hocr", "xml")]

    @staticmethod
    def may_begin_anew(done, again):
        return False

    @staticmethod
    def kept(folder):
        """Those that are written to their ends."""
        with contextlib.suppress(FileNotFoundError):
            lines = (folder / "out" / "ocrtune-apply.jsonl").read_bytes().splitlines(keepends=True)
            return [line for line in lines[1:] if line.endswith(b"\n")]
        return []


class Pdf(Apply):
    name = "pdf"

    @staticmethod
    def command(folder):
        return ["apply", inputs() / "scans.pdf", "--pipeline", "raw", "--format", "pdf", *PINNED, "-o", folder / "out"]

    @staticmethod
    def content(path):
        return path.read_bytes()

    @staticmethod
    def texts(folder):
        return texts_of(sound(folder / "out" / "scans.pdf"))

    @staticmethod
    def results_of(kept):
        """One file for all pages, written when the last of them is done."""
        return ["out/scans.pdf"] if len(kept) == PAGES else []


RUNS = (Study, Apply, Pdf)


def entries(folder):
    """The names in a folder and below."""
    return sorted(str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob("*"))
