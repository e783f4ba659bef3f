#!/usr/bin/env bash
# Installs WHEEL into a fresh environment of this machine's Python, uses all of it on PAGES, and removes it. PAGES has *.jpg or *.png and, beside
# them, NAME.txt as the build from source reads it: texts have to be equal byte for byte. The first text has to be there 30 s after the command that installs
# it, with a warm cache of the wheels that it depends on.
#
#   scripts/release/portable/try_wheel.sh WHEEL PAGES
set -euo pipefail
wheel=$(realpath "$1") pages=$(realpath "$2")
work=$(mktemp -d) served=
clean_up() {
  [ -z "$served" ] || { kill "$served" && wait "$served"; } || true
  rm -rf "$work"
}
trap clean_up EXIT
export HOME=$work/home XDG_RUNTIME_DIR=
mkdir "$HOME"
milliseconds() { date +%s%3N; }

python3 -m venv "$work/venv"
(cd "$work/venv" && find . | sort) >"$work/before"
"$work/venv/bin/pip" --disable-pip-version-check download --quiet --dest "$work/warm" "$wheel"
rm -rf "$work/warm"
begin=$(milliseconds)
"$work/venv/bin/pip" --disable-pip-version-check install --quiet "$wheel"
installed=$(($(milliseconds) - begin))
PATH=$work/venv/bin:$PATH
page=$(find "$pages" -name '*.jpg' -o -name '*.png' | sort | sed -n 1p)
ocrtune read "$page" >"$work/first.txt"
first=$(($(milliseconds) - begin))
size=$(du -sm "$work/venv" | cut -f1)
echo "wheel: installed in $installed ms, the first text $first ms after the command; $size MB with numpy; $(python3 -V)"
[ "$first" -le 30000 ] || { echo "try_wheel.sh: the first text came after more than 30 s" >&2; exit 1; }

ocrtune read "$pages" -o "$work/texts" --quiet
for text in "$pages"/*.txt; do cmp "$text" "$work/texts/$(basename "$text")"; done
echo "wheel: $(find "$pages" -name '*.txt' | wc -l) texts equal those of the build from source"

ocrtune doctor >"$work/doctor" || { cat "$work/doctor" >&2; exit 1; }
ocrtune tune "$pages" --trials 4 --hold-out 0 --study "$work/s.db" -o "$work/best.toml" --quiet >/dev/null
ocrtune serve "$pages" --port 0 --json >"$work/address" 2>"$work/served" &
served=$!
python3 - "$work/address" <<'PY'
import json, sys, time, urllib.request
for _ in range(200):
    time.sleep(0.1)
    text = open(sys.argv[1]).read()
    if text.endswith("\n"):
        break
page = urllib.request.urlopen(json.loads(text)["address"], timeout=20).read().decode()
assert "<title>" in page, page[:200]
PY
kill "$served"
wait "$served" || true
served=
echo "wheel: tune and serve"

"$work/venv/bin/pip" --disable-pip-version-check install --quiet opencv-python-headless tesserocr
for first in ocrtune cv2 tesserocr; do
  python3 - "$first" "$page" "$work/first.txt" "$work/venv/share/ocrtune/tessdata" <<'PY'
import importlib
import sys
first, path, text, models = sys.argv[1:]
importlib.import_module(first)
import cv2
import numpy
import ocrtune
import tesserocr
assert ocrtune.read(path).text.strip() == open(text).read().strip()
image = cv2.GaussianBlur(cv2.imread(path, cv2.IMREAD_GRAYSCALE), (3, 3), 0)
assert ocrtune.read(image, engine="tesseract").words
with tesserocr.PyTessBaseAPI(path=models, lang="eng") as tesseract:
    tesseract.SetImageBytes(image.tobytes(), image.shape[1], image.shape[0], 1, image.shape[1])
    assert tesseract.GetUTF8Text().strip()
assert ocrtune.read(numpy.full((200, 200), 255, numpy.uint8)).words == []
PY
done
echo "wheel: import ocrtune, beside numpy, OpenCV and tesserocr in one process, in any order"
for file in share/man/man1/ocrtune.1 share/bash-completion/completions/ocrtune; do
  [ -f "$work/venv/$file" ] || { echo "try_wheel.sh: $file is not installed" >&2; exit 1; }
done

"$work/venv/bin/pip" --disable-pip-version-check uninstall --quiet --yes ocrtune numpy opencv-python-headless tesserocr
(cd "$work/venv" && find . \( -type f -o -type l \) ! -name '*.pyc' | sort) >"$work/after"
left=$(comm -13 "$work/before" "$work/after")
[ -z "$left" ] || { printf 'try_wheel.sh: left after removal:\n%s\n' "$left" >&2; exit 1; }
echo "wheel: removed; what is left are empty folders"
