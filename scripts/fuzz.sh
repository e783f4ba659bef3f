#!/usr/bin/env bash
# Coverage-guided fuzzing by libFuzzer of what gets bytes from outside (tests/fuzz/targets): each target for some seconds, from its
# seeds, from what it has found before and from what has reached something new before (build/fuzz/corpus/TARGET). Installs what is
# missing and builds first. Ends with a table. What makes a target fail is in build/fuzz/failures/TARGET, as small as it gets in
# a moment; once it is mended, it belongs into tests/fuzz/found/TARGET. Fails if there is any.
#
#   scripts/fuzz.sh [--seconds N] [TARGET…]     [60] [all]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=60
if [ "${1:-}" = --seconds ]; then
  seconds=$2
  shift 2
fi
fail() { echo "fuzz.sh: $*" >&2; exit 1; }
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "--seconds $seconds: must be a whole number from 1 on"
scripts/setup.sh fuzz

# Compiled for it are the rooms that parse; the others, and the tests' support, are linked from the release build.
rooms=(base image documents parsers/program pdf pdf/program corpus devices ocr/tessdata ocr/external ocr/lstm pipeline study storage
  server)
OCRTUNE_TARGETS=fuzz_test scripts/build.sh release -DOCRTUNE_TESTS=ON
OCRTUNE_TARGETS=ocrtune_targets scripts/build.sh fuzz "-DOCRTUNE_TEST_OBJECTS=$PWD/build/release" \
  "-DOCRTUNE_SANITIZED=$(IFS=';'; echo "${rooms[*]}")"
program=$PWD/build/fuzz/ocrtune_targets
mapfile -t known < <("$program")
[ $# -gt 0 ] || set -- "${known[@]}"
for target; do [[ " ${known[*]} " = *" $target "* ]] || fail "no target $target; there are: ${known[*]}"; done

export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:detect_stack_use_after_return=0:handle_abort=1
export LSAN_OPTIONS=suppressions=$PWD/tests/fuzz/leaks.supp:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1
# Files that targets write: in memory, if there is such a folder.
memory=/dev/shm
[ -w "$memory" ] || memory=/tmp
TMPDIR=$(mktemp -d "$memory/ocrtune-fuzz-XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
# A file of at most 64 kB takes at most 2 GB and, sanitized on a busy machine, 30 s.
limits=(-max_len=65536 -rss_limit_mb=2048 -malloc_limit_mb=1024 -timeout=30)

# One process that begins again after a failure, so that one fault doesn't hide the next.
fuzz() {
  local target=$1 place=build/fuzz/$1 failures=build/fuzz/failures/$1
  export OCRTUNE_FUZZ_TARGET=$target
  rm -rf "$place" "$failures"
  mkdir -p "$place" "$failures" "build/fuzz/corpus/$target" "tests/fuzz/found/$target"
  OCRTUNE_FUZZ_SEEDS=$place "$program" 2>"$place/log"
  "$program" "${limits[@]}" -fork=1 -ignore_crashes=1 -ignore_ooms=1 -ignore_timeouts=1 -print_final_stats=1 \
    -max_total_time="$seconds" -dict="$place/words" -artifact_prefix="$PWD/$failures/" \
    "build/fuzz/corpus/$target" "$place/seeds" "tests/fuzz/found/$target" >"$place/output" 2>"$place/log" || true
  rmdir --ignore-fail-on-non-empty "tests/fuzz/found/$target"
}

# The smallest of what makes a target fail, smaller.
minimise() {
  local target=$1 failures=build/fuzz/failures/$1 smallest
  export OCRTUNE_FUZZ_TARGET=$target
  smallest=$(find "$failures" -type f -printf '%s %p\n' | sort -n | sed -n '1s/^[0-9]* //p')
  [ -n "$smallest" ] || return 0
  timeout 60 "$program" "${limits[@]}" -minimize_crash=1 -max_total_time=20 -exact_artifact_path="$PWD/$failures/minimised" "$smallest" \
    >/dev/null 2>"build/fuzz/$target/minimise.log" || true
  [ -e "$failures/minimised" ] || cp "$smallest" "$failures/minimised"
}

row() { printf '%-10s %12s %8s %8s %9s %7s %9s %8s\n' "$@"; }
row target executions per_s blocks features corpus too_much crashes
failed=0
for target; do
  fuzz "$target"
  # "#1234: cov: 56 ft: 78 corp: 9 exec/s 100 oom/timeout/crash: 0/0/0 time: 10s job: 3 dft_time: 0"
  read -r executions blocks features corpus per_s ends < <(sed -nE \
    's|^#([0-9]+): cov: ([0-9]+) ft: ([0-9]+) corp: ([0-9]+) exec/s:? ([0-9]+) oom/timeout/crash: ([0-9/]+).*|\1 \2 \3 \4 \5 \6|p' \
    "build/fuzz/$target/log" | tail -1) || fail "$target did not run; build/fuzz/$target/log says why"
  IFS=/ read -r ooms timeouts crashes <<<"$ends"
  row "$target" "$executions" "$per_s" "$blocks" "$features" "$corpus" "$((ooms + timeouts))" "$crashes"
  [ "$ends" = 0/0/0 ] || { minimise "$target"; failed=1; }
done
[ "$failed" = 0 ] || fail "inputs that make a target fail are in build/fuzz/failures"
