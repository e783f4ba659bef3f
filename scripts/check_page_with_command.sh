#!/usr/bin/env bash
# The page with the real command: `ocrtune serve` in Chromium, from an empty folder to a report. Leaves the number of steps in
# build/page_with_command.count. Screenshots stay in build/web/screenshots.
#
#   scripts/check_page_with_command.sh [BUILD [COMMAND]]     a built preset's folder [build/release]; another installation's command
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
command=$(realpath -s "${2:-$build/ocrtune}")
scripts/npm_ci.sh web
mkdir -p build/web
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/few" "$work/scans"
cp examples/sample_pages/0[18]-* "$work/few/"
cp examples/sample_pages/0[148]-*.jpg "$work/scans/"

# Training with Tesseract alone takes minutes.
training=()
if [ -e "$build/share/ocrtune/ppocr/models/small/rec.onnx" ]; then
  /usr/bin/python3 tests/e2e/long_s_pages.py "$work/training" 5 6
  training=(OCRTUNE_TRAINING="$work/training" OCRTUNE_TRAINING_LANG=fra OCRTUNE_TRAINING_ENGINE=ppocr)
fi

log=build/web/real_server_test.log
env "${training[@]}" OCRTUNE_COMMAND=$command OCRTUNE_PAGES=$work/few OCRTUNE_SCANS=$work/scans npm --prefix web run test:server --loglevel=error >"$log" 2>&1 ||
  { cat "$log" >&2; exit 1; }
flows=$(grep -o '"numPassedTests":[0-9]*' build/web/server.json | cut -d: -f2)
echo "page with the command: $flows steps in Chromium"
echo "$flows" >build/page_with_command.count
