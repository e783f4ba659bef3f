#!/usr/bin/env bash
# Makes a release of what is committed on HEAD, and checks it: sources, Debian packages with their bill of materials, an apt repository of
# them, on Debian 12 the wheel, the archive for any Linux and a container image, and SHA256SUMS. Needs root, for the bare roots that packages are tested in. Packages of another Debian than this machine's are
# built in a root of it.
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
[ -z "$(git status --porcelain)" ] || { echo "release.sh: the checkout has changes that are not committed" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "release.sh: needs root, for the bare roots that packages are tested in" >&2; exit 3; }
mkdir -p "$out"
out=$(realpath "$out")

scripts/setup.sh release
scripts/release/make_sources.sh "$out"
roots=$(mktemp -d /var/tmp/ocrtune-roots.XXXXXX)
trap 'rm -rf --one-file-system "$roots"' EXIT
scripts/release/make_sources.sh "$roots/again"
for archive in "$roots"/again/*; do cmp "$archive" "$out/$(basename "$archive")"; done
echo "sources: made twice with equal bytes"

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
  scripts/build.sh release
  scripts/release/check_portable.sh "$out"
  scripts/release/make_container.sh "$out"
  scripts/release/check_container.sh "$out" examples/sample_pages/08-prose-eng-clean.jpg
fi
scripts/release/make_repository.sh "$out"
scripts/release/check_repository.sh "$out"
(cd "$out" && find . -type f ! -name SHA256SUMS ! -name '*.log' -printf '%P\n' | sort | xargs sha256sum >SHA256SUMS)
echo "release: $(scripts/release/changelog.py version) in $out"
