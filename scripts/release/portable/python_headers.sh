#!/usr/bin/env bash
# Puts the headers of the versions of CPython for which a wheel has the extension into FOLDER/VERSION, from the packages of the
# Debian or Ubuntu that has each, checked by their archive's signature. One that cannot be reached is an error, after all others were tried.
#
#   scripts/release/portable/python_headers.sh FOLDER
set -euo pipefail
to=$(realpath -m "$1")
. "$(dirname "$0")/other_apt.sh"
mirror=$(debian_mirror)
mkdir -p "$to"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

headers() { # VERSION MIRROR SUITE KEYRING
  [ ! -d "$to/$1" ] || return 0
  if unpack_other "$work" "libpython$1-dev" "$2" "$3" "$4" "$work/$1" 2>"$work/log"; then
    mv "$work/$1/usr/include" "$to/$1"
  else
    echo "python_headers.sh: no headers of Python $1 from $2 ($3): $(tail -1 "$work/log")" >&2
    status=1
  fi
}

headers 3.9 "$mirror" bullseye "$debian_keyring"
headers 3.11 "$mirror" bookworm "$debian_keyring"
headers 3.13 "$mirror" trixie "$debian_keyring"
headers 3.14 "$mirror" forky "$debian_keyring"
keys=$(ubuntu_keyring "$work" 2>"$work/log") || { echo "python_headers.sh: no keys of Ubuntu: $(tail -1 "$work/log")" >&2; exit 1; }
headers 3.10 "$ubuntu_mirror" jammy "$keys"
headers 3.12 "$ubuntu_mirror" noble "$keys"
exit "$status"
