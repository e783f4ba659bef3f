#!/usr/bin/env bash
# Makes OUT/report.html and OUT/app from web/. CMake has OUT in its build folder.
#
#   scripts/build_web.sh [OUT]     [build/web]
set -euo pipefail
here=$(realpath "$(dirname "$0")/..")
out=$(realpath -m "${1:-$here/build/web}")
"$here/scripts/npm_ci.sh" web
mkdir -p "$out"
node "$here/web/build.js" "$out"
