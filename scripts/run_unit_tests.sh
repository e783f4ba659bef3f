#!/usr/bin/env bash
# Runs the unit and property tests of a built preset: each executable in as many parts as there are cores, so that no
# process is started for every single test; a part has half an hour. An executable that passed is run again only when something
# has changed that it runs or reads: itself, the project's libraries that it links, what its target states as READS
# (tests/CMakeLists.txt), the machine (scripts/machine_key.sh). Says what failed, or which tests took more
# than 5 s, and writes the number of tests to build/PRESET.count.
#
#   scripts/run_unit_tests.sh PRESET [FILTER [EXECUTABLE…]]
#
#   FILTER       GoogleTest's pattern, such as 'Evaluator*:Parallel*' [*]
#   EXECUTABLE   base_test and the like [all]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
filter=${2:-*}
shift $(($# < 2 ? $# : 2))
executables=("$@")
build=$PWD/build/$preset
fail() { echo "run_unit_tests.sh: $*" >&2; exit 1; }
[ -e "$build/build.ninja" ] || fail "there is no build/$preset; scripts/build.sh makes it"
# Those that are built, of those that the build knows: a folder may keep executables of targets that are no more.
[ ${#executables[@]} -gt 0 ] || mapfile -t executables < <(ninja -C "$build" -t targets all |
  sed -nE 's/^(\w+_(test|fuzz)): CXX_EXECUTABLE_LINKER.*/\1/p' | while read -r name; do [ ! -e "$build/$name" ] || echo "$name"; done | sort)

results=$build/results
passed=$build/passed # for each executable that passed what it ran and read, and its number of tests; for each filter
[ "$filter" = '*' ] || passed+=/$(sha256sum <<<"$filter" | cut -c1-8)
rm -rf "$results"
mkdir -p "$results" "$passed"
cores=$(nproc) # asked before OpenMP's limit, which it heeds
export RC_PARAMS=seed=1 build filter results
# What holds for anything is tried on half of rapidcheck's 100 cases, and as sanitized code is slow, there on 15, but under
# `./test.sh full`.
if [ -z "${OCRTUNE_TESTS_FULL:-}" ]; then
  case $preset in asan | tsan) RC_PARAMS+=" max_success=15" ;; *) RC_PARAMS+=" max_success=50" ;; esac
fi

# What all executables depend on.
machine=$(scripts/machine_key.sh; sha256sum "$0" scripts/machine_key.sh scripts/repository_hashes.sh tests/tsan.supp)

declare -A hashes
while read -r hash file; do hashes[$file]=$hash; done < <(
  find -L "$build" -maxdepth 4 \( -name '*_test' -o -name '*_fuzz' -o -name 'ocrtune-*' -o -name 'lib*.so*' \) -type f -print0 | xargs -0 -P "$cores" -n 8 sha256sum)

# What an executable runs and reads, as a hash.
identity() {
  local executable=$1 file libraries paths=() parsers=()
  mapfile -t libraries < <(ldd "$build/$executable" 2>/dev/null | sed -n "s|.* => \($build/[^ ]*\) .*|\1|p" | sort)
  [ ! -e "$build/reads/$executable" ] || mapfile -t paths <"$build/reads/$executable"
  # External engines are looked for beside the library, whatever is tested of it.
  case "${libraries[*]}" in *libocrtune_ocr_external.so* | *libocrtune.so*) paths+=(engines) ;; esac
  case "${libraries[*]}" in *libocrtune_parsers.so* | *libocrtune.so*) parsers=("$build"/ocrtune-*) ;; esac
  {
    echo "$machine"
    for file in "$build/$executable" "${libraries[@]}" "${parsers[@]}"; do echo "$file ${hashes[$file]}"; done
    [ ${#paths[@]} = 0 ] || scripts/repository_hashes.sh "${paths[@]}"
  } | sha256sum
}

part() {
  local executable=$1 shard=$2 shards=$3 name=$1.$2
  case $executable in
    *_fuzz) set -- timeout 1800 "$build/$executable" "$shard" --cases "$shards" --seed 1 ;;
    *) set -- timeout 1800 env GTEST_TOTAL_SHARDS="$shards" GTEST_SHARD_INDEX="$shard" "$build/$executable" --gtest_brief=1 \
      --gtest_filter="$filter" --gtest_output=xml:"$results/$name.xml" ;;
  esac
  (cd "$results" && "$@" >"$name.log" 2>&1) || { cat "$results/$name.log"; echo "FAILED: $*"; return 1; } >&2
  touch "$results/$name.passed"
}
export -f part

declare -A identities
changed=()
for executable in "${executables[@]}"; do
  [[ $executable != *_fuzz || $filter = '*' ]] || continue
  identities[$executable]=$(identity "$executable")
  [ "$(head -1 "$passed/$executable" 2>/dev/null)" = "${identities[$executable]}" ] || changed+=("$executable")
done

parts_of() {
  if [[ $1 == *_fuzz ]]; then printf "$1 %s\n" "parse 2000" "read 1000" "answer 5000"; else
    for ((shard = 0; shard < cores; ++shard)); do echo "$1 $shard $cores"; done
  fi
}
status=0
for executable in "${changed[@]}"; do parts_of "$executable"; done | xargs -r -P "$cores" -L 1 bash -c 'part "$@"' part || status=1

for executable in "${changed[@]}"; do
  rm -f "$passed/$executable"
  parts=$(parts_of "$executable" | wc -l)
  [ "$(find "$results" -name "$executable.*.passed" | wc -l)" = "$parts" ] || continue
  tests=$parts
  [[ $executable == *_fuzz ]] || tests=$(cat "$results/$executable".*.xml | grep -c '<testcase ' || true)
  printf '%s\n%s\n' "${identities[$executable]}" "$tests" >"$passed/$executable"
done
[ ${#changed[@]} = 0 ] || find "$results" -name '*.xml' -exec cat {} + |
  sed -n 's/.*<testcase name="\([^"]*\)".* time="\([^"]*\)".* classname="\([^"]*\)".*/\2 \3.\1/p' |
  sort -rn | awk '$1 > 5 { printf "%8.1f s  %s\n", $1, $2 }'
[ "$status" = 0 ] || exit 1

count=0
for executable in "${!identities[@]}"; do count=$((count + $(sed -n 2p "$passed/$executable"))); done
[ "$count" -gt 0 ] || fail "build/$preset has no tests, or none is called $filter"
echo "$count" >"build/$preset.count"
echo "$preset: $count tests passed, run anew: ${changed[*]:-none}"
