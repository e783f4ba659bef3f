#!/usr/bin/env bash
# What every check depends on besides files of the repository and of the build, as a hash: the installed packages and Node.js,
# the processor's instruction sets, the user (some tests are skipped for root), the variables that tests heed. Those of the build
# show in what it made.
{
  cat /var/lib/dpkg/status
  grep -m1 '^flags' /proc/cpuinfo
  id -u
  node --version
  [ -z "${OCRTUNE_BUILD:-}" ] || realpath "$OCRTUNE_BUILD"
  env | grep -E '^(OCRTUNE_|RC_|[A-Z]*SAN_|OMP_|OCL_|HWLOC_|TESSDATA_|LANG|LC_)' |
    grep -vE '^OCRTUNE_(E2E_SHARED|BUILD|TARGETS|WERROR|LEAST_SPLIT)=' | sort
} 2>/dev/null | sha256sum
