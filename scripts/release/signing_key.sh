# To be sourced: the key that signs a release, GnuPG's of OCRTUNE_RELEASE_KEY (its fingerprint), or one that is made for tests here, which is
# said; what is sourced in the same shell, and its children, have the same one.
if [ -z "${OCRTUNE_RELEASE_KEY:-}" ]; then
  GNUPGHOME=$(mktemp -d)
  export GNUPGHOME
  gpg --batch --quiet --passphrase '' --quick-generate-key 'ocrtune test key <maintainers@users.noreply.b-seed-e3e5ea37.example>' ed25519 sign 1y
  OCRTUNE_RELEASE_KEY=$(gpg --list-keys --with-colons | awk -F: '$1 == "fpr" && !found { print $10; found = 1 }')
  export OCRTUNE_RELEASE_KEY
  echo "release: signed with a key made for tests; OCRTUNE_RELEASE_KEY names yours" >&2
  remove_signing_key() {
    gpgconf --kill all
    rm -rf "$GNUPGHOME"
  }
else
  remove_signing_key() { :; }
fi
