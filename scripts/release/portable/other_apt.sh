# Packages of other suites and archives, unpacked or as sources, without a change to this machine's apt; for scripts that source it.
ubuntu_mirror=http://archive.ubuntu.com/ubuntu
debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# This machine's mirror of Debian.
debian_mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E '/debian/?$' | sort -u | sed -n 1p; }

# apt-get with an archive of its own, `TYPE [signed-by=KEYRING] MIRROR SUITE main`, whose lists are in FOLDER.
other_apt() { # FOLDER ARGUMENT…
  local folder=$1
  shift
  apt-get -qq -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State=$folder/state" -o "Dir::Cache=$folder/cache" \
    -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=2 "$@"
}

make_other_apt() { # FOLDER TYPE MIRROR SUITE KEYRING
  mkdir -p "$1"/{state/lists/partial,cache/archives/partial}
  echo "$2 [signed-by=$5] $3 $4 main" >"$1/sources.list"
  other_apt "$1" update
}

# Unpacks a package of a suite, whose apt is kept in WORK.
unpack_other() { # WORK PACKAGE MIRROR SUITE KEYRING INTO
  local apt=$1/apt-$4
  [ -d "$apt/packages" ] || make_other_apt "$apt" deb "$3" "$4" "$5" || return 1
  mkdir -p "$apt/packages"
  (cd "$apt/packages" && other_apt "$apt" download "$2") && dpkg-deb -x "$apt/packages/$2"_*.deb "$6"
}

# Prints where Ubuntu's keys are: Debian 12 does not have them, 13 does.
ubuntu_keyring() { # WORK
  unpack_other "$1" ubuntu-keyring "$(debian_mirror)" trixie "$debian_keyring" "$1/keys" >&2 &&
    echo "$1/keys/usr/share/keyrings/ubuntu-archive-keyring.gpg"
}
