#!/usr/bin/env bash
# Runs a command in a root (make_root.sh), with /proc, /dev and /dev/pts, and with the folders in BIND at their places. What is
# mounted is unmounted again.
#
#   BIND="FOLDER…" scripts/release/in_root.sh ROOT COMMAND…
set -euo pipefail
root=$1
shift
folders=(/proc /dev /dev/pts ${BIND:-})
clean_up() { for folder in $(printf '%s\n' "${folders[@]}" | tac); do umount "$root$folder" 2>/dev/null || true; done; }
trap clean_up EXIT
for folder in "${folders[@]}"; do
  mkdir -p "$root$folder"
  mount --bind "$folder" "$root$folder"
done
chroot "$root" env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$@"
