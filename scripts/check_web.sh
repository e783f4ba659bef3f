#!/usr/bin/env bash
# The page that a preset's build has: types, unit tests, and tests in Chromium, whose screenshots stay in
# build/web/screenshots. Leaves the number of tests in build/web.count.
#
#   scripts/check_web.sh [BUILD]     a configured preset's folder [build/release]; the page alone is built where it isn't yet
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath "${1:-build/release}")
scripts/npm_ci.sh web
logs=build/web
mkdir -p "$logs"

run() { local log=$logs/$1.log; shift; "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }
# Counts of a run of vitest, of its JSON.
passed() { grep -o '"numPassedTests":[0-9]*' "$1" | cut -d: -f2; }

# The checker keeps one core busy.
run check npm --prefix web run check --loglevel=error &
types=$!
run unit npm --prefix web test --loglevel=error
run build cmake --build "$build" --target ocrtune_web
wait "$types"
OCRTUNE_BUILD=$build run browser npm --prefix web run test:browser --loglevel=error

unit=$(passed build/web/unit.json)
browser=$(passed build/web/browser.json)
echo $((unit + browser)) >build/web.count
echo "page: $unit unit tests, $browser in Chromium"
