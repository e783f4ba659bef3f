#!/usr/bin/env bash
# The page: types, unit tests, build, and tests of the built pages in Chromium, whose screenshots stay in
# build/web/screenshots. Leaves the number of tests in build/web.count.
#
#   scripts/check_web.sh
#   OCRTUNE_STUDY_DATA=FILE scripts/check_web.sh     also: is this JSON, which the program made, what the page reads?
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/npm_ci.sh
mkdir -p build/web
log=build/web/check.log

run() { "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }
# Counts of a run of vitest, of its JSON.
passed() { grep -o '"numPassedTests":[0-9]*' "$1" | cut -d: -f2; }

run npm --prefix web run check --loglevel=error

if [ -n "${OCRTUNE_STUDY_DATA:-}" ]; then
  # By way of an argument the summary may have more than the page shows.
  contract=build/web/contract
  mkdir -p "$contract"
  {
    printf 'import type { StudyData } from "../../../web/src/contract/study_data.ts";\n'
    printf 'const given = <T extends StudyData>(data: T): StudyData => data;\nexport const data = given('
    cat "$OCRTUNE_STUDY_DATA"
    printf ');\n'
  } >"$contract/study_data_of_program.ts"
  run web/node_modules/.bin/tsc --noEmit --strict --noUncheckedIndexedAccess --target ES2022 --module ESNext \
    --moduleResolution bundler --allowImportingTsExtensions "$contract/study_data_of_program.ts"
fi

run npm --prefix web test --loglevel=error
scripts/build_web.sh
run npm --prefix web run test:browser --loglevel=error

unit=$(passed build/web/unit.json)
browser=$(passed build/web/browser.json)
echo $((unit + browser)) >build/web.count
echo "page: $unit unit tests, $browser in Chromium"
