#!/usr/bin/env bash
# Runs a check unless it passed before with the same inputs: files and folders of the repository (of which git knows), files of
# the build, and those of scripts/machine_key.sh.
#
#   scripts/unless_passed.sh NAME PATH… -- COMMAND…
set -euo pipefail
cd "$(dirname "$0")/.."
name=$1
shift
paths=("$0" scripts/machine_key.sh scripts/repository_hashes.sh)
while [ "$1" != -- ]; do
  [ -e "$1" ] || { echo "unless_passed.sh: there is no $1, on which $name depends" >&2; exit 1; }
  paths+=("$1")
  shift
done
shift

identity=$({
  echo "$@"
  scripts/machine_key.sh
  for path in "${paths[@]}"; do
    case $path in build/*) find -L "$path" -type f -not -path '*/CMakeFiles/*' -print0 ;; esac
  done | sort -z | xargs -0 -r sha256sum
  scripts/repository_hashes.sh "${paths[@]}"
} 2>/dev/null | sha256sum)

passed=build/passed/$name
if [ "$(cat "$passed" 2>/dev/null)" = "$identity" ]; then
  echo "$name: passed before, and nothing that it depends on has changed since"
  exit 0
fi
rm -f "$passed"
"$@"
mkdir -p build/passed
echo "$identity" >"$passed"
