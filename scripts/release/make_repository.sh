#!/usr/bin/env bash
# Makes an apt repository of the packages in OUT/SUITE (make_packages.sh), as files that any web server hands out: OUT/apt, with the key that
# signs it (signing_key.sh).
#
#   scripts/release/make_repository.sh OUT
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
SOURCE_DATE_EPOCH=$(scripts/release/changelog.py epoch)
date=$(date -u -d "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S UTC')
. scripts/release/signing_key.sh
trap remove_signing_key EXIT
apt=$out/apt
rm -rf "$apt"
for packages in "$out"/*/*.deb; do
  suite=$(basename "$(dirname "$packages")")
  mkdir -p "$apt/pool/$suite"
  ln "$packages" "$apt/pool/$suite/"
done
cd "$apt"
gpg --export --armor "$OCRTUNE_RELEASE_KEY" >ocrtune.asc
architecture=$(dpkg --print-architecture)
for pool in pool/*; do
  suite=$(basename "$pool")
  index=dists/$suite/main/binary-$architecture
  mkdir -p "$index"
  apt-ftparchive packages "$pool" >"$index/Packages"
  xz -k -T1 "$index/Packages"
  apt-ftparchive -o "APT::FTPArchive::Release::Date=$date" -o APT::FTPArchive::Release::Origin=ocrtune -o APT::FTPArchive::Release::Label=ocrtune \
    -o "APT::FTPArchive::Release::Suite=$suite" -o "APT::FTPArchive::Release::Codename=$suite" -o "APT::FTPArchive::Release::Architectures=$architecture" \
    -o APT::FTPArchive::Release::Components=main release "dists/$suite" >Release
  mv Release "dists/$suite/Release"
  gpg --batch --quiet --local-user "$OCRTUNE_RELEASE_KEY" --clearsign --output "dists/$suite/InRelease" "dists/$suite/Release"
done
echo "repository: $(find pool -name '*.deb' | wc -l) packages in $apt"
