#!/usr/bin/env bash
# Puts the integer models of tessdata_best into FOLDER, for `--tessdata`. They come from npm, whose packages
# @tesseract.js-data/LANG hold them; a model that is there already stays.
#
#   scripts/setup_models.sh FOLDER LANG…
#   scripts/setup_models.sh tessdata_best eng fra
set -euo pipefail
. "$(dirname "$0")/texts.sh"
[ $# -ge 2 ] || { text "setup_models: name a folder and at least one language, such as eng" >&2; exit 2; }
folder=$1
shift
mkdir -p "$folder"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for lang; do
  [[ $lang =~ ^[a-z_]{3,20}$ ]] || { text "setup_models: a language has small letters, as in Tesseract: eng" >&2; exit 2; }
  model=$folder/$lang.traineddata
  [ ! -e "$model" ] || continue
  npm pack --silent --pack-destination "$scratch" "@tesseract.js-data/$lang@1.0.0" >/dev/null ||
    { echo "$(text "setup_models: npm has no models for") $lang" >&2; exit 3; }
  tar -xzOf "$scratch/tesseract.js-data-$lang-1.0.0.tgz" "package/4.0.0_best_int/$lang.traineddata.gz" 2>/dev/null | gunzip >"$model.part" ||
    { rm -f "$model.part"; echo "$(text "setup_models: npm has no models for") $lang" >&2; exit 3; }
  mv "$model.part" "$model"
done
