#!/usr/bin/env bash
# Installs ocrtune from the repository in OUT/apt (make_repository.sh) in a bare root of each Debian that it has packages of, over HTTP, as its users do,
# and recognizes a page. Needs root, and a mirror of Debian.
#
#   scripts/release/check_repository.sh OUT
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
. scripts/release/roots.sh
root= served=
clean_up() {
  [ -z "$served" ] || kill "$served" || true
  remove_roots "$root"
}
trap clean_up EXIT
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python3 -m http.server --directory "$out/apt" --bind 127.0.0.1 "$port" >/dev/null 2>&1 &
served=$!
inside() { scripts/release/in_root.sh "$root" "$@"; }
for folder in "$out"/apt/dists/*/; do
  suite=$(basename "$folder")
  root=$(mktemp -d /var/tmp/ocrtune-bare.XXXXXX)
  scripts/release/make_root.sh "$suite" "$root"
  inside apt-get update -qq
  begin=$SECONDS
  python3 - "http://127.0.0.1:$port/ocrtune.asc" "$root/etc/apt/keyrings/ocrtune.asc" <<'PY'
import pathlib, sys, time, urllib.error, urllib.request
pathlib.Path(sys.argv[2]).parent.mkdir(exist_ok=True)
for attempt in range(50):
    try:
        pathlib.Path(sys.argv[2]).write_bytes(urllib.request.urlopen(sys.argv[1]).read())
        break
    except urllib.error.URLError:
        if attempt == 49:
            raise
        time.sleep(0.1)
PY
  chmod 644 "$root/etc/apt/keyrings/ocrtune.asc"
  echo "deb [signed-by=/etc/apt/keyrings/ocrtune.asc] http://127.0.0.1:$port $suite main" >"$root/etc/apt/sources.list.d/ocrtune.list"
  inside apt-get update -qq
  quietly inside apt-get install -y -qq --no-install-recommends ocrtune ocrtune-engine-ppocr
  [ -n "$(inside ocrtune read /usr/share/doc/ocrtune/examples/sample_pages/08-prose-eng-clean.jpg)" ] || { echo "check_repository.sh: $suite: no text" >&2; exit 1; }
  echo "repository: $suite: from nothing to the first text in $((SECONDS - begin)) s"
  remove_roots "$root"
done
