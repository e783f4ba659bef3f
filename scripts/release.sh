#!/usr/bin/env bash
# Makes a release of what is committed on HEAD, and checks it: sources, Debian packages, an apt repository of them, on Debian 12 for x86-64 the wheel, the
# archive for any Linux and a container image; bills of materials, release notes, and checksums that are signed. Sources, packages, wheel and archive
# are made twice, and have to be equal byte for byte. Needs root, for the bare roots that all is tried in. Packages of another Debian than
# this machine's are built in a root of it.
#
#   scripts/release.sh [--trial] [--out OUT] [SUITE…]       into dist, which has to be empty; this machine's; SUITE is bookworm or trixie
#
# With --trial, CHANGELOG.md may have entries below `## Unreleased`: they are the notes, which begin with saying that it is a trial. It has the number of
# the last release, and a key made for tests signs it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/release/roots.sh
out=dist trial=()
while :; do
  case ${1:-} in
    --trial) trial=(--trial); shift ;;
    --out) out=${2:?--out needs a folder}; shift 2 ;;
    *) break ;;
  esac
done
here=$(. /etc/os-release && echo "$VERSION_CODENAME")
[ $# -gt 0 ] || set -- "$here"
for suite; do scripts/release/changelog.py debian "$suite" >/dev/null; done
version=$(scripts/release/changelog.py version)
scripts/release/changelog.py notes "${trial[@]}" >/dev/null
[ -f "tests/e2e/formats/$version.tar.xz" ] || { echo "release.sh: keep what $version writes: scripts/release/keep_formats.py" >&2; exit 1; }
changes=$(git status --porcelain)
[ -z "$changes" ] || { echo "release.sh: the checkout has changes that are not committed" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "release.sh: needs root, for the bare roots that packages are tested in" >&2; exit 3; }
mkdir -p "$out"
out=$(realpath "$out")
[ -z "$(ls -A "$out")" ] || { echo "release.sh: $out is not empty, and all in it would be released: remove it, or name another by --out" >&2; exit 1; }

scripts/setup.sh release
[ ${#trial[@]} = 0 ] || unset OCRTUNE_RELEASE_KEY
. scripts/release/signing_key.sh
roots=$(mktemp -d /var/tmp/ocrtune-roots.XXXXXX)
trap 'remove_signing_key; remove_roots "$roots"' EXIT
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
if [ "$here" = bookworm ] && [ "$(uname -m)" = x86_64 ]; then
  scripts/release/make_portable.sh "$out"
  # Compiled again, not taken from a cache.
  CCACHE_DISABLE=1 TMPDIR=$again scripts/release/make_portable.sh "$again"
  made_twice "wheel and archive" "$out/ocrtune-$version"-*.whl "$out/ocrtune-$version"-linux-*.tar.xz "$out/ocrtune-$version.spdx.json"
  OCRTUNE_TARGETS=ocrtune_command scripts/build.sh release -DOCRTUNE_TESTS=OFF
  scripts/release/check_portable.sh "$out"
  scripts/release/make_container.sh "$out"
  scripts/release/check_container.sh "$out" examples/sample_pages/08-prose-eng-clean.jpg
fi
scripts/release/make_repository.sh "$out"
scripts/release/check_repository.sh "$out"
scripts/release/sign.sh "${trial[@]}" "$out"
echo "release: ${trial:+trial of }$version in $out"
