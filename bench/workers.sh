#!/usr/bin/env bash
# Measures workers that share a study on PostgreSQL, and prints Markdown tables. Takes a quarter of an hour.
#
#   bench/workers.sh [OPTION…]      options of bench/workers.py
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
"$here"/scripts/setup.sh bench
OCRTUNE_TARGETS=shared_study "$here"/scripts/build.sh release -DOCRTUNE_BENCH=ON
"$here"/bench/workers.py "$here"/build/release/shared_study "$@"
