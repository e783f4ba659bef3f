#!/usr/bin/env bash
# Runs the container image in OUT (make_container.sh) as its users do, without a daemon: the text of a page, and the web interface, which answers to its token
# alone. Needs root for buildah.
#
#   scripts/release/check_container.sh OUT PAGE
set -euo pipefail
out=$(realpath "$1") page=$(realpath "$2")
data=$(mktemp -d)
container= served=
clean_up() {
  [ -z "$served" ] || { kill -- "-$served" 2>/dev/null || true; }
  [ -z "$container" ] || buildah rm "$container" >/dev/null
  rm -rf "$data"
}
trap clean_up EXIT
begin=$SECONDS
container=$(buildah from --quiet "oci-archive:$(ls "$out"/ocrtune-*.oci.tar)")
cp "$page" "$data/"
chown -R 1000:1000 "$data"
run() { buildah run --isolation chroot --volume "$data:/scans" "$container" -- "$@"; }
[ "$(run id -u)" = 1000 ] || { echo "check_container.sh: runs as root" >&2; exit 1; }
run ocrtune read "/scans/$(basename "$page")" | grep -q .
echo "container: from its file to the first text in $((SECONDS - begin)) s"
set -m
run ocrtune serve --no-open --port 0 --json /scans >"$data.address" 2>/dev/null &
served=$!
set +m
for _ in $(seq 100); do
  [ ! -s "$data.address" ] || break
  sleep 0.1
done
address=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["address"])' "$data.address")
rm "$data.address"
python3 - "$address" <<'PY'
import sys, urllib.error, urllib.parse, urllib.request
address = urllib.parse.urlsplit(sys.argv[1])
assert b"<title>" in urllib.request.urlopen(sys.argv[1], timeout=20).read()
try:
    urllib.request.urlopen(f"http://{address.netloc}/api/corpora", timeout=20)
    sys.exit("check_container.sh: answers without its token")
except urllib.error.HTTPError as refused:
    assert refused.code in (401, 403), refused.code
PY
echo "container: the web interface answers to its token"
