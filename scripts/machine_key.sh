#!/usr/bin/env bash
# What every check depends on besides files of the repository and of the build, as a hash: the installed packages, the
# processor's instruction sets, the variables that tests heed.
{
  cat /var/lib/dpkg/status
  grep -m1 '^flags' /proc/cpuinfo
  env | grep -E '^(OCRTUNE_|RC_|[ALTU]*SAN_|OCL_|HWLOC_|TESSDATA_|LANG|LC_)' | grep -v '^OCRTUNE_E2E_SHARED=' | sort
} 2>/dev/null | sha256sum
