#!/usr/bin/env bash
# Unpacks ARCHIVE into ROOT (make_root.sh), or into one that has nothing but busybox, and recognizes PAGES there; texts have to be those beside the pages,
# NAME.txt. Without ROOT, it also runs outside of one, and may open nothing outside of its folder but what its README names. Needs root, busybox-static
# and strace.
#
#   scripts/release/portable/try_archive.sh ARCHIVE PAGES [ROOT]
set -euo pipefail
archive=$(realpath "$1") pages=$(realpath "$2") root=${3:-} made=
scripts=$(realpath "$(dirname "$0")/..")
. "$scripts/roots.sh"
trap 'remove_roots "$made"' EXIT
if [ -z "$root" ]; then
  made=$(mktemp -d /var/tmp/ocrtune-busybox.XXXXXX)
  root=$made
  mkdir -p "$root"/{bin,root,tmp}
  cp /bin/busybox "$root/bin/"
  for name in $("$root/bin/busybox" --list); do [ "$name" = busybox ] || ln -s busybox "$root/bin/$name"; done
fi
try=$root/tmp/try
mkdir "$try"
cp -r "$pages" "$try/pages"
cp "$archive" "$try/ocrtune.tar.xz"
cp /bin/busybox "$try/" # not every root has an xz
inside() { "$scripts/in_root.sh" "$root" "$@"; }

begin=$(date +%s%3N)
inside sh -c 'cd /tmp/try && ./busybox tar xJf ocrtune.tar.xz && mv ocrtune-* ocrtune'
unpacked=$(($(date +%s%3N) - begin))
page=$(cd "$try" && find pages -name '*.jpg' -o -name '*.png' | sort | sed -n 1p)
inside /tmp/try/ocrtune/ocrtune read "/tmp/try/$page" >/dev/null
echo "archive: unpacked in $unpacked ms, the first text $(($(date +%s%3N) - begin)) ms after; $(du -m "$archive" | cut -f1) MB, $(du -sm "$try/ocrtune" | cut -f1) MB unpacked"
inside /tmp/try/ocrtune/ocrtune read /tmp/try/pages -o /tmp/try/texts --quiet
for text in "$pages"/*.txt; do cmp "$text" "$try/texts/$(basename "$text")"; done
echo "archive: $(find "$pages" -name '*.txt' | wc -l) texts equal those of the build from source"
quietly inside /tmp/try/ocrtune/ocrtune doctor
[ -n "$made" ] || exit 0

env -i PATH=/usr/bin:/bin "HOME=$try/home" strace -f -qq -e trace=%file -e status=successful -o "$try/calls" "$try/ocrtune/ocrtune" read "$try/$page" >/dev/null
# The README names files, and folders with all below them by a slash at the end.
named=$(sed -n '/^## What it opens/,$p' "$try/ocrtune/README.md" | grep -oE '`/[^`]+`' | tr -d '`')
mapfile -t opened < <(grep -oE '"/[^"]*"' "$try/calls" | tr -d '"' | awk -v own="$root/" 'index($0, own) != 1' | sort -u)
[ ${#opened[@]} -gt 0 ] || { echo "try_archive.sh: strace has seen no file" >&2; exit 1; }
status=0
for path in "${opened[@]}"; do
  while read -r each; do
    case $path in "$each" | "${each%/}") continue 2 ;; esac
    [[ $each != */ || $path != "$each"* ]] || continue 2
  done <<<"$named"
  echo "try_archive.sh: opens $path, which its README does not name" >&2
  status=1
done
[ "$status" != 0 ] || echo "archive: ${#opened[@]} files opened outside of its folder, all of them named in its README"
exit "$status"
