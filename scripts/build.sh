#!/usr/bin/env bash
# Configures and builds a preset; quick where nothing changed. OCRTUNE_TARGETS names what to build,
# by default everything.
#
#   scripts/build.sh [release|debug|asan|tsan] [CMAKE OPTION…]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}
shift || true
log=build/$preset.log
mkdir -p build
targets=${OCRTUNE_TARGETS:-all}
for step in "cmake --preset $preset $*" "cmake --build --preset $preset --target $targets"; do
  $step >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
done
