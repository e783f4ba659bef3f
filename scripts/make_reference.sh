#!/usr/bin/env bash
# The reference of the library's public headers, by Doxygen: build/reference/html/index.html. Fails where one of their
# types, functions or fields has no documentation.
set -euo pipefail
cd "$(dirname "$0")/.."
output=$PWD/build/reference
rm -rf "$output"
cmake -Dsources="$PWD/src" -Doutput="$output" -P cmake/doxygen.cmake
doxygen "$output/Doxyfile"
echo "reference: $(find "$output/html" -name '*.html' | wc -l) pages"
