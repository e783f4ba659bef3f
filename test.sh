#!/usr/bin/env bash
# All tests: style, the reference of the library's headers, the site of docs/, unit and property tests, the page in Chromium,
# the engines of engines/, the Python package, end-to-end tests through the real command, and the sanitizers. Installs what is
# missing and builds first. Ends with the seconds of each step and a line that counts the tests.
#
#   ./test.sh            everything; of what only repeats, some
#   ./test.sh full       everything, as often as it says, a build without batches, and the Debian packages, which needs root
#   ./test.sh quick      without the sanitizers
set -euo pipefail
cd "$(dirname "$0")"
extent=${1:-}
case $extent in "" | quick | full) ;; *) echo "test.sh: \`$extent\` is neither quick nor full" >&2; exit 1 ;; esac
[ "$extent" != full ] || export OCRTUNE_TESTS_FULL=1

# Processor seconds of what this script has run and waited for (proc(5): cutime and cstime).
processor_seconds() {
  local stat
  read -ra stat </proc/$$/stat
  echo $(((stat[15] + stat[16]) / $(getconf CLK_TCK)))
}

seconds=()
# Runs a step's command and keeps the time that it took.
step() {
  local name=$1 begin=$SECONDS used
  used=$(processor_seconds)
  shift
  printf '\n== %s\n' "$name"
  "$@"
  seconds+=("$(printf '%6d s (%5d of processors)  %s' $((SECONDS - begin)) $(($(processor_seconds) - used)) "$name")")
}

build() { scripts/build.sh release -DOCRTUNE_TESTS=ON -DOCRTUNE_PYTHON=ON -DPython_EXECUTABLE=/usr/bin/python3; }

# PoCL stands in for devices: without it their tests would be passed over in silence. Where there is no /sys, as in a bare
# chroot, its hwloc finds no memory and has to be told of some.
[ -e /sys/devices/system/cpu ] || export HWLOC_SYNTHETIC='NUMANode:1(memory=4GB) core:2 pu:1'
has_device() {
  build/release/ocrtune doctor --json | grep '"opencl:' >/dev/null ||
    { echo 'test.sh: `ocrtune doctor` finds no OpenCL device, which tests of devices need' >&2; return 3; }
}

# What the sanitizers run is compiled while the steps before theirs, such as that of the page, leave processors idle. What
# fails then fails again in its step. It has a process group of its own, to be ended with all that it started.
compile_meanwhile() {
  # Where the kernel shares processors among sessions, nice counts within one of them alone (sched(7), autogroup).
  CMAKE_BUILD_PARALLEL_LEVEL=1 setsid nice -n 19 bash -c '{ echo 19 >/proc/self/autogroup; } 2>/dev/null; exec "$@"' - \
    scripts/check_sanitizers.sh build >build/sanitizers.log 2>&1 &
  compiling=$!
  trap 'kill -- -"$compiling" 2>/dev/null || true' EXIT
}
# With all processors, once nothing else needs them.
compiled() {
  kill -- -"$compiling" 2>/dev/null || true
  wait "$compiling" || true
  scripts/check_sanitizers.sh build >build/sanitizers.log 2>&1 || true
}

packages() {
  scripts/release/make_sources.sh build/packages
  scripts/release/make_suite.sh build/packages
}

# As a plain CMake build has it: in a batch, a source may lack a header that another one includes.
each_source() {
  local log=build/each_source.log
  { cmake --preset release -B build/each_source -DOCRTUNE_BATCHES=OFF -DOCRTUNE_TESTS=ON && cmake --build build/each_source; } >"$log" 2>&1 ||
    { tail -60 "$log" >&2; return 1; }
}

program() { echo build/release/ocrtune build/release/ocrtune-{pdf,tesseract} build/release/src/ocrtune/libocrtune.so.*; }
# shellcheck disable=SC2046 # program gives several words
page() {
  scripts/unless_passed.sh web web po docs/reference/json build/release/web scripts/check_web.sh scripts/npm_ci.sh -- \
    scripts/check_web.sh build/release
  scripts/unless_passed.sh page_with_command web $(program) examples/sample_pages tests/e2e/long_s_pages.py scripts/check_page_with_command.sh -- \
    scripts/check_page_with_command.sh build/release
}
engines() {
  scripts/unless_passed.sh engines engines tests/engines examples/engine scripts/check_engines.sh -- \
    scripts/check_engines.sh
}
# shellcheck disable=SC2046
python() {
  local wheel=()
  [ "$extent" != full ] || wheel=(CMakeLists.txt cmake src scripts po docs)
  scripts/unless_passed.sh python python $(program) build/release/python/ocrtune examples engines scripts/check_python.sh "${wheel[@]}" -- \
    scripts/check_python.sh
}

step "set-up" scripts/setup.sh tests
step "build" build
has_device
step "style" scripts/check_style.sh
step "reference" scripts/make_reference.sh
step "site" scripts/make_site.sh build/release
[ "$extent" = quick ] || compile_meanwhile
step "unit and property tests" scripts/run_unit_tests.sh release
step "page" page
step "engines" engines
step "Python" python
step "end-to-end tests" env OCRTUNE_BUILD="$PWD/build/release" /usr/bin/python3 tests/e2e/run.py
sanitized=0
if [ "$extent" != quick ]; then
  step "compiled for the sanitizers" compiled
  step "address and undefined behaviour" scripts/check_sanitizers.sh asan
  step "threads" scripts/check_sanitizers.sh tsan
  sanitized=$(($(cat build/asan.count) + $(cat build/tsan.count)))
fi
[ "$extent" != full ] || step "each source by itself" each_source
[ "$extent" != full ] || step "packages" packages
[ "$extent" != full ] || step "recipes" scripts/check_recipes.py
[ "$extent" != full ] || step "fuzzing" scripts/fuzz.sh --seconds 60

printf '\n'
printf '%s\n' "${seconds[@]}" "$(printf '%6d s (%5d of processors)  together' "$SECONDS" "$(processor_seconds)")"
printf '\nall passed: %s unit and property tests, %s of the page, %s of engines, %s of Python, %s end-to-end tests, %s under sanitizers\n' \
  "$(cat build/release.count)" "$(($(cat build/web.count) + $(cat build/page_with_command.count)))" "$(cat build/engines.count)" "$(cat build/python.count)" "$(cat build/e2e.count)" "$sanitized"
