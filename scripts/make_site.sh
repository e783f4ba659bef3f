#!/usr/bin/env bash
# The site of docs/, by mkdocs: build/site/index.html. Fails where a link or an anchor leads nowhere, or where a generated table isn't
# what the built program says (scripts/make_tables.py writes it anew).
#
#   scripts/make_site.sh [build/release]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
scripts/make_tables.py --check --ocrtune "$build/ocrtune"
scripts/make_schemas.py --check --ocrtune "$build/ocrtune"
rm -rf build/site
# Where scripts/site_hooks.py takes them from.
scripts/make_french_pages.py build/french_pages
mkdocs build --strict --quiet
scripts/check_site.py build/site
