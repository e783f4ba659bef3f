#!/usr/bin/env bash
# The site of docs/, by mkdocs, with what a build with the Python package says of itself: build/site/index.html. Fails where a link or
# an anchor leads nowhere, or where a table that a page keeps isn't what the program says (scripts/make_tables.py writes it anew).
#
#   scripts/make_site.sh [build/release]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
scripts/make_tables.py --check --ocrtune "$build/ocrtune"
rm -rf build/site
# Where scripts/site_hooks.py takes them from.
scripts/make_french_pages.py build/french_pages
OCRTUNE_BUILD=$build mkdocs build --strict --quiet
scripts/check_site.py build/site
