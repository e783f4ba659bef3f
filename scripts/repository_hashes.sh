#!/usr/bin/env bash
# The hash of every file below the paths that git knows or would add. One that is deleted and still in git's index has none; that
# git fails is an error.
#
#   scripts/repository_hashes.sh PATH…
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files -z --cached --others --exclude-standard -- "$@" |
  while IFS= read -rd '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done | xargs -0 -r sha256sum
