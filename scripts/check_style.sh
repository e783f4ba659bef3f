#!/usr/bin/env bash
# Formatting (clang-format) of all sources, and clang-tidy on those of src/ that
# changed since it last passed.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files 'src/*.cpp' 'src/*.h' 'tests/*.cpp' 'tests/*.h' 'examples/*.cpp' 'examples/*.h' 'bench/*.cpp' 'bench/*.h')
clang-format --dry-run -Werror "${sources[@]}"

# A file's result is kept by the hash of what it compiles from, for all checkouts, so that a second run is quick.
export cache=${XDG_CACHE_HOME:-$HOME/.cache}/ocrtune/tidy
mkdir -p "$cache"
headers=$({ clang-tidy --version; git ls-files 'src/*.h' | xargs cat .clang-tidy; } | sha256sum | cut -c1-16)
todo=()
for source in $(git ls-files 'src/*.cpp'); do
  key=$(printf '%s %s' "$headers" "$(sha256sum <"$source")" | sha256sum | cut -c1-32)
  [ -e "$cache/$key" ] || todo+=("$source:$key")
done
tidy() {
  clang-tidy --quiet -p build/release "${1%%:*}" 2>/dev/null && touch "$cache/${1##*:}"
}
export -f tidy
[ ${#todo[@]} -eq 0 ] || printf '%s\n' "${todo[@]}" | xargs -P "$(nproc)" -I{} bash -c 'tidy {}'
echo "style: ${#sources[@]} files formatted, ${#todo[@]} newly checked by clang-tidy"
