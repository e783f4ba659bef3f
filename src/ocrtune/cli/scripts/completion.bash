# bash completion for ocrtune; printed by `ocrtune completion bash`

# Prints the folders and files that $1 begins; of the files, those that end with one of the other arguments.
_ocrtune_files() {
  local file=$1 suffix
  shift
  if [ $# -eq 0 ]; then
    compgen -f -- "$file"
    return
  fi
  compgen -d -- "$file"
  for suffix; do
    compgen -f -X "!*$suffix" -- "$file"
  done
}

# Sets `words` to the words up to the cursor, and `piece` to the part of the last one that Bash replaces: it splits words
# at = and : as well, so what follows without a space belongs to the word before.
_ocrtune_words() {
  local line=${COMP_LINE:0:COMP_POINT} i word last=-1
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $last -lt 0 || $line == [[:space:]]* ]]; then
      line=${line#"${line%%[![:space:]]*}"}
      last=$((last + 1))
      words[last]=
    fi
    [ "$i" -lt "$COMP_CWORD" ] || word=$line
    words[last]+=$word
    line=${line#"$word"}
  done
  piece=$word
  [[ $piece != [=:] ]] || piece=
  for ((i = 1; i <= last; i++)); do
    word=${words[i]#[\'\"]}
    [ "$i" -eq "$last" ] || word=${word%[\'\"]}
    words[i]=${word//\\/}
  done
  piece=${piece#[\'\"]}
  piece=${piece//\\/}
}

_ocrtune() {
  local words=() lines=() files=() suffixes=() line current piece file program=${COMP_WORDS[0]}
  COMPREPLY=()
  _ocrtune_words
  type -P "$program" >/dev/null || program=ocrtune
  current=${words[${#words[@]} - 1]}
  file=${current#--*=}

  mapfile -t lines < <("$program" complete -- "${words[@]:1}" 2>/dev/null)
  for line in "${lines[@]}"; do
    case $line in
      :nospace) compopt -o nospace ;;
      :folders) mapfile -t files < <(compgen -d -- "$file") ;;
      :files*)
        read -ra suffixes <<<"${line#:files}"
        mapfile -t files < <(_ocrtune_files "$file" "${suffixes[@]}")
        ;;
      *)
        line=${line%%$'\t'*}
        # As the name of a file, which Bash quotes.
        case $line in *[\<\>\(\)]*) compopt -o filenames ;; esac
        COMPREPLY+=("${line:${#current} - ${#piece}}")
        ;;
    esac
  done
  [ ${#files[@]} -eq 0 ] || compopt -o filenames
  for line in "${files[@]}"; do
    COMPREPLY+=("${line:${#file} - ${#piece}}")
  done
}

complete -F _ocrtune ocrtune
