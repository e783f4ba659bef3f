#!/usr/bin/env bash
# The reference of the library's public headers, by Doxygen: build/reference/html/index.html. Fails where one of their
# types, functions or fields has no documentation.
set -euo pipefail
cd "$(dirname "$0")/.."
output=$PWD/build/reference
rm -rf "$output"
# What counts as documented differs between versions: the one that is held to is Debian 12's.
[ "$(doxygen --version | cut -d " " -f 1)" = 1.9.4 ] && fail=FAIL_ON_WARNINGS || fail=NO
cmake -Dsources="$PWD/src" -Doutput="$output" -Dfail=$fail -P cmake/doxygen.cmake
doxygen "$output/Doxyfile"
echo "reference: $(find "$output/html" -name '*.html' | wc -l) pages"
