#!/usr/bin/env bash
# Makes an apt repository of the packages in OUT/SUITE (make_packages.sh), as files that any web server hands out: OUT/apt, with the key that
# signs it. The key is GnuPG's of OCRTUNE_RELEASE_KEY (its fingerprint), or one made for tests, which is said.
#
#   scripts/release/make_repository.sh OUT
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
SOURCE_DATE_EPOCH=$(scripts/release/changelog.py epoch)
date=$(date -u -d "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S UTC')
key=${OCRTUNE_RELEASE_KEY:-}
if [ -z "$key" ]; then
  GNUPGHOME=$(mktemp -d)
  export GNUPGHOME
  trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT
  gpg --batch --quiet --passphrase '' --quick-generate-key 'ocrtune test key <maintainers@users.noreply.b-seed-e3e5ea37.example>' ed25519 sign 1y
  key=$(gpg --list-keys --with-colons | awk -F: '$1 == "fpr" { print $10; exit }')
  echo "make_repository.sh: signed with a key made for tests; OCRTUNE_RELEASE_KEY names yours" >&2
fi
apt=$out/apt
rm -rf "$apt"
for packages in "$out"/*/*.deb; do
  suite=$(basename "$(dirname "$packages")")
  mkdir -p "$apt/pool/$suite"
  ln "$packages" "$apt/pool/$suite/"
done
cd "$apt"
gpg --export --armor "$key" >ocrtune.asc
architecture=$(dpkg --print-architecture)
for pool in pool/*; do
  suite=$(basename "$pool")
  index=dists/$suite/main/binary-$architecture
  mkdir -p "$index"
  apt-ftparchive packages "$pool" >"$index/Packages"
  xz -k "$index/Packages"
  apt-ftparchive -o "APT::FTPArchive::Release::Date=$date" -o APT::FTPArchive::Release::Origin=ocrtune -o APT::FTPArchive::Release::Label=ocrtune \
    -o "APT::FTPArchive::Release::Suite=$suite" -o "APT::FTPArchive::Release::Codename=$suite" -o "APT::FTPArchive::Release::Architectures=$architecture" \
    -o APT::FTPArchive::Release::Components=main release "dists/$suite" >Release
  mv Release "dists/$suite/Release"
  gpg --batch --quiet --local-user "$key" --clearsign --output "dists/$suite/InRelease" "dists/$suite/Release"
done
echo "repository: $(find pool -name '*.deb' | wc -l) packages in $apt"
