#!/usr/bin/env bash
# The packages of this machine's Debian, from the sources in OUT: built twice, in folders of different names, which has to give
# the same bytes; their bill of materials; and the checks of check_packages.sh.
#
#   scripts/release/make_suite.sh OUT
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
scripts/setup.sh packages
scripts/release/make_packages.sh "$out"
again=$(mktemp -d /var/tmp/ocrtune-built-again.XXXXXX)
trap 'rm -rf "$again"' EXIT
cp "$out"/*.orig*.tar.xz "$again"
# Compiled again, not taken from a cache.
CCACHE_DISABLE=1 TMPDIR=$again scripts/release/make_packages.sh "$again"
for package in "$out/$suite"/*.deb; do
  cmp "$package" "$again/$suite/$(basename "$package")" ||
    { echo "make_suite.sh: $package differs when it is built again (diffoscope says where)" >&2; exit 1; }
done
echo "packages: built twice with equal bytes"
scripts/release/make_sbom.py "$out/$suite"
scripts/release/check_packages.sh "$out/$suite"
