#!/usr/bin/env bash
# Makes a container image, OUT/ocrtune-VERSION.oci.tar, without a daemon: a minimal root of this machine's Debian with the archive for any Linux
# (make_portable.sh). It runs as a user of its own, its data are in the volume /data, and without arguments it starts the web interface.
#
#   scripts/release/make_container.sh OUT
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
version=$(scripts/release/changelog.py version)
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
root=$(mktemp -d /var/tmp/ocrtune-image.XXXXXX)
image=
trap '[ -z "$image" ] || buildah rm "$image" >/dev/null; rm -rf --one-file-system "$root"' EXIT
scripts/release/make_root.sh "$suite" "$root"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/log/* "$root/etc/resolv.conf"
mkdir -p "$root/opt" "$root/data"
tar -C "$root/opt" -xf "$out/ocrtune-$version-linux-$(uname -m).tar.xz"
mv "$root/opt/ocrtune-$version" "$root/opt/ocrtune"
ln -s /opt/ocrtune/bin/ocrtune "$root/usr/bin/ocrtune"
chroot "$root" useradd --uid 1000 --home-dir /data --no-create-home ocrtune
chown 1000:1000 "$root/data"

image=$(buildah from scratch)
buildah add --quiet "$image" "$root" / >/dev/null
buildah config --user ocrtune --workingdir /data --volume /data --env LC_ALL=C.UTF-8 --env HOME=/data --entrypoint '["ocrtune"]' \
  --cmd 'serve --no-open --port 8421 /data' --port 8421 --label "org.opencontainers.image.version=$version" "$image"
rm -f "$out/ocrtune-$version.oci.tar"
buildah commit --quiet "$image" "oci-archive:$out/ocrtune-$version.oci.tar:ocrtune:$version" >/dev/null
echo "container: $(du -m "$out/ocrtune-$version.oci.tar" | cut -f1) MB"
