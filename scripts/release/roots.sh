# To be sourced: what the scripts share that make roots (make_root.sh) and work in them.

# Runs a command, and shows what it says if it fails.
quietly() { # COMMAND…
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  [ "$status" = 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

# Removes folders, but none in which something is mounted: a bind mount may show a folder of the same file system, which would be emptied.
remove_roots() { # FOLDER…
  local folder point status=0
  for folder; do
    [ -d "$folder" ] || continue
    folder=$(realpath "$folder")
    while read -r _ _ _ _ point _; do
      printf -v point %b "${point//\\/\\0}" # \040 is a space there
      case $point in
        "$folder" | "$folder"/*)
          echo "$(basename "$0"): $point is still mounted, so $folder is not removed" >&2
          status=1
          continue 2
          ;;
      esac
    done </proc/self/mountinfo
    rm -rf --one-file-system "$folder" || status=1
  done
  return "$status"
}
