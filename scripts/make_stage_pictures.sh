#!/usr/bin/env bash
# Makes docs/reference/stages/pictures anew: what each stage does to a page that is spoilt for it. Needed only
# after a change of a stage or of examples/pages.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh release >/dev/null
cmake --build --preset release --target make_stage_pictures >/dev/null
build/release/make_stage_pictures docs/reference/stages/pictures
