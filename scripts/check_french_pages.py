#!/usr/bin/python3
"""Every page of docs/tutorial and docs/how-to, and every page of docs/reference that the web interface shows, and json.md,
has a French one in docs/fr, with the same headings, commands, tables and citations, and the site's menu lists it or the index of its folder.
docs/how-to/hacking.md is for contributors, who write English.

  scripts/check_french_pages.py
"""
import pathlib
import re
import sys

import check_translations

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
ENGLISH_ONLY = {DOCS / "how-to" / "hacking.md"}
TRANSLATED = ["tutorial/*.md", "how-to/*.md", "reference/stages/*.md", "reference/ocr_settings.md", "reference/json.md"]
COMPARED = {"generated tables": r"^<!-- table: (.+?) -->$", "citations": r"@[a-z]+\d{4}\w*"}


def outline(text):
    """The levels of the headings, and the code blocks: (language, lines) without comments and without what a program prints."""
    levels, blocks, inside = [], [], None
    for line in text.splitlines():
        fence = re.match(r" *```(\S*)$", line)
        if fence and inside is None:
            inside = (fence[1], [])
        elif fence:
            blocks.append((inside[0], [] if inside[0] == "text" else inside[1]))
            inside = None
        elif inside is not None:
            code = re.sub(r"(^|\s)#( .*)?$", "", line).strip()
            if code:
                inside[1].append(code)
        elif heading := re.match(r"(#+) ", line):
            levels.append(len(heading[1]))
    return levels, blocks


def first_paragraph(text):
    return " ".join(text.split("\n\n")[1].split("\n"))


def problems(page, french, translated):
    if not french.exists():
        return [f"{french.relative_to(DOCS.parent)} is missing"]
    (levels, blocks), (french_levels, french_blocks) = (outline(path.read_text(encoding="utf-8")) for path in (page, french))
    where = french.relative_to(DOCS.parent)
    found = []
    if levels != french_levels:
        found.append(f"{where}: its headings are not those of {page.relative_to(DOCS.parent)}: {french_levels}, there {levels}")
    if len(blocks) != len(french_blocks):
        found.append(f"{where}: {len(french_blocks)} code blocks, {len(blocks)} in English")
    found += [f"{where}: code differs from English: {ours[1]}, there {theirs[1]}"
              for ours, theirs in zip(french_blocks, blocks) if ours != theirs]
    if page.parent.name == "stages" and page.stem != "index":
        summary = translated(first_paragraph(page.read_text(encoding="utf-8")))
        if first_paragraph(french.read_text(encoding="utf-8")) != summary:
            found.append(f"{where}: does not begin with the stage's summary: {summary}")
    for what, pattern in COMPARED.items():
        there, here = (re.findall(pattern, path.read_text(encoding="utf-8"), re.MULTILINE) for path in (page, french))
        if sorted(there) != sorted(here):
            found.append(f"{where}: its {what} are not those of {page.relative_to(DOCS.parent)}: {here}, there {there}")
    listed = {f"fr/{page.relative_to(DOCS)}", f"fr/{page.relative_to(DOCS).parent}/index.md"}
    if not any(one in (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8") for one in listed):
        found.append(f"mkdocs.yml doesn't list fr/{page.relative_to(DOCS)}")
    return found


def main():
    pages = [path for pattern in TRANSLATED for path in sorted(DOCS.glob(pattern)) if path not in ENGLISH_ONLY]
    translated = check_translations.french_texts()
    found = [problem for page in pages for problem in problems(page, DOCS / "fr" / page.relative_to(DOCS), translated)]
    print("\n".join(found) if found else f"french pages: {len(pages)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
