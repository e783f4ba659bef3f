#!/usr/bin/env bash
# Unit and property tests under AddressSanitizer (with leaks) and UndefinedBehaviorSanitizer, and those with threads under
# ThreadSanitizer (scripts/run_unit_tests.sh: those that passed are run again only where something has changed), of rooms that
# have changed lately (scripts/changed_lately.sh).
#
#   scripts/check_sanitizers.sh [asan|tsan]     [both]
#   scripts/check_sanitizers.sh build           only builds what both run
set -euo pipefail
cd "$(dirname "$0")/.."

export UBSAN_OPTIONS=print_stacktrace=1
# Kernels of devices run in contexts of their own (makecontext), whose frames the stack of GCC 13 and later for uses after a
# return never forgets: minutes for a test of seconds. GCC 12 doesn't look for them.
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=0:allocator_may_return_null=1
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp"
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"

# Drivers of OpenCL compile code that isn't instrumented; the kernels run as C++.
export OCL_ICD_VENDORS=/nonexistent

# AddressSanitizer runs over what handles foreign bytes or raw indices; everything under `./test.sh full`. The other rooms, and
# the tests, are linked as the release build compiles them. It finds null pointers too, and x86-64 bears any alignment: a
# quarter of the time is saved without UndefinedBehaviorSanitizer's checks of both.
foreign=() foreign_tests=()
for room in base image documents parsers pdf heif corpus kernels devices stages ocr storage voting server; do
  scripts/changed_lately.sh "src/ocrtune/$room" "tests/$room" || continue
  foreign+=("$room")
  foreign_tests+=("${room}_test")
  [ "$room" != ocr ] || foreign_tests+=(lstm_test ppocr_test external_test ocrtune_fuzz)
done
build_asan() {
  [ ${#foreign[@]} -gt 0 ] || return 0
  local compiled= sanitized= debug=-g1 targets=all
  if [ -z "${OCRTUNE_TESTS_FULL:-}" ]; then
    debug+=" -fno-sanitize=null,alignment"
    targets="${foreign_tests[*]}"
    if grep -qs '^OCRTUNE_TESTS:BOOL=ON' build/release/CMakeCache.txt; then
      cmake --build --preset release --target "${foreign_tests[@]}" >build/asan.log 2>&1 || { cat build/asan.log >&2; return 1; }
      compiled=$PWD/build/release
      # The release build may have kernels for CUDA, which this one can't link: it always compiles the room of devices.
      sanitized=$(cd src/ocrtune && find "${foreign[@]}" devices -type d | sort -u | paste -sd ';')
    fi
  fi
  OCRTUNE_TARGETS=$targets scripts/build.sh asan -DOCRTUNE_EXAMPLES=OFF "-DOCRTUNE_TEST_OBJECTS=$compiled" "-DOCRTUNE_SANITIZED=$sanitized" \
    "-DCMAKE_CXX_FLAGS_DEBUG=$debug"
}

asan() {
  [ ${#foreign[@]} -gt 0 ] || { none asan; return; }
  build_asan
  [ -z "${OCRTUNE_TESTS_FULL:-}" ] || foreign_tests=()
  scripts/run_unit_tests.sh asan '*' "${foreign_tests[@]}"
}

# For a preset that has nothing to run.
none() {
  echo 0 >"build/$1.count"
  echo "$1: nothing that it checks has changed lately"
}

threaded=(base_test execution_test search_test lstm_test devices_test)
[ -z "${OCRTUNE_TESTS_FULL:-}" ] || threaded+=(server_test)
threads_changed() {
  scripts/changed_lately.sh src/ocrtune/{base/parallel.cpp,base/worker_threads.cpp,execution,search,ocr/lstm,devices} \
    tests/{execution,search,ocr/lstm,devices}
}
build_tsan() { ! threads_changed || OCRTUNE_TARGETS="${threaded[*]}" scripts/build.sh tsan -DOCRTUNE_EXAMPLES=OFF; }

tsan() {
  threads_changed || { none tsan; return; }
  build_tsan
  scripts/run_unit_tests.sh tsan "Evaluator*:SharedEvaluators*:*SharedLoopsOf*:ForEachPage*:MemoryGate*:Parallel*:StageRuns*:DeviceRuns*:Model.IsShared*:\
Forward.ThreadsShare*:SharedForwards.ThreadsGet*:Search.*:Registry/SearchOf*/tpe_*:HttpServer*:EventHub*" "${threaded[@]}"
}

build() { build_asan && build_tsan; }

[ $# -gt 0 ] || set -- asan tsan
for sanitizer; do "$sanitizer"; done
