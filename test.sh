#!/usr/bin/env bash
# All tests: style, unit and property tests, the page in Chromium, end-to-end tests through the real
# command, and the sanitizers. Installs what is missing and builds first. Ends with a line that counts the tests.
#
#   ./test.sh            everything
#   ./test.sh quick      without the sanitizers
set -euo pipefail
cd "$(dirname "$0")"

step() { printf '\n== %s\n' "$*"; }

scripts/setup.sh tests
step "build"
scripts/build.sh release

# PoCL stands in for devices: without it their tests would be passed over in silence. Where there is no /sys, as in a bare
# chroot, its hwloc finds no memory and has to be told of some.
[ -e /sys/devices/system/cpu ] || export HWLOC_SYNTHETIC='NUMANode:1(memory=4GB) core:2 pu:1'
build/release/ocrtune doctor --json | grep '"opencl:' >/dev/null ||
  { echo 'test.sh: `ocrtune doctor` finds no OpenCL device, which tests of devices need' >&2; exit 3; }

step "style"
scripts/check_style.sh

step "unit and property tests"
scripts/run_unit_tests.sh release

step "the page"
scripts/check_web.sh build/release
scripts/check_page_with_command.sh build/release

step "end-to-end tests"
OCRTUNE_BUILD="$PWD/build/release" /usr/bin/python3 tests/e2e/run.py

sanitized=0
if [ "${1:-}" != quick ]; then
  scripts/check_sanitizers.sh
  sanitized=$(cat build/sanitized.count)
fi

unit=$(cat build/release.count)
end_to_end=$(cat build/e2e.count)
page=$(cat build/web.count)
printf '\nall passed: %s unit and property tests, %s of the page, %s end-to-end tests, %s under sanitizers\n' \
  "$unit" "$page" "$end_to_end" "$sanitized"
