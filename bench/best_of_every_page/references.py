"""How far OCR results agree with what several ways to read a page say together, as `agreement` of ocrtune has it."""
import json
import pathlib
import shutil
import subprocess
import sys
import unicodedata
import zlib

from table import left_out_covers, pages_of, rows, write_rows

PIPELINES = 5  # as many as `documents` has
BLOCK = "6"


def portfolio_text(files, engine=""):
    """A portfolio of pipeline files, and the original page by a further OCR engine."""
    parts = ['name = "left-out"\n']
    for number, file in enumerate(files):
        text = file.read_text(encoding="utf-8") if file else ""
        stages = text[text.find("[[stage]]"):] if "[[stage]]" in text else ""
        parts.append(f'[[pipeline]]\nname = "{f"p{number}" if number else "raw"}"\n\n'
                     + stages.replace("[[stage]]", "[[pipeline.stage]]"))
    if engine:
        parts.insert(2, f'[[pipeline]]\nengine = "{engine}"\nname = "engine"\n')
    return "\n".join(parts)


class References:
    """Of each source's pages the vote of pipelines that were found without it, and of a further OCR engine, in a folder of its own."""

    def __init__(self, options, table, wanted, engine=""):
        self.command, self.work = options.command, options.work
        self.asked = {row["file"]: row for row in pages_of(options.manifest)}
        self.table, self.wanted, self.folder_of = table, wanted, {}
        file_of = {read.out.stem: read.pipeline if read.out.stem != "raw" else None for read in wanted if read.mode == BLOCK}
        found = left_out_covers(table, [p for p in table.pipelines if p in file_of])
        for source, pipelines in found.items():
            text = portfolio_text([file_of[p] for p in pipelines[:PIPELINES]], engine)
            self.folder_of[source] = self.made(source, table.of([source]), text)

    def made(self, source, pages, text):
        folder = self.work / "references" / f"{source}-{zlib.crc32(text.encode()):08x}"
        if not folder.exists():
            portfolio, asked = folder.with_suffix(".toml"), folder.with_suffix(".csv")
            folder.parent.mkdir(exist_ok=True)
            portfolio.write_text(text, encoding="utf-8")
            write_rows(asked, ["file", "lang"], [self.asked[page] for page in pages])
            making = folder.with_suffix(".part")
            shutil.rmtree(making, ignore_errors=True)
            subprocess.run([self.command, "apply", asked, "--portfolio", portfolio, "--vote", "--enough", "100", "--psm", BLOCK,
                            "-o", making, "--quiet"], check=True, stdout=subprocess.DEVNULL)
            making.rename(folder)
        return folder

    def add_agreements(self):
        """To the table, for all pipelines; reads what isn't in --work."""
        for read in self.wanted:
            self.table.add_agreement(read.out.stem, self.agreements(read))

    def text(self, page):
        return text_of(self.folder_of[self.table.source_of[page]], page)

    def agreements(self, read):
        """By page how far a pipeline's OCR result agrees."""
        kept = self.work / "agreements" / f"{read.out.stem}.json"
        kept.parent.mkdir(exist_ok=True)
        known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        missing = [page for page in self.asked if known.get(page, [""])[0] != str(self.text(page))]
        if missing:
            for page, value in self.compared(read, missing).items():
                known[page] = [str(self.text(page)), value]
            kept.write_text(json.dumps(known), encoding="utf-8")
            print(f"agreement of {read.out.stem}", file=sys.stderr)
        return {page: value for page, (_, value) in known.items()}

    def compared(self, read, pages):
        folder = self.work / "agreements" / read.out.stem
        texts, truths = self.work / "texts" / read.out.stem, folder / "truths"
        shutil.rmtree(folder, ignore_errors=True)
        truths.mkdir(parents=True)
        for page in pages:
            shutil.copy(self.text(page), truths / f"{pathlib.Path(page).stem}.gt.txt")
        unread = [page for page in pages if not text_of(texts, page).exists()]
        if unread:
            write_rows(folder / "asked.csv", ["file", "lang"], [self.asked[page] for page in unread])
            subprocess.run([self.command, "read", folder / "asked.csv", "--pipeline", read.pipeline, "--psm", read.mode, "-o",
                            texts, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([self.command, "evaluate", texts, "--truth", truths, "--csv", folder / "errors.csv", "--quiet"],
                       check=True, stdout=subprocess.DEVNULL)
        errors = {pathlib.Path(row["page"]).name: int(row["character_errors"]) for row in rows(folder / "errors.csv")}
        found = {}
        for page in pages:
            stem = pathlib.Path(page).stem
            longer = max(length(text_of(texts, page)), length(truths / f"{stem}.gt.txt"))
            found[page] = 1 - errors[stem] / longer if longer else 1
        shutil.rmtree(folder)
        return found


def text_of(folder, page):
    """Where a command that was told to write there has put a page's text."""
    return folder / pathlib.Path(page).relative_to("/").with_suffix(".txt")  # pages are absolute paths


def length(file):
    """Characters of a text as it is compared."""
    return len(" ".join(unicodedata.normalize("NFC", file.read_text(encoding="utf-8", errors="replace")).split()))
