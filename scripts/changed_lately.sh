#!/usr/bin/env bash
# Succeeds if one of the last commits, more than are made between two runs of all tests on a fresh machine, or what is not
# committed yet changes a file of the paths. Also under `./test.sh full`, and where there is no history.
#
#   scripts/changed_lately.sh PATH…
#   scripts/changed_lately.sh --commits     says how many commits are looked at; nothing if all count
set -euo pipefail
cd "$(dirname "$0")/.."
commits=50
[ -z "${OCRTUNE_TESTS_FULL:-}" ] || commits=
if [ "$1" = --commits ]; then
  echo "$commits"
  exit 0
fi
[ -n "$commits" ] && git rev-parse -q --verify "HEAD~$commits" >/dev/null 2>&1 || exit 0
! git diff --quiet "HEAD~$commits" -- "$@" || [ -n "$(git ls-files --others --exclude-standard -- "$@" | head -1)" ]
