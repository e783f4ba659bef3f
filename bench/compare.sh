#!/usr/bin/env bash
# Measures on your pages, and prints tables: each kernel against OpenCV's, and the throughput of a
# screening, alone or against another evaluator of the same points.
#
#   bench/compare.sh [--kernels|--screening] [--peer CMD] [--points N] [--rounds N] [--engine R] PAGE…
#
#   --kernels     only the kernels         --screening   only the screening
#   --peer CMD    another evaluator: takes --params points.json [--omp 1] PAGE…, prints {"s_per_point": …}
#   --points N    points a screening [4]   --rounds N    interleaved rounds [5]
#   --engine R    what ocrtune reads with: auto, lstm or tesseract [auto]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

kernels=1
screening=1
options=()
pages=()
while [ $# -gt 0 ]; do
  case $1 in
    --kernels) screening=0 ;;
    --screening) kernels=0 ;;
    --peer | --points | --rounds | --engine) options+=("$1" "${2:?compare.sh: $1 needs a value}") && shift ;;
    -*) echo "compare.sh: no option $1; see the head of $0" >&2 && exit 1 ;;
    *) pages+=("$1") ;;
  esac
  shift
done
[ ${#pages[@]} -gt 0 ] || { echo "compare.sh: give pages to measure on" >&2; exit 1; }

"$here/scripts/setup.sh" bench
"$here/scripts/build.sh" release -DOCRTUNE_BENCH=ON
if [ "$kernels" = 1 ]; then
  echo "## Kernels"
  "$here/bench/kernels.py" --simd AVX2 "${pages[@]}"
fi
if [ "$screening" = 1 ]; then
  echo "## Screening"
  "$here/bench/screening.py" "${options[@]}" "${pages[@]}"
fi
