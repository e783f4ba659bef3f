#!/usr/bin/env bash
# Writes the sources of a release to OUT: ocrtune_VERSION.orig.tar.xz, which is what is committed on HEAD with the page built
# (web/built), and ocrtune_VERSION.orig-ppocr.tar.xz, OpenVINO for this processor and the models of the engine PP-OCRv6. They are
# built offline from these. The same commit gives the same bytes.
#
#   scripts/release/make_sources.sh OUT
set -euo pipefail
out=$(realpath -m "$1")
cd "$(dirname "$0")/../.."
version=$(scripts/release/changelog.py version)
SOURCE_DATE_EPOCH=$(scripts/release/changelog.py epoch)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

# Puts the folders NAME… of the folder FROM into an archive.
pack() {
  local archive=$1 from=$2
  shift 2
  chmod -R u+rwX,go+rX,go-w "$from"
  tar -C "$from" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -cf - "$@" |
    xz -6 -T1 >"$archive.part" # with one thread whatever the version of xz; several give other bytes
  mv "$archive.part" "$archive"
}

git archive --prefix="ocrtune-$version/" HEAD | tar -C "$work" -x
"$work/ocrtune-$version/scripts/build_web.sh" "$work/ocrtune-$version/web/built"
rm -rf "$work/ocrtune-$version/web/node_modules" "$work/ocrtune-$version/build"
pack "$out/ocrtune_$version.orig.tar.xz" "$work" "ocrtune-$version"

scripts/setup_ppocr.sh
mkdir -p "$work/ppocr/models"
cp -r build/ppocr/openvino "$work/ppocr/openvino"
cp -r build/ppocr/models/small "$work/ppocr/models/small"
pack "$out/ocrtune_$version.orig-ppocr.tar.xz" "$work" ppocr
