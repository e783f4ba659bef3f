#!/usr/bin/env bash
# Makes a minimal root of Debian SUITE in the folder ROOT by debootstrap, with this machine's mirror and its way to the network.
# Needs root.
#
#   scripts/release/make_root.sh SUITE ROOT
set -euo pipefail
suite=$1 root=$2
. "$(dirname "$0")/portable/other_apt.sh"
[ "$(id -u)" = 0 ] || { echo "make_root.sh: needs root" >&2; exit 3; }
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
mkdir -p "$root"
chmod 755 "$root"
mapfile -t sources < <(grep -lE '/debian(-security)?/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null)
[ ${#sources[@]} -gt 0 ] || { echo "make_root.sh: /etc/apt names no mirror of Debian" >&2; exit 3; }
mirror=$(debian_mirror)
log=$(mktemp)
debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror" >"$log" || { tail "$log" >&2; exit 1; }
rm -f "$log"
rm -f "$root/etc/apt/sources.list"
for file in "${sources[@]}"; do sed "s/\b$here\b/$suite/g" "$file" >"$root$file"; done
cp -rL /etc/resolv.conf /etc/hosts "$root/etc/"
cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
chroot "$root" update-ca-certificates >/dev/null 2>&1 || true
[ ! -f /etc/npmrc ] || cp /etc/npmrc "$root/etc/npmrc"
