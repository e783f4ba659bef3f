#!/usr/bin/env bash
# Packs the installation PREFIX (stage.sh) into ARCHIVE, a .tar.xz of a folder ocrtune-VERSION that runs on any Linux: with the dynamic
# linker and the C library of this machine, and launchers that start programs with them.
#
#   scripts/release/portable/archive.sh PREFIX ARCHIVE
set -euo pipefail
from=$(realpath "$1") archive=$(realpath -m "$2")
cd "$(dirname "$0")"
version=$(../changelog.py version)
SOURCE_DATE_EPOCH=$(../changelog.py epoch)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/ocrtune-$version
cp -r "$from" "$root"
lib=$root/lib/ocrtune
mkdir -p "$lib/programs" "$lib/glibc"

# All that glibc's own libraries load, those of name services among them.
for name in ld-linux-x86-64.so.2 libc.so.6 libm.so.6 libmvec.so.1 libpthread.so.0 libdl.so.2 librt.so.1 libutil.so.1 libresolv.so.2 \
  libanl.so.1 libnss_files.so.2 libnss_dns.so.2 libgcc_s.so.1; do
  cp -L "/lib/x86_64-linux-gnu/$name" "$lib/glibc/"
done
for package in libc6 libgcc-s1; do cp -L "/usr/share/doc/$package/copyright" "$root/share/doc/ocrtune/licences/$package.txt"; done

gcc -std=gnu11 -Os -static -s -Wall -Wextra -Werror -o "$work/launcher" launcher.c
mv "$root/bin/ocrtune" "$lib/programs/"
cp "$work/launcher" "$root/bin/ocrtune"
for program in "$lib"/ocrtune-*; do
  mv "$program" "$lib/programs/"
  ln "$root/bin/ocrtune" "$program"
done
ln -s bin/ocrtune "$root/ocrtune"
cp README-archive.md "$root/README.md"
cp ../../../LICENSE "$root/"
chmod -R u+rwX,go+rX,go-w "$root"
# In blocks of a stated size, the bytes are the same with any number of threads but one.
tar -C "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -cf - "ocrtune-$version" |
  xz -6 -T2 --block-size=24MiB >"$archive.part"
mv "$archive.part" "$archive"
