#!/usr/bin/env bash
# Tries the wheel and the archive in OUT (make_portable.sh) in bare roots: of Debian's or Ubuntu's SUITE…, the wheel with Python and pip alone, the archive
# on Debian 11 and 10 (buster, whose C library is older than the wheel needs) and with nothing but busybox. Their texts have to be those of OCRTUNE, a build
# from source. Then the web interface of the wheel in Chromium, on this machine. Needs root, and mirrors of Debian and Ubuntu.
#
#   OCRTUNE=build/release/ocrtune scripts/release/check_portable.sh OUT [SUITE…]      bullseye bookworm trixie testing jammy
set -euo pipefail
out=$(realpath "$1")
shift
[ $# -gt 0 ] || set -- bullseye bookworm trixie testing jammy
cd "$(dirname "$0")/../.."
. scripts/release/roots.sh
program=$(realpath "${OCRTUNE:-build/release/ocrtune}")
version=$(scripts/release/changelog.py version)
wheel=$(realpath "$out/ocrtune-$version"-*.whl) archive=$(realpath "$out/ocrtune-$version-linux-$(uname -m).tar.xz")
pages=$(mktemp -d)
root=
trap 'remove_roots "$pages" "$root"' EXIT
cp examples/sample_pages/*.jpg "$pages/"
"$program" read "$pages" -o "$pages" --quiet
inside() { scripts/release/in_root.sh "$root" "$@"; }
for suite; do
  root=$(mktemp -d "/var/tmp/ocrtune-$suite.XXXXXX")
  scripts/release/make_root.sh "$suite" "$root"
  echo "== $suite"
  if [ "$suite" != buster ]; then
    inside apt-get update -qq
    quietly inside apt-get install -y -qq --no-install-recommends python3 python3-pip python3-venv
    mkdir "$root/try"
    cp -r "$pages" "$root/try/pages"
    cp "$wheel" scripts/release/portable/try_wheel.sh "$root/try/"
    inside /try/try_wheel.sh "/try/$(basename "$wheel")" /try/pages
  fi
  case $suite in buster | bullseye) scripts/release/portable/try_archive.sh "$archive" "$pages" "$root" ;; esac
  remove_roots "$root"
done
echo "== busybox"
scripts/release/portable/try_archive.sh "$archive" "$pages"
echo "== Chromium"
root=$(mktemp -d /var/tmp/ocrtune-wheel.XXXXXX)
python3 -m venv "$root"
"$root/bin/pip" --disable-pip-version-check install --quiet "$wheel"
scripts/check_page_with_command.sh "$(dirname "$program")" "$root/bin/ocrtune"
