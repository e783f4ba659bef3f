#!/usr/bin/env bash
# Puts an installation for any Linux into PREFIX: what BUILD installs, its libraries, models and fonts, and their licences; and the
# extensions of the Python package in PACKAGE to its libraries.
#
#   scripts/release/portable/stage.sh BUILD PREFIX PACKAGE
set -euo pipefail
build=$(realpath "$1") prefix=$(realpath -m "$2") package=$(realpath "$3")
cd "$(dirname "$0")"
lib=$prefix/lib/ocrtune
models=(eng fra osd)

installed=$(mktemp -d)
trap 'rm -rf "$installed"' EXIT
DESTDIR=$installed cmake --install "$build" --strip >/dev/null
# Without what a program that links the library needs.
from=$(find "$installed" -path '*/bin/ocrtune' -printf '%h')/..
mkdir -p "$prefix/bin" "$lib/libs" "$prefix/share/ocrtune"
cp "$from/bin/ocrtune" "$prefix/bin/"
cp -r "$from/lib/ocrtune/." "$lib/"
# Under its soname alone, beside the libraries that it needs.
cp "$(find "$from/lib" -maxdepth 1 -type f -name 'libocrtune.so.*')" "$lib/libs/$(readelf -d "$from/bin/ocrtune" | grep -oE 'libocrtune\.so\.[0-9.]+')"
cp -r "$from/share/." "$prefix/share/"

./imgcodecs.sh "$lib/imgcodecs.so"
mkdir -p "$prefix/share/ocrtune/tessdata" "$prefix/share/ocrtune/fonts/conf.d"
for model in "${models[@]}"; do cp -L "/usr/share/tesseract-ocr/5/tessdata/$model.traineddata" "$prefix/share/ocrtune/tessdata/"; done
# What the libraries take where a PDF lacks its fonts: the rules of these two packages, and not what else this machine has. Two of them are
# linked when fontconfig is installed.
{
  dpkg -L fontconfig-config fonts-dejavu-core | grep '^/etc/fonts/conf\.d/.*\.conf$'
  printf '%s\n' /usr/share/fontconfig/conf.avail/{10-hinting-slight,70-no-bitmaps}.conf
} | xargs cp -L -t "$prefix/share/ocrtune/fonts/conf.d/"
dpkg -L fonts-dejavu-core | grep '\.ttf$' | xargs cp -t "$prefix/share/ocrtune/fonts/"
cat >"$prefix/share/ocrtune/fonts/fonts.conf" <<'CONF'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <dir>/usr/share/fonts</dir>
  <include>conf.d</include>
</fontconfig>
CONF

/usr/bin/python3 libraries.py "$prefix" "$lib/libs" "$package" | ./licences.sh "$prefix"
