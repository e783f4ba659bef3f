#!/usr/bin/env bash
# Tries the wheel and the archive in OUT (make_portable.sh) in bare roots: of Debian SUITE…, with Python and pip alone, and with nothing but busybox.
# Their texts have to be those of OCRTUNE, a build from source. Then the web interface of the wheel in Chromium, on this machine. Needs root, and a
# mirror of Debian.
#
#   OCRTUNE=build/release/ocrtune scripts/release/check_portable.sh OUT [SUITE…]      bullseye bookworm trixie testing
set -euo pipefail
out=$(realpath "$1")
shift
[ $# -gt 0 ] || set -- bullseye bookworm trixie testing
cd "$(dirname "$0")/../.."
program=$(realpath "${OCRTUNE:-build/release/ocrtune}")
pages=$(mktemp -d)
root=
trap 'rm -rf --one-file-system "$pages" ${root:+"$root"}' EXIT
cp examples/sample_pages/*.jpg "$pages/"
"$program" read "$pages" -o "$pages" --quiet
for suite; do
  root=$(mktemp -d "/var/tmp/ocrtune-$suite.XXXXXX")
  scripts/release/make_root.sh "$suite" "$root"
  inside() { scripts/release/in_root.sh "$root" "$@"; }
  inside apt-get update -qq
  inside apt-get install -y -qq --no-install-recommends python3 python3-pip python3-venv >/dev/null 2>&1
  mkdir "$root/try"
  cp -r "$pages" "$root/try/pages"
  cp "$out"/ocrtune-*.whl scripts/release/portable/try_wheel.sh "$root/try/"
  [ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$root/etc/"
  echo "== $suite"
  inside sh -c '/try/try_wheel.sh /try/*.whl /try/pages'
  rm -rf --one-file-system "$root"
done
echo "== busybox"
scripts/release/portable/try_archive.sh "$out"/ocrtune-*-linux-*.tar.xz "$pages"
echo "== Chromium"
root=$(mktemp -d /var/tmp/ocrtune-wheel.XXXXXX)
python3 -m venv "$root"
"$root/bin/pip" --disable-pip-version-check install --quiet "$out"/ocrtune-*.whl
scripts/check_page_with_command.sh "$(dirname "$program")" "$root/bin/ocrtune"
