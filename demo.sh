#!/usr/bin/env bash
# The main job on the sample pages of examples/sample_pages/: installs what is missing, builds, tunes a recipe on them, and
# shows what it gained. Everything lands in demo-out/. Run again, it is quick.
set -euo pipefail
cd "$(dirname "$0")"
. scripts/texts.sh

scripts/setup.sh
text "building (minutes at the first time)…" >&2
# What the demo runs, and no more; test.sh builds the rest beside it.
OCRTUNE_TARGETS=ocrtune_command scripts/build.sh release -DOCRTUNE_TESTS=OFF
ocrtune=build/release/ocrtune

out=demo-out
pages=examples/sample_pages
mkdir -p "$out"
$ocrtune tune $pages/manifest.csv --trials 48 --in-flight 2 --study "$out/ocrtune.db" -o "$out/best.toml" | tee "$out/summary.txt"
$ocrtune export "$out/ocrtune.db" -o "$out/csv" --quiet
# The best single pipeline of the same study, to look at what it makes of the pages.
$ocrtune tune $pages/manifest.csv --trials 48 --in-flight 2 --study "$out/ocrtune.db" --single -o "$out/pipeline.toml" --no-report --quiet >/dev/null
$ocrtune clean $pages/manifest.csv --pipeline "$out/pipeline.toml" -o "$out/cleaned" --quiet
$ocrtune apply $pages/manifest.csv --recipe "$out/best.toml" -o "$out/texts" --quiet |
  tee "$out/applied.txt"

row() { printf '  %s %s\n' "$(text "$1")" "$2"; }
echo
row "original pages       " "$pages/  ($(text "for example") 01-prose-eng-ruled.jpg)"
row "preprocessed images  " "$out/cleaned/"
row "recognized texts     " "$out/texts/"
row "all results          " "$out/csv/trials.csv, pruned.csv, pages.csv, timings.csv"
row "summaries            " "$out/summary.txt, applied.txt"
[ ! -e "$out/best.report.html" ] || { echo; row "report               " "$out/best.report.html  ($(text "open it in a browser"))"; }
