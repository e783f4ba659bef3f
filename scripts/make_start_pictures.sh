#!/usr/bin/env bash
# Makes web/src/app/sample, what the first screen of the web interface shows: the head of a sample page before and after
# preprocessing, and the text that is recognized on each.
set -euo pipefail
cd "$(dirname "$0")/.."
page=examples/sample_pages/12-table-fra-shade.jpg made=web/src/app/sample work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ocrtune=${OCRTUNE:-build/release/ocrtune}
mkdir -p "$made"
/usr/bin/python3 - "$page" "$work/head.png" <<'PYTHON'
import sys
from PIL import Image

page = Image.open(sys.argv[1]).convert("L")
page.crop((0, 0, round(0.95 * page.width), round(0.325 * page.height))).save(sys.argv[2], dpi=(150, 150))
PYTHON
$ocrtune read "$work/head.png" --lang fra --pipeline raw --quiet >"$work/before.txt"
$ocrtune read "$work/head.png" --lang fra --pipeline standard --quiet >"$work/after.txt"
$ocrtune clean "$work/head.png" --pipeline standard -o "$work/cleaned" --quiet
/usr/bin/python3 - "$work" "$made" <<'PYTHON'
import json
import sys
from PIL import Image

work, made = sys.argv[1:]
WIDTH = 640  # px
for name, source in {"before": "head.png", "after": "cleaned/head.png"}.items():
    picture = Image.open(f"{work}/{source}").convert("L")
    picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS).save(
        f"{made}/{name}.webp", quality=45, method=6)
texts = {name: open(f"{work}/{name}.txt").read().strip() for name in ("before", "after")}
with open(f"{made}/texts.json", "w") as file:
    file.write(json.dumps(texts, indent=2, ensure_ascii=False) + "\n")
PYTHON
