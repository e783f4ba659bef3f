#!/usr/bin/env bash
# Makes docs/how-to/screens/before_after.webp, the picture of the README, from what ./demo.sh has left in demo-out: a sample page
# before and after preprocessing, with the text that is recognized on each.
set -euo pipefail
cd "$(dirname "$0")/.."
page=01-prose-eng-ruled work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ocrtune=${OCRTUNE:-build/release/ocrtune}
$ocrtune read "examples/sample_pages/$page.jpg" --quiet >"$work/before.txt"
$ocrtune read "examples/sample_pages/$page.jpg" --pipeline demo-out/pipeline.toml --quiet >"$work/after.txt"
/usr/bin/python3 - "examples/sample_pages/$page.jpg" "demo-out/cleaned/$page.png" "$work" <<'PYTHON'
import sys
from PIL import Image, ImageDraw, ImageFont

original, preprocessed, work = sys.argv[1:]
WIDTH, PART, TEXT, MARGIN = 720, 0.283, 250, 16  # px; the share of the page that is shown, from its head
font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", 15)


def column(image, title, text):
    """The head of a page above the first lines of its text."""
    page = Image.open(image).convert("RGB")
    page = page.resize((WIDTH, round(page.height * WIDTH / page.width)))
    page = page.crop((0, 60, WIDTH, 60 + round(page.height * PART)))
    made = Image.new("RGB", (WIDTH, 34 + page.height + TEXT), "white")
    draw = ImageDraw.Draw(made)
    draw.text((MARGIN, 8), title, font=font, fill="black")
    made.paste(page, (0, 34))
    for at, line in enumerate(text.splitlines()[:11]):
        draw.text((MARGIN, 34 + page.height + 12 + 21 * at), line, font=font, fill="black")
    return made


before = column(original, "original, and the recognized text", open(f"{work}/before.txt").read())
after = column(preprocessed, "preprocessed, and the recognized text", open(f"{work}/after.txt").read())
both = Image.new("RGB", (2 * WIDTH + MARGIN, before.height), "#c8c8c8")
both.paste(before, (0, 0))
both.paste(after, (WIDTH + MARGIN, 0))
both.save("docs/how-to/screens/before_after.webp", quality=70, method=6)
PYTHON
