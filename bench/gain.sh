#!/usr/bin/env bash
# Measures on your pages with truth what `ocrtune tune` gains on pages it didn't see, beside other ways to read
# them, and prints Markdown tables. What was done is kept in build/gain, and the same command goes on. Each
# source takes two searches without truth and two with it, of ten CPU minutes each.
#
#   bench/gain.sh [--minutes N] [--sources A,B] MANIFEST
#
#   MANIFEST     CSV file (columns file, lang, source, separated by ;) of pages with NAME.gt.txt beside them
#   --minutes N  CPU minutes of a search [10]   --sources A,B  only these
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

options=(--work "$here/build/gain")
while [ $# -gt 0 ]; do
  case $1 in
    --minutes | --sources) options+=("$1" "${2:?gain.sh: $1 needs a value}") && shift ;;
    -*) echo "gain.sh: no option $1; see the head of $0" >&2 && exit 1 ;;
    *) options+=("$1") ;;
  esac
  shift
done

"$here"/scripts/setup.sh bench
OCRTUNE_TARGETS=ocrtune "$here"/scripts/build.sh release
/usr/bin/python3 "$here"/bench/gain/measure.py "${options[@]}"
