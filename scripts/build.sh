#!/usr/bin/env bash
# Configures and builds a preset; quick where nothing changed. OCRTUNE_TARGETS names what to build,
# by default everything; OCRTUNE_WERROR=ON makes warnings errors; OCRTUNE_LEAST_SPLIT is the size from which a batch is
# split, larger where everything is built once (cmake/batches.cmake).
#
#   scripts/build.sh [release|debug|asan|tsan] [CMAKE OPTION…]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}
shift || true
log=build/$preset.log
mkdir -p build
targets=${OCRTUNE_TARGETS:-all}
logged() { "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }
logged cmake --preset "$preset" "-DOCRTUNE_WERROR=${OCRTUNE_WERROR:-OFF}" "-DOCRTUNE_LEAST_SPLIT=${OCRTUNE_LEAST_SPLIT:-12}" "$@"
# shellcheck disable=SC2086 # targets are words
logged cmake --build --preset "$preset" --target $targets
