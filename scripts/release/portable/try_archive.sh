#!/usr/bin/env bash
# Unpacks ARCHIVE into a root that has nothing but busybox, and recognizes PAGES there; texts have to be those beside the pages, NAME.txt. Then looks, outside
# of the root, for files that are opened outside of its folder. Needs root, busybox-static and strace.
#
#   scripts/release/portable/try_archive.sh ARCHIVE PAGES
set -euo pipefail
archive=$(realpath "$1") pages=$(realpath "$2")
root=$(mktemp -d /var/tmp/ocrtune-busybox.XXXXXX)
clean_up() {
  umount "$root/proc" "$root/dev" 2>/dev/null || true
  rm -rf --one-file-system "$root"
}
trap clean_up EXIT
mkdir -p "$root"/{bin,proc,dev,tmp,pages}
cp /bin/busybox "$root/bin/"
"$root/bin/busybox" --install -s "$root/bin" 2>/dev/null || for name in sh tar xz ls cat; do ln -sf busybox "$root/bin/$name"; done
for link in "$root"/bin/*; do [ ! -L "$link" ] || ln -sfn busybox "$link"; done
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
cp "$pages"/* "$root/pages/"
cp "$archive" "$root/tmp/ocrtune.tar.xz"
inside() { chroot "$root" /bin/env -i PATH=/bin HOME=/tmp "$@"; }

begin=$(date +%s%3N)
inside sh -c 'cd /tmp && tar xJf ocrtune.tar.xz && mv ocrtune-* ocrtune'
unpacked=$(($(date +%s%3N) - begin))
page=$(cd "$root" && find pages -name '*.jpg' -o -name '*.png' | sort | sed -n 1p)
inside /tmp/ocrtune/ocrtune read "/$page" >/dev/null
echo "archive: unpacked in $unpacked ms, the first text $(($(date +%s%3N) - begin)) ms after; $(du -m "$archive" | cut -f1) MB, $(du -sm "$root/tmp/ocrtune" | cut -f1) MB unpacked"
inside /tmp/ocrtune/ocrtune read /pages -o /tmp/texts --quiet
for text in "$pages"/*.txt; do cmp "$text" "$root/tmp/texts/$(basename "$text")"; done
echo "archive: $(find "$pages" -name '*.txt' | wc -l) texts equal those of the build from source"
inside /tmp/ocrtune/ocrtune doctor >/dev/null

command -v strace >/dev/null || exit 0
env -i PATH=/usr/bin:/bin "HOME=$root/tmp/home" strace -f -qq -e trace=%file -e status=successful -o "$root/tmp/calls" "$root/tmp/ocrtune/ocrtune" read "$root/$page" >/dev/null
opened=$(grep -oE '"/[^"]*"' "$root/tmp/calls" | tr -d '"' | grep -v "^$root/" | sort -u)
echo "archive: opened outside of its folder:"
printf '%s\n' "$opened" | sed 's/^/  /'
