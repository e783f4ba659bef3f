#!/usr/bin/env bash
# Measures on your pages with truth how well each objective orders OCR results and chooses pipelines, what a
# portfolio and a vote gain, and what the truth of a few pages is worth; prints Markdown tables. What was read
# is kept in build/objectives, and the same command goes on. 220 pipelines on 50 pages take two hours of one core.
#
#   bench/objectives.sh [--count N] [--psm MODES] MANIFEST
#
#   MANIFEST     CSV file (columns file, lang, source, separated by ;) of pages with NAME.gt.txt beside them
#   --count N    pipelines, single stages first, then random ones [220]
#   --psm MODES  of which page segmentation modes [3,4,6,11,12]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

count=220
modes=3,4,6,11,12
manifest=
while [ $# -gt 0 ]; do
  case $1 in
    --count) count=${2:?objectives.sh: --count needs a value} && shift ;;
    --psm) modes=${2:?objectives.sh: --psm needs a value} && shift ;;
    -*) echo "objectives.sh: no option $1; see the head of $0" >&2 && exit 1 ;;
    *) manifest=$1 ;;
  esac
  shift
done
[ -n "$manifest" ] || { echo "objectives.sh: give a manifest of pages with truth" >&2; exit 1; }

"$here"/scripts/setup.sh bench
OCRTUNE_TARGETS=ocrtune "$here"/scripts/build.sh release
out=$here/build/objectives
mkdir -p "$out"
/usr/bin/python3 "$here"/bench/best_of_every_page/random_pipelines.py "$out/pipelines" "$count"
options=("$manifest" --pipelines "$out/pipelines" --work "$out/work" --psm "$modes")
/usr/bin/python3 "$here"/bench/best_of_every_page/measure.py "${options[@]}" --agreement
/usr/bin/python3 "$here"/bench/objectives/truth_of_few.py "${options[@]}"
