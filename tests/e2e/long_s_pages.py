#!/usr/bin/python3
"""Pages with long s, which models of French do not tell from f: training surely wins there.

  tests/e2e/long_s_pages.py FOLDER [PAGES [LINES]]     pages with their texts beside them
"""
import pathlib
import sys

from PIL import Image, ImageDraw, ImageFont

WORDS = "ſaiſon eſt belle ſous les hauts arbres de la forêt ſi vaſte que nul ſentier ne meſure ſes ombres douces et ſombres".split()


def lines_of(page, count, words=5):
    return [" ".join(WORDS[(7 * page + 5 * line + step) % len(WORDS)] for step in range(words)) for line in range(count)]


def put_page(folder, name, lines):
    """A page in a serif font, and its text beside it."""
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", 34)
    page = Image.new("L", (760, 60 + 70 * len(lines)), 255)
    for i, line in enumerate(lines):
        ImageDraw.Draw(page).text((40, 40 + 70 * i), line, font=font, fill=0)
    page.save(folder / f"{name}.png", dpi=(200, 200))
    (folder / f"{name}.gt.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def alto_of(lines):
    strings = "".join(f'<TextLine HPOS="36" VPOS="{34 + 70 * i}" WIDTH="700" HEIGHT="52"><String CONTENT="{line}"/></TextLine>'
                      for i, line in enumerate(lines))
    return ('<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page><PrintSpace><TextBlock>'
            f"{strings}</TextBlock></PrintSpace></Page></Layout></alto>")


def long_s_pages(folder, words=5, pages=4, count=8):
    """Pages whose lines have places, with long s, which the models do not tell from f: few, so that lines are compared, which is certain."""
    for page in range(pages):
        lines = lines_of(page, count, words)
        put_page(folder, f"p{page}", lines)
        (folder / f"p{page}.gt.txt").unlink()
        (folder / f"p{page}.xml").write_text(alto_of(lines), encoding="utf-8")


if __name__ == "__main__":
    folder, pages, lines = pathlib.Path(sys.argv[1]), *[int(word) for word in [*sys.argv[2:], "4", "8"][:2]]
    folder.mkdir(parents=True, exist_ok=True)
    for page in range(pages):
        put_page(folder, f"p{page}", lines_of(page, lines))
