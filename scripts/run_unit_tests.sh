#!/usr/bin/env bash
# Runs the unit and property tests of a built preset: each executable in as many parts as there are cores, so that no
# process is started for every single test; a part has half an hour. Says what failed, or which tests took more than 5 s,
# and writes the number of tests to build/PRESET.count.
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
[ ${#executables[@]} -gt 0 ] || mapfile -t executables < <(cd "$build" && ls ./*_test ./*_fuzz 2>/dev/null | cut -c3-)

results=$build/results
rm -rf "$results"
mkdir -p "$results"
cores=$(nproc) # asked before OpenMP's limit, which it heeds
export RC_PARAMS=seed=1 build filter results
# Sanitized code is slow: what holds for anything is tried on 15 of rapidcheck's 100 cases, but under `./test.sh full`.
case $preset in asan | tsan) [ -n "${OCRTUNE_TESTS_FULL:-}" ] || RC_PARAMS="seed=1 max_success=15" ;; esac

part() {
  local executable=$1 shard=$2 shards=$3 name=$1.$2
  case $executable in
    *_fuzz) set -- timeout 1800 "$build/$executable" "$shard" --cases "$shards" --seed 1 ;;
    *) set -- timeout 1800 env GTEST_TOTAL_SHARDS="$shards" GTEST_SHARD_INDEX="$shard" "$build/$executable" --gtest_brief=1 \
      --gtest_filter="$filter" --gtest_output=xml:"$results/$name.xml" ;;
  esac
  (cd "$results" && "$@" >"$name.log" 2>&1) || { cat "$results/$name.log"; echo "FAILED: $*"; return 1; } >&2
}
export -f part

fuzzed=0
{
  for executable in "${executables[@]}"; do
    if [[ $executable == *_fuzz ]]; then
      [ "$filter" = '*' ] || continue
      printf "$executable %s\n" "parse 2000" "read 1000" "answer 5000"
      fuzzed=3
    else
      for ((shard = 0; shard < cores; ++shard)); do echo "$executable $shard $cores"; done
    fi
  done
  echo "$fuzzed" >"$results/fuzzed"
} | xargs -P "$cores" -L 1 bash -c 'part "$@"' part

cat "$results"/*.xml |
  sed -n 's/.*<testcase name="\([^"]*\)".* time="\([^"]*\)".* classname="\([^"]*\)".*/\2 \3.\1/p' |
  sort -rn | awk '$1 > 5 { printf "%8.1f s  %s\n", $1, $2 }'
count=$(($(cat "$results"/*.xml | grep -c '<testcase ') + $(cat "$results/fuzzed")))
echo "$count" >"build/$preset.count"
echo "$preset: $count tests passed"
