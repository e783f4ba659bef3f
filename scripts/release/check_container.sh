#!/usr/bin/env bash
# Runs the container image in OUT (make_container.sh) as its users do, without a daemon: the text of a page, with a folder as the volume /data, and what it
# runs unless told otherwise, the web interface, which answers to its token alone. Needs root for buildah, whose images and containers are kept apart here.
#
#   scripts/release/check_container.sh OUT PAGE
set -euo pipefail
out=$(realpath "$1") page=$(realpath "$2")
cd "$(dirname "$0")/../.."
. scripts/release/roots.sh
work=$(mktemp -d /var/tmp/ocrtune-container.XXXXXX)
served=
apart() { buildah --root "$work/storage" --runroot "$work/run" "$@"; }
clean_up() {
  [ -z "$served" ] || { kill -- "-$served" && wait "$served"; } 2>/dev/null || true
  apart rm --all >/dev/null || true
  remove_roots "$work"
}
trap clean_up EXIT
fail() { echo "check_container.sh: $1" >&2; exit 1; }

begin=$SECONDS
image=$(apart pull --quiet "oci-archive:$out/ocrtune-$(scripts/release/changelog.py version).oci.tar")
mkdir "$work/scans" "$work/data"
cp "$page" "$work/scans/"
chown -R 1000:1000 "$work/data"
container=$(apart from --quiet "$image")
run() { apart run --isolation chroot --volume "$work/scans:/scans" --volume "$work/data:/data" "$container" -- "$@"; }
[ "$(run id -u)" = 1000 ] || fail "does not run as its user"
[ -n "$(run ocrtune read "/scans/$(basename "$page")")" ] || fail "no text"
echo "container: from its file to the first text in $((SECONDS - begin)) s"
run ocrtune read /scans -o /data/texts --quiet
[ -n "$(find "$work/data/texts" -name '*.txt' -user 1000 -size +0)" ] || fail "no text in the folder that is /data"

# Its own volume, in which it keeps what it writes.
mapfile -t words < <(apart inspect --type image "$image" | python3 -c 'import json, sys
config = json.load(sys.stdin)["OCIv1"]["config"]
assert "/data" in config["Volumes"]
print(*config["Entrypoint"], *config["Cmd"], sep="\n")')
container=$(apart from --quiet "$image")
set -m
apart run --isolation chroot "$container" -- "${words[@]}" >"$work/address" 2>"$work/log" &
served=$!
set +m
for _ in $(seq 100); do
  [ ! -s "$work/address" ] || break
  sleep 0.1
done
python3 - "$work/address" <<'PY' || { cat "$work/log" >&2; fail "the web interface does not answer as it has to"; }
import sys, urllib.error, urllib.parse, urllib.request
shown = open(sys.argv[1]).readline().strip()
address = urllib.parse.urlsplit(shown)
assert b"<title>" in urllib.request.urlopen(shown, timeout=20).read()
try:
    urllib.request.urlopen(f"http://{address.netloc}/api/corpora", timeout=20)
    sys.exit("check_container.sh: answers without its token")
except urllib.error.HTTPError as refused:
    assert refused.code in (401, 403), refused.code
PY
echo "container: the web interface answers to its token"
