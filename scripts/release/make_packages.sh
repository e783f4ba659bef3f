#!/usr/bin/env bash
# Builds the Debian packages of this machine's release from the sources in OUT (make_sources.sh), into OUT/SUITE. What they
# are built from is debian/control's Build-Depends; a network isn't needed.
#
#   scripts/release/make_packages.sh OUT
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
version=$(scripts/release/changelog.py version)
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
work=$(mktemp -d "${TMPDIR:-/var/tmp}/ocrtune-packages.XXXXXX")
trap 'rm -rf "$work"' EXIT
rm -rf "${out:?}/$suite" # what an earlier run left would be checked and released too
mkdir -p "$out/$suite"

cp "$out/ocrtune_$version".orig*.tar.xz "$work"
tar -C "$work" -xf "$work/ocrtune_$version.orig.tar.xz"
tar -C "$work/ocrtune-$version" -xf "$work/ocrtune_$version.orig-ppocr.tar.xz"
scripts/release/changelog.py debian "$suite" >"$work/ocrtune-$version/debian/changelog"
log=$out/$suite/build.log
(cd "$work/ocrtune-$version" && dpkg-buildpackage --no-sign --build=full) >"$log" 2>&1 || { tail -60 "$log" >&2; exit 1; }
ln -f "$out/ocrtune_$version".orig*.tar.xz "$out/$suite/" # which the source package names
mv "$work"/*.deb "$work"/*.dsc "$work"/*.debian.tar.xz "$work"/*.buildinfo "$work"/*.changes "$out/$suite/"
