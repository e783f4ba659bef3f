#!/usr/bin/env bash
# Puts the licences of what comes from Debian's packages into PREFIX, and a list of these packages with their versions. Standard input has
# the shared libraries that come from them.
#
#   scripts/release/portable/licences.sh PREFIX
set -euo pipefail
prefix=$(realpath "$1")
to=$prefix/share/doc/ocrtune/licences
mkdir -p "$to"
{
  while read -r path; do
    # A package may still name the folder that /lib is a link to.
    real=$(realpath "$path")
    package=$({ dpkg-query -S "$real" "$path" "${path#/usr}" "${real#/usr}" 2>/dev/null || true; } | sed -n '1s/:.*//p')
    [ -n "$package" ] || { echo "licences.sh: $path is of no package" >&2; exit 1; }
    echo "$package"
  done
  printf '%s\n' tesseract-ocr-eng tesseract-ocr-fra tesseract-ocr-osd fonts-dejavu-core fontconfig-config libopencv-imgcodecs406
} | sort -u | while read -r package; do
  cp -L "/usr/share/doc/$package/copyright" "$to/$package.txt"
  dpkg-query -W -f '${Package} ${Version}\n' "$package" | sed -n 1p
done >"$to/packages.txt"
