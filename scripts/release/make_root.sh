#!/usr/bin/env bash
# Makes a minimal root of SUITE in the folder ROOT by debootstrap: of Debian, of its archive of old releases (buster), or of Ubuntu (jammy, noble). It has
# this machine's way to the network: mirror, names, certificates, and what pip and npm are told; with --plain, nothing of this machine. Needs root.
#
#   scripts/release/make_root.sh [--plain] SUITE ROOT
set -euo pipefail
plain=
if [ "${1:-}" = --plain ]; then
  plain=1
  shift
fi
suite=$1 root=$2
. "$(dirname "$0")/roots.sh"
. "$(dirname "$0")/portable/other_apt.sh"
[ "$(id -u)" = 0 ] || { echo "make_root.sh: needs root" >&2; exit 3; }
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packages=ca-certificates options=() sources=() files=()
case $suite in
  buster)
    mirror=http://archive.debian.org/debian
    sources=("$mirror $suite main")
    packages+=,xz-utils # by which tar unpacks the archive for any Linux
    ;;
  jammy | noble)
    mirror=$ubuntu_mirror
    for each in "$suite" "$suite-updates" "$suite-security"; do sources+=("$mirror $each main universe"); done
    keys=$(ubuntu_keyring "$work")
    options=("--keyring=$keys")
    ;;
  *)
    mirror=$(debian_mirror)
    mapfile -t files < <(grep -lE '/debian(-security)?/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null)
    [ ${#files[@]} -gt 0 ] || { echo "make_root.sh: /etc/apt names no mirror of Debian" >&2; exit 3; }
    [ -z "$plain" ] || for each in "debian $suite" "debian $suite-updates" "debian-security $suite-security"; do sources+=("http://deb.debian.org/$each main"); done
    ;;
esac
mkdir -p "$root"
chmod 755 "$root"
quietly debootstrap --variant=minbase "--include=$packages" "${options[@]}" "$suite" "$root" "$mirror"
rm -f "$root/etc/apt/sources.list"
if [ ${#sources[@]} -gt 0 ]; then
  printf 'deb %s\n' "${sources[@]}" >"$root/etc/apt/sources.list"
else
  for file in "${files[@]}"; do sed "s/\b$here\b/$suite/g" "$file" >"$root$file"; done
fi
if [ -n "$plain" ]; then
  rm -f "$root"/etc/{resolv.conf,hostname} # which debootstrap copies
  exit
fi
cp -rL /etc/resolv.conf /etc/hosts "$root/etc/"
for file in /etc/pip.conf /etc/npmrc; do [ ! -f "$file" ] || cp "$file" "$root/etc/"; done
if [ -d /usr/local/share/ca-certificates ]; then
  cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
  quietly chroot "$root" update-ca-certificates
fi
