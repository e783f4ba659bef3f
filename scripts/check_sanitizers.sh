#!/usr/bin/env bash
# Unit and property tests under AddressSanitizer and UndefinedBehaviorSanitizer, and those with
# threads under ThreadSanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."

# Leaks in libraries that allocate once for good are not ours to report.
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp"

# In instrumented code GCC warns of what isn't there; the release build has the warnings as errors.
export OCRTUNE_WERROR=OFF

count=0
run() {
  local preset=$1
  shift
  ctest --preset "$preset" -j "$(nproc)" --output-junit "$PWD/build/$preset.xml" --no-label-summary "$@" | tail -n 4
  count=$((count + $(grep -c '<testcase ' "build/$preset.xml")))
}

printf '\n== address and undefined behaviour\n'
scripts/build.sh asan -DOCRTUNE_EXAMPLES=OFF
run asan

printf '\n== threads\n'
OCRTUNE_TARGETS="base_test evaluator_test lstm_test" scripts/build.sh tsan -DOCRTUNE_EXAMPLES=OFF
run tsan -R '^(Evaluator|ForEachPage|MemoryGate|Parallel|StageRuns|Model.IsShared|Forward.ThreadsShare|Search\.|Registry/SearchOf.*/tpe_)'
echo "$count" >build/sanitized.count
