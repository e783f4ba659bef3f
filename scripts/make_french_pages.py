#!/usr/bin/python3
"""Makes the French pages of the documentation, FOLDER/fr/**.md, from the English ones of docs/ and from po/docs/fr.po, by po4a.

  scripts/make_french_pages.py FOLDER             a page that po/docs/fr.po lacks a paragraph of has the English one
  scripts/make_french_pages.py FOLDER --update    and po/docs/fr.po gets the paragraphs of the English pages as they are now: a changed
                                                  one is fuzzy, which is English in the French page until its translation is looked at

po4a gets the paragraphs, headings, rows of tables and code with comments of a page, each as one line or block; all else is the page's.
Links lead to French pages and to their headings, though the catalogue has those of the English page. Tables that the program makes,
and sentences of the program, are translated by po/fr.po; those that the site alone has, when it is made (scripts/site_hooks.py).
"""
import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import textwrap

import check_translations
from anchors import slug

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CATALOGUE = ROOT / "po" / "docs" / "fr.po"
PAGES = ["index.md", "tutorial/*.md", "how-to/*.md", "reference/stages/*.md", "reference/ocr_settings.md", "reference/json.md",
         "reference/commands.md", "reference/glossary.md", "reference/csv.md", "reference/pipelines.md",
         "reference/samplers/*.md", "reference/pages.md", "reference/errors.md", "reference/metrics.md",
         "explanation/gain.md", "explanation/confidence.md"]
# For contributors, who write English.
ENGLISH_ONLY = {"how-to/hacking.md", "how-to/extending.md"}
WIDTH = 120

FENCE = re.compile(r"^( *)```(\S*)")
HEADING = re.compile(r"^(#+ +)(.*)$")
ITEM = re.compile(r"^( *(?:[-*]|\d+\.) +)(?=\S)(.*)$")
TABLE = re.compile(r"^<!-- (?:table: (.+)|(end of table)) -->$")
COMMENT = re.compile(r"(^|\s)#( .*)?$", re.MULTILINE)
LINK = re.compile(r"(\]\()([^)\s]+)(\))")
# Tables, beside those of parameters, that are the program's alone. What it says of its commands is in French already.
PROGRAM_TABLES = {"stages", "commands", "presets", "searched of presets", "choices of auto", "samplers", "pruners"}
# What a line must not begin with where a paragraph goes on.
MARKUP = re.compile(r"([-*+>|]|#+|\d+[.)])( |$)", re.MULTILINE)


@dataclasses.dataclass
class Block:
    """A part of a page: its text, and the beginning of its first line and of the others."""
    kind: str  # "paragraph", "heading", "row", "code", or "kept": not translated
    text: str
    first: str = ""
    others: str = ""
    table: str = ""  # the generated table that a row is of
    language: str = ""  # of code


def pages():
    """The pages that have a French one, by their paths in docs/."""
    names = sorted(path.relative_to(DOCS).as_posix() for pattern in PAGES for path in DOCS.glob(pattern))
    return [name for name in names if name not in ENGLISH_ONLY]


def blocks(text):
    """The parts of a page."""
    lines, found, at, table = text.splitlines(), [], 0, ""

    def goes_on(line):
        return line.strip() and not any(one.match(line) for one in (FENCE, HEADING, ITEM)) and not line.lstrip().startswith(("|", "<!--"))

    while at < len(lines):
        line, begin = lines[at], at
        indent = line[:len(line) - len(line.lstrip(" "))]
        at += 1
        if fence := FENCE.match(line):
            while not lines[at].strip().startswith("```"):
                at += 1
            code = "\n".join(one.removeprefix(indent) for one in lines[begin + 1:at])
            translated = fence[2] == "text" or COMMENT.search(code)
            found += [Block("kept", line), Block("code" if translated else "kept", code, indent, indent, language=fence[2]), Block("kept", lines[at])]
            at += 1
        elif heading := HEADING.match(line):
            found.append(Block("heading", heading[2], heading[1]))
        elif line.lstrip().startswith("|"):
            ruled = re.fullmatch(r"[| :-]+", line)
            found.append(Block("kept", line) if ruled else Block("row", line.strip(), indent, table=table))
        elif line.strip() == "" or line.lstrip().startswith("<!--"):
            if mark := TABLE.match(line):
                table = mark[1] or ""
            found.append(Block("kept", line))
        elif len(indent) >= 4 and begin > 0 and lines[begin - 1] == "" and not ITEM.match(line) and not inside_item(lines, begin):
            while at < len(lines) and lines[at].startswith("    "):
                at += 1
            found.append(Block("code", "\n".join(one[4:] for one in lines[begin:at]), "    ", "    "))
        else:
            item = ITEM.match(line)
            first, text = (item[1], item[2]) if item else (indent, line.strip())
            while at < len(lines) and goes_on(lines[at]):
                text += " " + lines[at].strip()
                at += 1
            found.append(Block("paragraph", text, first, " " * len(first), table=table))
    return found


def inside_item(lines, at):
    """True where the indented paragraph at this line goes on with an item of a list."""
    for line in reversed(lines[:at]):
        if line and not line.startswith(" "):
            return ITEM.match(line) is not None
    return False


def written(block):
    if block.kind in ("heading", "row", "kept") and not block.others:
        return block.first + block.text
    if block.kind in ("code", "kept"):
        return "\n".join((block.others + line).rstrip() if line.strip() else "" for line in block.text.split("\n"))
    lines = textwrap.wrap(block.text, WIDTH - len(block.first), break_long_words=False, break_on_hyphens=False)
    if any(MARKUP.match(line) for line in lines[1:]):
        lines = [block.text]
    return block.first + f"\n{block.others}".join(lines)


class Program:
    """The program's own texts in French."""

    def __init__(self):
        self.known, _ = check_translations.catalogue(check_translations.CATALOGUE)

    def text(self, english, context=""):
        key = context + check_translations.IN_CONTEXT + english if context else english
        # The empty key is the catalogue's header.
        return self.known.get(key, [english])[0] if english else ""

    def word(self, english):
        return self.text(english, "table")

    def cell(self, column, english):
        """A cell of a table that scripts/make_tables.py makes of what the program says."""
        if column in ("type", "parameters"):
            return self.word(english)
        if column in ("allowed", "searched"):
            return re.sub(r"^(\S+) to (\S+)$", lambda match: self.word("{} to {}").format(*match.groups()), english)
        return self.text(english) if column in ("unit", "meaning", "what it does", "good for", "cost") else english

    def translate(self, found):
        """What of a page's parts is the program's: they are not po4a's then."""
        head = []
        for at, block in enumerate(found):
            if block.kind == "paragraph" and block.text in self.known:
                found[at] = Block("kept", self.text(block.text), block.first)
            elif block.kind == "paragraph" and block.text == "None." and found[at - 2].text.startswith("<!-- table: "):
                found[at] = Block("kept", self.word("None."))
            elif block.kind == "paragraph" and block.table == "commands":
                found[at] = Block("kept", self.word(block.text))
            elif block.kind == "row" and (block.table.startswith("parameters of ") or block.table in PROGRAM_TABLES):
                row = [cell.strip() for cell in re.split(r"(?<!\\)\|", block.text)[1:-1]]
                if found[at - 1].kind != "row" and not found[at - 1].text.startswith("|"):
                    head, row = row, [self.word(cell) for cell in row]
                else:
                    row = [self.cell(column, cell.replace("\\|", "|")).replace("|", "\\|") for column, cell in zip(head, row)]
                found[at] = Block("kept", "|" + "".join(f" {cell} |" if cell else " |" for cell in row))
        return found


def table(name, text):
    """A table that the site gets from the program (scripts/make_tables.py), in French."""
    found = Program().translate(blocks(f"<!-- table: {name} -->\n{text}\n<!-- end of table -->"))
    return "\n".join(map(written, found[1:-1]))


def master(found):
    """What po4a translates of a page. Before each part is its number, in a line that po4a leaves alone."""
    parts = []
    for number, block in enumerate(found):
        if block.kind == "code":
            parts.append(f"[[!{number}\n\n```{block.language}\n{block.text}\n```\n")
        elif block.kind != "kept":
            parts.append(f"[[!{number}\n\n{block.first if block.kind == 'heading' else ''}{block.text}\n")
    return "\n".join(parts)


def with_translations(found, text):
    """The parts of a page with the texts of what po4a made of its master."""
    found = [dataclasses.replace(block) for block in found]
    parts = re.split(r"^\[\[!(\d+)\n", text, flags=re.MULTILINE)
    for number, part in zip(parts[1::2], parts[2::2]):
        block = found[int(number)]
        if block.kind == "code":
            block.text = part.strip("\n").removeprefix(f"```{block.language}\n").removesuffix("\n```")
        else:
            block.text = " ".join(part.strip("\n").split("\n")).removeprefix(block.first if block.kind == "heading" else "")
    return found


def anchors(found):
    """The anchors of a page's headings, in their order."""
    return [slug(re.sub(r"[`*]", "", block.text)) for block in found if block.kind == "heading"]


class Links:
    """Where the links of an English page lead to from the French one."""

    def __init__(self, english, french):
        self.anchors = {page: dict(zip(anchors(english[page]), anchors(french[page]))) for page in english}

    def moved(self, page, link):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            return link
        target = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
        if target in self.anchors:
            anchor = self.anchors[target].get(anchor, anchor)
        else:
            path = os.path.relpath(target, os.path.dirname("fr/" + page)) + ("/" if path.endswith("/") else "")
        return path + (f"#{anchor}" if anchor else "")

    def changed(self, page, block):
        if block.kind in ("paragraph", "row", "heading") or block.kind == "kept" and block.text.startswith("|"):
            block.text = LINK.sub(lambda match: match[1] + self.moved(page, match[2]) + match[3], block.text)
        return block


def po4a(folder, masters):
    """The masters, translated as po/docs/fr.po does; folder/fr.po is that catalogue, brought up to date with them."""
    for part in ("docs", "translated"):
        shutil.rmtree(folder / part, ignore_errors=True)
    for name, text in masters.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "pages.pot").unlink(missing_ok=True)
    shutil.copyfile(CATALOGUE, folder / "fr.po")
    lines = ["[po4a_langs] fr", "[po4a_paths] pages.pot fr:fr.po"]
    lines += [f'[type: text] docs/{name} fr:translated/{name} opt:"-o markdown -o neverwrap"' for name in masters]
    (folder / "po4a.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run(["po4a", "--quiet", "--keep", "0", "--porefs", "file", "--master-charset", "UTF-8",
                    "--localized-charset", "UTF-8", "--package-name", "ocrtune", "--package-version", "docs",
                    "--copyright-holder", "ocrtune developers", "po4a.cfg"], cwd=folder, check=True)
    return {name: (folder / "translated" / name).read_text(encoding="utf-8") for name in masters}


def make(folder):
    """Writes the French pages, and FOLDER/fr.po."""
    folder.mkdir(parents=True, exist_ok=True)
    program = Program()
    texts = {name: (DOCS / name).read_text(encoding="utf-8") for name in pages()}
    english = {name: blocks(text) for name, text in texts.items()}
    rest = {name: program.translate(blocks(text)) for name, text in texts.items()}
    translated = po4a(folder, {name: master(found) for name, found in rest.items()})
    french = {name: with_translations(rest[name], text) for name, text in translated.items()}
    links = Links(english, french)
    shutil.rmtree(folder / "fr", ignore_errors=True)
    for name, found in french.items():
        path = folder / "fr" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(written(links.changed(name, block)) for block in found) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    make(options.folder.resolve())
    if options.update:
        subprocess.run(["msgattrib", "--no-obsolete", "-o", CATALOGUE, options.folder / "fr.po"], check=True)


if __name__ == "__main__":
    main()
