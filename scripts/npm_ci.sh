#!/usr/bin/env bash
# Puts into web/node_modules what web/package-lock.json names; nothing where it is there already.
set -euo pipefail
cd "$(dirname "$0")/../web"
mkdir -p ../build
# Two presets may be built at once; web/node_modules is the same for both.
exec 9>../build/npm.lock
flock 9
installed=node_modules/.installed-lock.json
cmp -s package-lock.json "$installed" && exit 0
log=../build/npm.log
npm ci --no-audit --no-fund --loglevel=error >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
cp package-lock.json "$installed"
