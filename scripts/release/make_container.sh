#!/usr/bin/env bash
# Makes a container image, OUT/ocrtune-VERSION.oci.tar, without a daemon: a minimal root of this machine's Debian with the archive for any Linux
# (make_portable.sh). It runs as a user of its own, its data are in the volume /data, and without arguments it starts the web interface. Nothing
# of this machine is in it, and no time but the release's: the same packages of Debian and the same archive give the same bytes.
#
#   scripts/release/make_container.sh OUT
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
. scripts/release/roots.sh
version=$(scripts/release/changelog.py version)
SOURCE_DATE_EPOCH=$(scripts/release/changelog.py epoch)
export SOURCE_DATE_EPOCH
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
work=$(mktemp -d /var/tmp/ocrtune-image.XXXXXX)
root=$work/root image=
clean_up() {
  [ -z "$image" ] || buildah rm "$image" >/dev/null || true
  remove_roots "$work"
}
trap clean_up EXIT
scripts/release/make_root.sh --plain "$suite" "$root"
mkdir -p "$root/opt" "$root/data"
tar -C "$root/opt" -xf "$out/ocrtune-$version-linux-$(uname -m).tar.xz"
mv "$root/opt/ocrtune-$version" "$root/opt/ocrtune"
ln -s /opt/ocrtune/bin/ocrtune "$root/usr/bin/ocrtune"
chroot "$root" useradd --uid 1000 --home-dir /data --no-create-home ocrtune
chown 1000:1000 "$root/data"
# What is made anew when it is needed, older copies, and days on which passwords were set.
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/cache/{ldconfig/aux-cache,debconf/*-old} "$root"/var/log/* "$root"/var/lib/dpkg/*-old \
  "$root"/etc/{machine-id,passwd-,group-,shadow-,gshadow-,subuid-,subgid-}
sed -i -E "s/^([^:]*:[^:]*:)[0-9]+/\1$((SOURCE_DATE_EPOCH / 86400))/" "$root/etc/shadow"

image=$(buildah from scratch)
cp -a "$root/." "$(buildah mount "$image")/" # with the owners of files, which `buildah add` would not keep
buildah umount "$image" >/dev/null
buildah config --user ocrtune --workingdir /data --volume /data --env LC_ALL=C.UTF-8 --env HOME=/data --entrypoint '["ocrtune"]' \
  --cmd 'serve --no-open --port 8421 /data' --port 8421 --label "org.opencontainers.image.version=$version" "$image"
buildah commit --quiet --identity-label=false --timestamp "$SOURCE_DATE_EPOCH" "$image" "oci:$work/image:ocrtune:$version" >/dev/null
file=$out/ocrtune-$version.oci.tar
tar -C "$work/image" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -cf "$file.part" blobs index.json oci-layout
mv "$file.part" "$file"
echo "container: $(du -m "$file" | cut -f1) MB"
