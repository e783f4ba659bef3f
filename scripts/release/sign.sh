#!/usr/bin/env bash
# Writes the release notes, and checksums of all files in OUT, and signs these with the key of signing_key.sh: RELEASE_NOTES.md, SHA256SUMS, SHA256SUMS.asc
# and the public key, ocrtune.asc. Then checks them as somebody does who has downloaded all of it.
#
#   scripts/release/sign.sh [--trial] OUT
set -euo pipefail
trial=()
if [ "${1:-}" = --trial ]; then
  trial=(--trial)
  shift
fi
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
. scripts/release/signing_key.sh
trap remove_signing_key EXIT
{
  echo "# ocrtune $(scripts/release/changelog.py version)"
  echo
  scripts/release/changelog.py notes "${trial[@]}"
} >"$out/RELEASE_NOTES.md"
cd "$out"
gpg --export --armor "$OCRTUNE_RELEASE_KEY" >ocrtune.asc
find . -type f ! -name 'SHA256SUMS*' ! -name '*.log' -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS
rm -f SHA256SUMS.asc
gpg --batch --quiet --local-user "$OCRTUNE_RELEASE_KEY" --detach-sign --armor --output SHA256SUMS.asc SHA256SUMS

keys=$(mktemp -d)
trap 'remove_signing_key; rm -rf "$keys"' EXIT
gpg --dearmor <ocrtune.asc >"$keys/ocrtune.gpg"
gpgv --quiet --keyring "$keys/ocrtune.gpg" SHA256SUMS.asc SHA256SUMS 2>/dev/null || { echo "sign.sh: the signature of SHA256SUMS is not valid" >&2; exit 1; }
sha256sum --check --quiet SHA256SUMS
echo "signed: $(wc -l <SHA256SUMS) files"
