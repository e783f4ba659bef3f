#!/usr/bin/env bash
# Unit and property tests under AddressSanitizer (with leaks) and UndefinedBehaviorSanitizer, and those with threads under
# ThreadSanitizer.
#
#   scripts/check_sanitizers.sh [asan|tsan]     [both]
set -euo pipefail
cd "$(dirname "$0")/.."

export UBSAN_OPTIONS=print_stacktrace=1
# Kernels of devices run in contexts of their own (makecontext), whose frames the stack of GCC 13 and later for uses after a
# return never forgets: minutes for a test of seconds. GCC 12 doesn't look for them.
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=0
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp"

# Drivers of OpenCL compile code that isn't instrumented; the kernels run as C++.
export OCL_ICD_VENDORS=/nonexistent

asan() {
  scripts/build.sh asan -DOCRTUNE_EXAMPLES=OFF
  scripts/run_unit_tests.sh asan
}

tsan() {
  local threaded=(base_test evaluator_test lstm_test devices_test)
  [ -z "${OCRTUNE_TESTS_FULL:-}" ] || threaded+=(server_test)
  OCRTUNE_TARGETS="${threaded[*]}" scripts/build.sh tsan -DOCRTUNE_EXAMPLES=OFF
  scripts/run_unit_tests.sh tsan "Evaluator*:ForEachPage*:MemoryGate*:Parallel*:StageRuns*:DeviceRuns*:Model.IsShared*:\
Forward.ThreadsShare*:SharedForwards.ThreadsGet*:Search.*:Registry/SearchOf*/tpe_*:HttpServer*:EventHub*" "${threaded[@]}"
}

[ $# -gt 0 ] || set -- asan tsan
for sanitizer; do "$sanitizer"; done
