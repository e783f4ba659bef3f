#!/usr/bin/env bash
# Checks the packages in FOLDER (make_packages.sh): lintian, and in a bare root of this machine's Debian installs them, runs
# debian/tests, removes them, and looks for what they leave. Needs root, and a mirror of Debian.
#
#   scripts/release/check_packages.sh FOLDER
set -euo pipefail
packages=$(realpath "$1")
cd "$(dirname "$0")/../.."
. scripts/release/roots.sh
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")

lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$packages"/*.changes

root=$(mktemp -d /var/tmp/ocrtune-bare.XXXXXX)
trap 'remove_roots "$root"' EXIT
scripts/release/make_root.sh "$suite" "$root"
mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages"
cp -r debian/tests "$root/packages/tests"
inside() { scripts/release/in_root.sh "$root" "$@"; }
inside apt-get update -qq

# Runs a test of debian/tests, with the packages that it names installed.
test_installed() {
  local name=$1 begin=$SECONDS installed package files=()
  shift
  for package; do
    case $package in *ocrtune*) files+=("/packages/$(basename "$packages/${package}"_*.deb)") ;; *) files+=("$package") ;; esac
  done
  quietly inside apt-get install -y -qq --no-install-recommends "${files[@]}"
  installed=$((SECONDS - begin))
  begin=$SECONDS
  inside sh -c "AUTOPKGTEST_TMP=\$(mktemp -d) && export AUTOPKGTEST_TMP && /packages/tests/$name"
  echo "packages: $name: installed in $installed s, ran in $((SECONDS - begin)) s"
}
while IFS=: read -r key value; do
  case $key in
    Tests) name=${value// /} ;;
    Depends) test_installed "$name" ${value//,/ } ;;
  esac
done <debian/tests/control

inside dpkg-query -W -f '${Installed-Size} KiB  ${Package}\n' '*ocrtune*'
inside apt-get purge -y -qq '*ocrtune*' >/dev/null
left=$(find "$root/usr" "$root/etc" "$root/var" -xdev -iname '*ocrtune*' ! -path '*/apt/*')
[ -z "$left" ] || { printf 'check_packages.sh: left after removal: %s\n' "$left" >&2; exit 1; }
echo "packages: installed, run and removed in a bare root of $suite"
