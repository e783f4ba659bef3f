#!/usr/bin/env bash
# The page: types, unit tests, build, and tests of the built pages in Chromium, whose screenshots stay in
# build/web/screenshots. Leaves the number of tests in build/web.count.
#
#   scripts/check_web.sh
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/npm_ci.sh
mkdir -p build/web
log=build/web/check.log

run() { "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }
# Counts of a run of vitest, of its JSON.
passed() { grep -o '"numPassedTests":[0-9]*' "$1" | cut -d: -f2; }

run npm --prefix web run check --loglevel=error

run npm --prefix web test --loglevel=error
scripts/build_web.sh
run npm --prefix web run test:browser --loglevel=error

unit=$(passed build/web/unit.json)
browser=$(passed build/web/browser.json)
echo $((unit + browser)) >build/web.count
echo "page: $unit unit tests, $browser in Chromium"
