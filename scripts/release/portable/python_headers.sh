#!/usr/bin/env bash
# Puts the headers of the versions of CPython for which a wheel has the extension into FOLDER/VERSION, from the packages of the
# Debian or Ubuntu that has each, checked by their archive's signature. What cannot be reached is left out, and said.
#
#   scripts/release/portable/python_headers.sh FOLDER
set -euo pipefail
to=$(realpath -m "$1")
. "$(dirname "$0")/other_apt.sh"
mirror=$(debian_mirror)
ubuntu=http://archive.ubuntu.com/ubuntu
mkdir -p "$to"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Unpacks a package of a suite, without installing anything here.
unpack() { # PACKAGE MIRROR SUITE KEYRING INTO
  local apt=$work/apt-$3
  [ -d "$apt" ] || make_other_apt "$apt" deb "$2" "$3" "$4" 2>"$work/log" || return 1
  mkdir -p "$apt/packages"
  (cd "$apt/packages" && other_apt "$apt" download "$1") 2>"$work/log" && dpkg-deb -x "$apt/packages/$1"_*.deb "$5"
}

headers() { # VERSION MIRROR SUITE KEYRING
  [ ! -d "$to/$1" ] || return 0
  if unpack "libpython$1-dev" "$2" "$3" "$4" "$work/$1"; then
    mv "$work/$1/usr/include" "$to/$1"
  else
    echo "python_headers.sh: no headers of Python $1 from $2 ($3): $(tail -1 "$work/log")" >&2
  fi
}

debian=/usr/share/keyrings/debian-archive-keyring.gpg
headers 3.9 "$mirror" bullseye "$debian"
headers 3.11 "$mirror" bookworm "$debian"
headers 3.13 "$mirror" trixie "$debian"
headers 3.14 "$mirror" forky "$debian"
# Debian 12 does not have Ubuntu's keys, 13 does.
[ -d "$to/3.10" ] && [ -d "$to/3.12" ] || unpack ubuntu-keyring "$mirror" trixie "$debian" "$work/keys" || true
keys=$work/keys/usr/share/keyrings/ubuntu-archive-keyring.gpg
headers 3.10 "$ubuntu" jammy "$keys"
headers 3.12 "$ubuntu" noble "$keys"
