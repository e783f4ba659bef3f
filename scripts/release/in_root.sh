#!/usr/bin/env bash
# Runs a command in a root (make_root.sh), with /proc, /dev and /dev/pts, and with the folders in BIND at their places. What is
# mounted is unmounted again; that it cannot be is an error.
#
#   BIND="FOLDER…" scripts/release/in_root.sh ROOT COMMAND…
set -euo pipefail
root=$1
shift
read -ra bound <<<"${BIND:-}"
mounted=()
unmount() {
  # Processes that were just ended may hold it for a moment.
  for _ in $(seq 50); do
    ! umount "$1" 2>/dev/null || return 0
    sleep 0.1
  done
  umount "$1"
}
clean_up() {
  local place status=0
  for ((place = ${#mounted[@]} - 1; place >= 0; place--)); do unmount "${mounted[place]}" || status=1; done
  return "$status"
}
trap clean_up EXIT
for folder in /proc /dev /dev/pts "${bound[@]}"; do
  mkdir -p "$root$folder"
  mount --bind "$folder" "$root$folder"
  mounted+=("$root$folder")
done
chroot "$root" env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$@"
