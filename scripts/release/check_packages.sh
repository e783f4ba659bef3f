#!/usr/bin/env bash
# Checks the packages in FOLDER (make_packages.sh): lintian, and in a bare root of this machine's Debian, made by debootstrap,
# installs them, runs debian/tests, removes them, and looks for what they leave. Needs root, and a mirror of Debian.
#
#   scripts/release/check_packages.sh FOLDER
set -euo pipefail
packages=$(realpath "$1")
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "check_packages.sh: needs root, for the bare root" >&2; exit 3; }
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
root=${BARE_ROOT:-$(mktemp -d /var/tmp/ocrtune-bare.XXXXXX)}

lintian --fail-on error,warning --tag-display-limit 0 "$packages"/*.changes

clean_up() {
  umount "$root/proc" "$root/dev" 2>/dev/null || true
  rm -rf --one-file-system "$root"
}
trap clean_up EXIT
mkdir -p "$root"
chmod 755 "$root"
sources=(/etc/apt/sources.list /etc/apt/sources.list.d/*)
mirror=$(cat "${sources[@]}" 2>/dev/null | sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\).*/\2/p' | head -1)
debootstrap --variant=minbase "$suite" "$root" "$mirror" >/dev/null
# This machine's sources of packages, and its way to them.
rm -f "$root/etc/apt/sources.list"
cp -r /etc/apt/sources.list /etc/apt/sources.list.d "$root/etc/apt/" 2>/dev/null || true
cp -r /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp -rL /etc/resolv.conf /etc/hosts "$root/etc/"
cp -r /etc/ssl/certs "$root/etc/ssl/" 2>/dev/null || true
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
inside() {
  chroot "$root" env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages"
cp -r debian/tests "$root/packages/tests"
inside apt-get update -qq
# Runs a test of debian/tests, with the packages that it names installed.
test_installed() {
  local name=$1 begin=$SECONDS installed files=()
  shift
  for package in "$@"; do
    case $package in *ocrtune*) files+=("/packages/$(basename "$packages/${package}"_*.deb)") ;; *) files+=("$package") ;; esac
  done
  inside apt-get install -y -qq --no-install-recommends "${files[@]}" >/dev/null
  installed=$((SECONDS - begin))
  begin=$SECONDS
  inside sh -c 'AUTOPKGTEST_TMP=$(mktemp -d) && export AUTOPKGTEST_TMP && cd /packages && tests/'"$name"
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
left=$(find "$root/usr" "$root/etc" "$root/var/lib" -xdev -iname '*ocrtune*' ! -path '*/dpkg/*' ! -path '*/apt/*')
[ -z "$left" ] || { printf 'check_packages.sh: left after removal: %s\n' "$left" >&2; exit 1; }
echo "packages: installed, run and removed in a bare root of $suite"
