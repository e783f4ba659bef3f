#!/usr/bin/env bash
# Puts into FOLDER/node_modules what FOLDER/package-lock.json names; nothing where it is there already.
#
#   scripts/npm_ci.sh FOLDER [option of npm ci…]
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
build=$PWD/build
cd "$1"
name=$(basename "$1")
shift
# Two presets may be built at once; node_modules is the same for both.
exec 9>"$build/npm-$name.lock"
flock 9
installed=node_modules/.installed-lock.json
cmp -s package-lock.json "$installed" && exit 0
log=$build/npm-$name.log
npm ci --no-audit --no-fund --loglevel=error "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
cp package-lock.json "$installed"
