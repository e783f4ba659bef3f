#!/usr/bin/env bash
# Makes src/ocrtune/ocr/self_check_page.png anew: the page that is built into ocrtune to compare
# readers on. Needed only after a change of examples/pages/self_check_page.cpp.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh release >/dev/null
cmake --build --preset release --target make_self_check_page >/dev/null
build/release/make_self_check_page src/ocrtune/ocr/self_check_page.png
