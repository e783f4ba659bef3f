#!/usr/bin/env bash
# Is this JSON, which the program made of a study, what the page reads (web/src/contract/study_data.ts)?
#
#   scripts/check_study_data.sh FILE
set -euo pipefail
data=$(realpath "$1")
cd "$(dirname "$0")/.."
scripts/npm_ci.sh web
contract=build/web/contract
mkdir -p "$contract"
{
  printf 'import type { StudyData } from "../../../web/src/contract/study_data.ts";\n'
  # By way of an argument the summary may have more than the page shows.
  printf 'const given = <T extends StudyData>(data: T): StudyData => data;\nexport const data = given('
  cat "$data"
  printf ');\n'
} >"$contract/study_data_of_program.ts"
web/node_modules/.bin/tsc --noEmit --strict --noUncheckedIndexedAccess --target ES2022 --module ESNext \
  --moduleResolution bundler --allowImportingTsExtensions "$contract/study_data_of_program.ts"
