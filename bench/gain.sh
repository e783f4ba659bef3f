#!/usr/bin/env bash
# Measures on your pages with truth what `ocrtune tune` gains on pages it didn't see, beside other ways to read
# them, and prints Markdown tables. What was done is kept in build/gain, and the same command goes on. Each
# source takes two searches without truth and two with it, of ten CPU minutes each.
#
#   bench/gain.sh [--left-out] [--minutes N] [--sources A,B] [--methods A,B] MANIFEST
#
#   MANIFEST     CSV file (columns file, lang, source, separated by ;) of pages with NAME.gt.txt beside them
#   --left-out   read each source by an ocrtune whose built-in portfolio was found on the other sources, by what
#                bench/objectives.sh has read of the same manifest's pages
#   --minutes N  CPU minutes of a search [10]
#   --sources A,B, --methods A,B  only these
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

options=()
manifest=
left_out=
while [ $# -gt 0 ]; do
  case $1 in
    --left-out) left_out=1 ;;
    --minutes | --sources | --methods) options+=("$1" "${2:?gain.sh: $1 needs a value}") && shift ;;
    -*) echo "gain.sh: no option $1; see the head of $0" >&2 && exit 1 ;;
    *) manifest=$1 ;;
  esac
  shift
done
[ -n "$manifest" ] || { echo "gain.sh: give a manifest of pages with truth" >&2; exit 1; }

# The command of a source, built from the committed files with the portfolio that was found without it.
build_without() {
  local tree=$here/build/left_out/$1
  mkdir -p "$tree"
  git -C "$here" archive HEAD | tar -x -C "$tree"
  cp "$here/build/objectives/left_out/$1.toml" "$tree/src/ocrtune/pipeline/portfolios/documents.toml"
  CCACHE_BASEDIR=$tree CCACHE_NOHASHDIR=1 OCRTUNE_TARGETS=ocrtune_command "$tree"/scripts/build.sh release \
    -DOCRTUNE_TESTS=OFF -DOCRTUNE_EXAMPLES=OFF
}

measure() { /usr/bin/python3 "$here"/bench/gain/measure.py "$manifest" --work "$here/build/gain" "$@"; }

"$here"/scripts/setup.sh bench
if [ -z "$left_out" ]; then
  OCRTUNE_TARGETS=ocrtune_command "$here"/scripts/build.sh release
  measure "${options[@]}"
  exit
fi
[ -d "$here/build/objectives/work" ] || { echo "gain.sh: run bench/objectives.sh $manifest first" >&2; exit 1; }
/usr/bin/python3 "$here"/bench/gain/left_out_portfolios.py "$manifest" --pipelines "$here/build/objectives/pipelines" \
  --work "$here/build/objectives/work" --out "$here/build/objectives/left_out"
for portfolio in "$here"/build/objectives/left_out/*.toml; do
  source=$(basename "$portfolio" .toml)
  build_without "$source"
  measure "${options[@]}" --sources "$source" --command "$here/build/left_out/$source/build/release/ocrtune"
done
measure "${options[@]}" --methods raw # one table of all that was read
