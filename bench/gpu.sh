#!/usr/bin/env bash
# Builds, tests and measures all that runs on a graphics card, on a machine that has one, and writes the figures into
# docs/explanation/performance-gpu.md: every kernel against the processors' byte for byte, the same again under compute-sanitizer
# where that is installed, what each operation takes, and points a second with and without the card.
#
#   bench/gpu.sh [--device NAME] [--page FILE] [--points N] [--rounds N] [--keep] [--no-build] [PAGE…]
#
#   --device NAME  as `ocrtune doctor` lists it [cuda:0]
#   --page FILE    page to time operations on [one of 8.7 Mpx]
#   --points N     points of a screening, a power of 2 [16]      --rounds N  interleaved rounds [3]
#   --keep         leave docs/explanation/performance-gpu.md as it is: only print
#   --no-build     run what build/release has, as on a machine that it was copied to
#   PAGE…          pages to screen [eight that make_pages makes]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
device=cuda:0
options=()
pages=()
builds=true
while [ $# -gt 0 ]; do
  case $1 in
    --device) device=${2:?gpu.sh: --device needs a name} && shift ;;
    --page | --points | --rounds) options+=("$1" "${2:?gpu.sh: $1 needs a value}") && shift ;;
    --keep) options+=(--keep) ;;
    --no-build) builds=false ;;
    -*) echo "gpu.sh: no option $1; see the head of $0" >&2 && exit 1 ;;
    *) pages+=("$1") ;;
  esac
  shift
done

if $builds; then
  "$here/scripts/setup.sh" tests
  "$here/scripts/setup.sh" bench
  "$here/scripts/build.sh" release -DOCRTUNE_TESTS=ON -DOCRTUNE_BENCH=ON
fi
build=$here/build/release
"$build/ocrtune" doctor --json | grep -q "\"$device\"" ||
  { echo "gpu.sh: there is no device $device here; \`ocrtune doctor\` lists those there are" >&2; exit 3; }

# opencl:0 is opencl0 among the tests' names.
cases="*/${device/:/}"
echo "== every kernel against the processors'"
"$build/devices_test" --gtest_brief=1 --gtest_filter="$cases"
checked="not installed"
if sanitizer=$(command -v compute-sanitizer || ls /usr/local/cuda/bin/compute-sanitizer 2>/dev/null) && [[ $device == cuda* ]]; then
  echo "== the same under compute-sanitizer"
  for tool in memcheck racecheck synccheck; do
    "$sanitizer" --tool "$tool" --error-exitcode 9 "$build/devices_test" --gtest_brief=1 --gtest_filter="$cases"
  done
  checked="memcheck, racecheck and synccheck found nothing"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ ${#pages[@]} = 0 ]; then
  "$build/make_pages" "$work/pages" --quiet
  mapfile -t pages < <(ls "$work"/pages/*.png | head -8)
fi
echo "== measured"
recognition=$("$build/ocr_device" --device "$device" "${pages[@]}")
"$here/bench/gpu.py" --device "$device" --checked "$checked" --recognition "$recognition" "${options[@]}" "${pages[@]}"
