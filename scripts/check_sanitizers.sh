#!/usr/bin/env bash
# Unit and property tests under AddressSanitizer (with leaks) and UndefinedBehaviorSanitizer, and those with threads under
# ThreadSanitizer. Those that passed are run again only where something has changed.
#
#   scripts/check_sanitizers.sh [asan|tsan]     [both]
#   scripts/check_sanitizers.sh build           only builds what both run
set -euo pipefail
cd "$(dirname "$0")/.."

export UBSAN_OPTIONS=print_stacktrace=1
# Kernels of devices run in contexts of their own (makecontext), whose frames the stack of GCC 13 and later for uses after a
# return never forgets: minutes for a test of seconds. GCC 12 doesn't look for them.
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=0
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp"

# Drivers of OpenCL compile code that isn't instrumented; the kernels run as C++.
export OCL_ICD_VENDORS=/nonexistent

# Of all that a preset's tests run and read: the repository, what is built of it, and the machine's packages.
identity() {
  {
    git ls-files -z --cached --others --exclude-standard | xargs -0 sha256sum 2>/dev/null || true
    find "build/$1" -maxdepth 3 \( -name '*_test' -o -name '*_fuzz' -o -name 'lib*.so*' \) -type f -print0 | sort -z | xargs -0 sha256sum
    sha256sum /var/lib/dpkg/status
    echo "${OCRTUNE_TESTS_FULL:-few}"
  } | sha256sum
}

# Runs a preset's tests unless they passed as they are.
run_changed() {
  local preset=$1 passed=build/$1.passed now
  now=$(identity "$preset")
  if [ -e "$passed" ] && [ -e "build/$preset.count" ] && [ "$(cat "$passed")" = "$now" ]; then
    echo "$preset: $(cat "build/$preset.count") tests passed before, and nothing that they run or read has changed"
    return
  fi
  rm -f "$passed"
  scripts/run_unit_tests.sh "$@"
  echo "$now" >"$passed"
}

# Only the library is compiled with AddressSanitizer, which halves the time; the tests are those of the release build.
# AddressSanitizer finds null pointers too, and x86-64 bears any alignment: a quarter of the rest of the time is saved
# without UndefinedBehaviorSanitizer's checks of both, and nothing is passed over under `./test.sh full`.
build_asan() {
  local compiled= debug=-g1
  if [ -z "${OCRTUNE_TESTS_FULL:-}" ]; then
    [ ! -e build/release/apply_test ] || compiled=$PWD/build/release
    debug+=" -fno-sanitize=null,alignment"
  fi
  scripts/build.sh asan -DOCRTUNE_EXAMPLES=OFF "-DOCRTUNE_TEST_OBJECTS=$compiled" "-DCMAKE_CXX_FLAGS_DEBUG=$debug"
}

asan() {
  build_asan
  run_changed asan
}

threaded=(base_test evaluator_test lstm_test devices_test)
[ -z "${OCRTUNE_TESTS_FULL:-}" ] || threaded+=(server_test)
build_tsan() { OCRTUNE_TARGETS="${threaded[*]}" scripts/build.sh tsan -DOCRTUNE_EXAMPLES=OFF; }

tsan() {
  build_tsan
  run_changed tsan "Evaluator*:SharedEvaluators*:*SharedLoopsOf*:ForEachPage*:MemoryGate*:Parallel*:StageRuns*:DeviceRuns*:Model.IsShared*:\
Forward.ThreadsShare*:SharedForwards.ThreadsGet*:Search.*:Registry/SearchOf*/tpe_*:HttpServer*:EventHub*" "${threaded[@]}"
}

build() { build_asan && build_tsan; }

[ $# -gt 0 ] || set -- asan tsan
for sanitizer; do "$sanitizer"; done
