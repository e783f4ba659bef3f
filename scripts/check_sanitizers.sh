#!/usr/bin/env bash
# Unit and property tests under AddressSanitizer and UndefinedBehaviorSanitizer, and those of the
# evaluator under ThreadSanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."

count=0
run() {
  local preset=$1
  shift
  printf '\n== %s\n' "$preset"
  scripts/build.sh "$preset" -DOCRTUNE_EXAMPLES=OFF
  ctest --preset "$preset" -j "$(nproc)" --output-junit "$PWD/build/$preset.xml" --no-label-summary "$@" | tail -n 8
  count=$((count + $(grep -c '<testcase ' "build/$preset.xml")))
}

# Leaks in libraries that allocate once for good are not ours to report.
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp"
run asan
run tsan -R '^(Evaluator|PageLoop|Parallel)'
echo "$count" >build/sanitized.count
