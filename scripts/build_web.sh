#!/usr/bin/env bash
# Makes build/web/report.html and build/web/app from web/, with their output in build/web/build.log.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/npm_ci.sh
exec 9>build/web/build.lock
flock 9
log=build/web/build.log
npm --prefix web run build --loglevel=error >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
