#!/usr/bin/env bash
# Unit and property tests under AddressSanitizer and UndefinedBehaviorSanitizer, and those with
# threads under ThreadSanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."

# Leaks in libraries that allocate once for good are not ours to report.
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp"

# Drivers of OpenCL compile code that isn't instrumented; the kernels run as C++.
export OCL_ICD_VENDORS=/nonexistent

# In instrumented code GCC warns of what isn't there; the release build has the warnings. Without the checks for null
# (which AddressSanitizer stops at as well) and for alignment the build takes half the time.
export OCRTUNE_WERROR=OFF

printf '\n== address and undefined behaviour\n'
scripts/build.sh asan -DOCRTUNE_EXAMPLES=OFF
scripts/run_unit_tests.sh asan

printf '\n== threads\n'
threaded=(base_test evaluator_test lstm_test devices_test)
OCRTUNE_TARGETS="${threaded[*]}" scripts/build.sh tsan -DOCRTUNE_EXAMPLES=OFF
scripts/run_unit_tests.sh tsan "Evaluator*:ForEachPage*:MemoryGate*:Parallel*:StageRuns*:DeviceRuns*:Model.IsShared*:\
Forward.ThreadsShare*:SharedForwards.ThreadsGet*:Search.*:Registry/SearchOf*/tpe_*" "${threaded[@]}"
echo "$(($(cat build/asan.count) + $(cat build/tsan.count)))" >build/sanitized.count
