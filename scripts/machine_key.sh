#!/usr/bin/env bash
# What every check depends on besides files of the repository and of the build, as a hash: the installed packages and Node.js,
# the processor's instruction sets, the variables that tests heed, and what tests are skipped by: the user (root), the kernel
# (seccomp), the file system of temporary files, devices and their drivers. The variables of the build show in what it made.
{
  cat /var/lib/dpkg/status
  grep -m1 '^flags' /proc/cpuinfo
  id -u
  node --version
  uname -r
  stat -f -c %T "${TMPDIR:-/tmp}"
  ls /dev/dri /dev/dxg /dev/kfd /dev/nvidia* /etc/OpenCL/vendors
  cat /proc/driver/nvidia/version
  [ -z "${OCRTUNE_BUILD:-}" ] || realpath "$OCRTUNE_BUILD"
  env | grep -E '^(OCRTUNE_|RC_|[A-Z]*SAN_|OMP_|OCL_|HWLOC_|TESSDATA_|LANG|LC_)' |
    grep -vE '^OCRTUNE_(E2E_SHARED|BUILD|TARGETS|WERROR|LEAST_SPLIT)=' | sort
} 2>/dev/null | sha256sum
