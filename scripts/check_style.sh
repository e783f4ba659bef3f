#!/usr/bin/env bash
# Formatting (clang-format) of all sources, functions that a batch of the release build could confuse, and clang-tidy on those
# sources of src/ and python/ that changed, or whose headers did, since it last passed: those of the last commits, under
# `./test.sh full` all. The two are those of LLVM 14, Debian 12's: others break lines otherwise
# and find other things, so with them only the batches are checked.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files 'src/*.cpp' 'src/*.h' 'tests/*.cpp' 'tests/*.h' 'examples/*.cpp' 'examples/*.h' 'bench/*.cpp' 'bench/*.h' 'python/*.cpp' 'python/*.h')
scripts/check_batches.py build/release
scripts/check_words.py
scripts/release/changelog.py version >/dev/null
scripts/check_translations.py
scripts/check_french_pages.py
llvm=$(clang-format --version | sed -n 's/.*version \([0-9]*\).*/\1/p')
[ "$llvm" = 14 ] || { echo "style: not checked, for clang-format and clang-tidy are of LLVM $llvm, not 14"; exit 0; }
clang-format --dry-run -Werror "${sources[@]}"

# In batches (cmake/batches.cmake), for most of the time goes into what all sources include. A batch's result is kept for all
# checkouts by the hash of what it hangs on, so that only what a change reaches is checked anew.
build=build/tidy
mkdir -p $build
cmake --preset tidy -DPython_EXECUTABLE=/usr/bin/python3 >$build.log 2>&1 || { cat $build.log >&2; exit 1; }
# The largest batches that are compiled anywhere, those of the tests too.
scripts/check_batches.py $build
checks=--checks=-bugprone-suspicious-include
tools=$(echo "$checks"; clang-tidy --version; dpkg-query -Wf '${db:Status-Abbrev} ${Package} ${Version}\n' '*-dev' | grep ^ii)
export checks cache=${XDG_CACHE_HOME:-$HOME/.cache}/ocrtune/tidy
mkdir -p "$cache"
todo=()
files=0
recent=$(scripts/changed_lately.sh --commits)
while read -r key parts unit; do
  files=$((files + parts))
  touch -c "$cache/$key"
  [ -e "$cache/$key" ] || todo+=("$unit:$key")
done < <(scripts/tidy_keys.py $build "$tools" ${recent:+"$recent"})
find "$cache" -type f -mtime +30 -delete # what no checkout has used for so long
tidy() {
  clang-tidy --quiet -p build/tidy "$checks" "${1%:*}" 2>/dev/null && touch "$cache/${1##*:}"
}
export -f tidy
[ ${#todo[@]} -eq 0 ] || printf '%s\n' "${todo[@]}" | xargs -P "$(nproc)" -I{} bash -c 'tidy {}'
echo "style: ${#sources[@]} files formatted, $files checked by clang-tidy, ${#todo[@]} batches of them anew"
