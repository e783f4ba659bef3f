#!/usr/bin/env bash
# Makes a release of what is committed on HEAD, and checks it: sources, Debian packages, an apt repository of them, on Debian 12 the wheel, the
# archive for any Linux and a container image; bills of materials, release notes, and checksums that are signed. Sources, packages, wheel and archive
# are made twice, and have to be equal byte for byte. Needs root, for the bare roots that all is tried in. Packages of another Debian than
# this machine's are built in a root of it.
#
#   scripts/release.sh [--out OUT] [SUITE…]       dist, this machine's; SUITE is bookworm or trixie
set -euo pipefail
cd "$(dirname "$0")/.."
out=dist
if [ "${1:-}" = --out ]; then
  out=${2:?--out needs a folder}
  shift 2
fi
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
[ $# -gt 0 ] || set -- "$here"
for suite; do scripts/release/changelog.py debian "$suite" >/dev/null; done
version=$(scripts/release/changelog.py version)
[ -f "tests/e2e/formats/$version.tar.xz" ] || { echo "release.sh: keep what $version writes: scripts/release/keep_formats.py" >&2; exit 1; }
[ -z "$(git status --porcelain)" ] || { echo "release.sh: the checkout has changes that are not committed" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "release.sh: needs root, for the bare roots that packages are tested in" >&2; exit 3; }
mkdir -p "$out"
out=$(realpath "$out")

scripts/setup.sh release
. scripts/release/signing_key.sh
roots=$(mktemp -d /var/tmp/ocrtune-roots.XXXXXX)
trap 'remove_signing_key; rm -rf --one-file-system "$roots"' EXIT
again=$roots/again
made_twice() { # WHAT FILE…
  for file in "${@:2}"; do
    cmp "$file" "$again/$(basename "$file")" || { echo "release.sh: $file differs when it is made again (diffoscope says where)" >&2; exit 1; }
  done
  echo "$1: made twice with equal bytes"
}
scripts/release/make_sources.sh "$out"
scripts/release/make_sources.sh "$again"
made_twice sources "$out/ocrtune_$version".orig*.tar.xz

for suite; do
  if [ "$suite" = "$here" ]; then
    scripts/release/make_suite.sh "$out"
    continue
  fi
  scripts/release/make_root.sh "$suite" "$roots/$suite"
  git clone -q . "$roots/$suite/root/ocrtune"
  scripts/release/in_root.sh "$roots/$suite" apt-get update -qq
  BIND=$out scripts/release/in_root.sh "$roots/$suite" /root/ocrtune/scripts/release/make_suite.sh "$out"
done
if [ "$here" = bookworm ]; then
  scripts/release/make_portable.sh "$out"
  TMPDIR=$again scripts/release/make_portable.sh "$again"
  made_twice "wheel and archive" "$out/ocrtune-$version"-*.whl "$out/ocrtune-$version"-linux-*.tar.xz "$out/ocrtune-$version.spdx.json"
  scripts/build.sh release
  scripts/release/check_portable.sh "$out"
  scripts/release/make_container.sh "$out"
  scripts/release/check_container.sh "$out" examples/sample_pages/08-prose-eng-clean.jpg
fi
scripts/release/make_repository.sh "$out"
scripts/release/check_repository.sh "$out"
scripts/release/sign.sh "$out"
echo "release: $version in $out"
