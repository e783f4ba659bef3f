#!/usr/bin/python3
"""Every page of docs/tutorial and docs/how-to has a French one in docs/fr, with the same headings and the same commands, and the
site's menu lists it. docs/how-to/hacking.md is for contributors, who write English.

  scripts/check_french_pages.py
"""
import pathlib
import re
import sys

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
ENGLISH_ONLY = {DOCS / "how-to" / "hacking.md"}


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


def problems(page, french):
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
    if f"fr/{page.relative_to(DOCS)}" not in (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8"):
        found.append(f"mkdocs.yml doesn't list fr/{page.relative_to(DOCS)}")
    return found


def main():
    pages = [path for folder in ("tutorial", "how-to") for path in sorted((DOCS / folder).glob("*.md")) if path not in ENGLISH_ONLY]
    found = [problem for page in pages for problem in problems(page, DOCS / "fr" / page.relative_to(DOCS))]
    print("\n".join(found) if found else f"french pages: {len(pages)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
