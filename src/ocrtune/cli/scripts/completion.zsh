#compdef ocrtune
# zsh completion for ocrtune; printed by `ocrtune completion zsh`

_ocrtune() {
  local program=${~words[1]} line name files=
  local -a given candidates suffixes nospace
  whence -p -- $program >/dev/null || program=ocrtune
  given=("${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")
  for line in "${(@f)$($program complete -- "${given[@]}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :nospace) nospace=(-S '') ;;
      :folders) files=folders ;;
      :files*) files=files suffixes=(${=line#:files}) ;;
      *)
        name=${line%%$'\t'*}
        # A colon is between a candidate and its description.
        candidates+=("${name//:/\\:}${line#$name}")
        candidates[-1]=${candidates[-1]/$'\t'/:}
        ;;
    esac
  done
  (( $#candidates )) && _describe -t values value candidates "${(@)nospace}"
  # The file is the value of --NAME=.
  [[ -z $files || $PREFIX != --*=* ]] || compset -P '--*='
  case $files in
    folders) _files -/ ;;
    files) _files ${suffixes:+-g} ${suffixes:+"*(${(j:|:)suffixes})(-.)"} ;;
  esac
}

if [[ $funcstack[1] == _ocrtune ]]; then
  _ocrtune "$@"
else
  compdef _ocrtune ocrtune
fi
