#!/usr/bin/python3
"""po/docs/fr.po is a catalogue of the documentation whose translations have the links, citations and commands of the English; says
how many paragraphs have no translation, or one that doesn't fit any more (fuzzy): these are English in French pages.

  scripts/check_french_pages.py
"""
import ast
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import make_french_pages

LINKS = re.compile(r"\]\(([^)\s]+)\)")
CITATIONS = re.compile(r"@[a-z]+\d{4}\w*")


def entries(text):
    """The type of each translated entry of a catalogue, with its English and its French."""
    for entry in text.split("\n\n")[1:]:
        found = re.search(r"^msgid (.*?)^msgstr (.*)", entry, re.DOTALL | re.MULTILINE)
        if found and not re.search(r"^#,.*\bfuzzy\b", entry, re.MULTILINE):
            kind = re.search(r"^#\. type: (.*)$", entry, re.MULTILINE)
            yield kind[1] if kind else "", *("".join(map(ast.literal_eval, part.strip().split("\n"))) for part in found.groups())


def commands(code):
    """Code without its comments, which alone are translated."""
    return [line for line in (make_french_pages.COMMENT.sub("", line).strip() for line in code.splitlines()) if line]


def problems(kind, english, french):
    """What a translation must have in common with the English and hasn't."""
    if kind.startswith("Fenced code block"):
        if re.search(r"\((?!text\))", kind) and commands(english) != commands(french):
            yield "code"
        return
    for what, pattern in {"links": LINKS, "citations": CITATIONS}.items():
        if sorted(pattern.findall(english)) != sorted(pattern.findall(french)):
            yield what


def counts(folder):
    """How many paragraphs are translated, fuzzy and untranslated."""
    make_french_pages.make(folder)
    said = subprocess.run(["msgfmt", "--statistics", "-o", os.devnull, "fr.po"], cwd=folder, env={**os.environ, "LC_ALL": "C", "LANGUAGE": ""},
                          check=True, capture_output=True, text=True).stderr
    return [int(found[1]) if (found := re.search(rf"(\d+) {kind} ", said)) else 0 for kind in ("translated", "fuzzy", "untranslated")]


def main():
    catalogue = make_french_pages.CATALOGUE
    if subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", os.devnull, catalogue], check=False).returncode != 0:
        return 1
    found = [f"po/docs/fr.po: other {what} in the translation of {english!r}"
             for kind, english, french in entries(catalogue.read_text(encoding="utf-8")) if french for what in problems(kind, english, french)]
    if found:
        print("\n".join(found))
        return 1
    with tempfile.TemporaryDirectory(prefix="ocrtune-french-") as folder:
        translated, fuzzy, untranslated = counts(pathlib.Path(folder))
    print(f"french pages: {len(make_french_pages.pages())}; of {translated + fuzzy + untranslated} paragraphs, {untranslated} untranslated and {fuzzy} fuzzy")
    return 0


if __name__ == "__main__":
    sys.exit(main())
