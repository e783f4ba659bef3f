# Sourced: `text MESSAGE` prints a message of a script as po/LANGUAGE.po has it, in the language that the environment asks for, or as
# it is. Scripts say things before the program that has the catalogue is built.
text() {
  local language=${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}
  case $language in
    fr | fr[_.:@-]*) language=fr ;;
    *) printf '%s\n' "$1"; return ;;
  esac
  MESSAGE=$1 awk '
    $0 == "msgid \"" ENVIRON["MESSAGE"] "\"" { found = 1; next }
    found && /^msgstr / { print substr($0, 9, length($0) - 9); done = 1; exit }
    END { if (!done) print ENVIRON["MESSAGE"] }' "$(dirname "${BASH_SOURCE[0]}")/../po/$language.po"
}
