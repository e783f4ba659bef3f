#!/usr/bin/env bash
# Installs what the external OCR engines of engines/ need beside Debian's packages.
set -euo pipefail
cd "$(dirname "$0")/.."
# The packages' own scripts would download what this machine's CPU does not need.
scripts/npm_ci.sh engines/ppocr --ignore-scripts
# The package holds the library for every platform, 300 MB of them.
find engines/ppocr/node_modules/onnxruntime-node/bin -mindepth 3 -maxdepth 3 -type d \
  ! -path "*/linux/$(node -p process.arch)" -exec rm -rf {} +
