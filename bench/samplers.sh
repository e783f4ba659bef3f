#!/usr/bin/env bash
# Compares ocrtune's samplers with Optuna's and with each other, and prints Markdown tables. What Optuna gave is kept in
# build/samplers/optuna.csv and only done where it is missing; the first time takes an hour.
#
#   bench/samplers.sh [--seeds N] [--jobs N] [STUDY…]
#
#   STUDY     recorded studies (ocrtune screen --exponent 10); tuning them is guessed from their trials
#   --seeds   runs of each sampler on each function [30]   --jobs N    runs at a time [1]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)

options=()
while [ $# -gt 0 ]; do
  case $1 in
    --seeds | --jobs) options+=("$1" "${2:?samplers.sh: $1 needs a value}") && shift ;;
    -*) echo "samplers.sh: no option $1; see the head of $0" >&2 && exit 1 ;;
    *) options+=(--study "$1") ;;
  esac
  shift
done

"$here"/scripts/setup.sh bench
OCRTUNE_TARGETS=samplers_bench "$here"/scripts/build.sh release -DOCRTUNE_BENCH=ON
out=$here/build/samplers
mkdir -p "$out"
export OMP_NUM_THREADS=1
"$here"/bench/samplers.py optuna "$out/optuna.csv" "${options[@]}"
"$here"/bench/samplers.py ocrtune "$out/ocrtune.csv" "${options[@]}"
"$here"/bench/samplers.py compare "$out/optuna.csv" "$out/ocrtune.csv" | tee "$out/table.md"
