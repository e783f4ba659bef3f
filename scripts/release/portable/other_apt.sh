# Packages of other suites and archives, unpacked or as sources, without a change to this machine's apt; for scripts that source it.

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
