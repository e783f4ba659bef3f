#!/usr/bin/env bash
# The external engines of engines/ and the template of examples/engine, by themselves. Ends with their count, which build/engines.count
# has too; one that is not installed is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
log=build/engines.log
/usr/bin/python3 -m unittest discover -s tests/engines >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
! grep 'skipped=' "$log" >&2 || { echo 'engines: not all are installed; install them with `scripts/setup.sh tests`' >&2; exit 3; }
count=$(sed -n 's/^Ran \([0-9]*\) tests.*/\1/p' "$log")
echo "$count" >build/engines.count
echo "engines: $count tests passed"
