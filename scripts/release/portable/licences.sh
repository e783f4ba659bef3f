#!/usr/bin/env bash
# Puts the licences of what comes from Debian's packages into PREFIX, and a list of these packages with their versions.
#
#   scripts/release/portable/licences.sh PREFIX
set -euo pipefail
prefix=$(realpath "$1")
to=$prefix/share/doc/ocrtune/licences
mkdir -p "$to"
/sbin/ldconfig -p | awk '$2 ~ /x86-64/ { print $1, $NF }' >"$to/.installed"
# `libpng16-3f2a91c0.so.16` is of libpng16.so.16, and a package may still name the folder that /lib is a link to.
find "$prefix/lib" -name '*-????????.so*' -printf '%f\n' | sed -E 's/-[0-9a-f]{8}(\.so)/\1/' | sort -u |
  awk 'NR == FNR { path[$1] = path[$1] ? path[$1] : $2; next } $1 in path { print path[$1] }' "$to/.installed" - |
  while read -r path; do
    dpkg-query -S "$(realpath "$path")" "$path" "${path#/usr}" 2>/dev/null | sed -n '1s/:.*//p' || true
  done >"$to/.packages"
printf '%s\n' tesseract-ocr-eng tesseract-ocr-fra tesseract-ocr-osd fonts-dejavu-core fontconfig-config libopencv-imgcodecs406 >>"$to/.packages"
sort -u "$to/.packages" | while read -r package; do
  cp -L "/usr/share/doc/$package/copyright" "$to/$package.txt"
  dpkg-query -W -f '${Package} ${Version}\n' "$package" | sed -n 1p
done >"$to/packages.txt"
rm "$to/.packages" "$to/.installed"
