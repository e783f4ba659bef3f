#!/usr/bin/env bash
# Installs the Debian packages that are missing, and the engine PP-OCRv6 (scripts/setup_ppocr.sh), without which everything else
# works. With `engines`, the external OCR engines of engines/ too; with `tests`, these and the packages of the tests; with `bench`,
# those of the benchmarks; with `packages`, what builds and checks Debian packages; with `release`, these and all else that
# scripts/release.sh needs; with `fuzz`, libFuzzer.
#
#   scripts/setup.sh [tests|bench|engines|packages|release|fuzz]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/texts.sh

# What the program is built from is stated by debian/control, which builds the Python package too.
mapfile -t packages < <(sed -n '/^Build-Depends:/,/^[A-Z][^:]*:/s/^ \([a-z0-9.+-]*\).*,$/\1/p' debian/control |
  grep -v -e '^debhelper' -e '^dh-' -e '^python3-' -e '^pybind11')
packages+=(g++ mold git ca-certificates python3-pip fonts-dejavu-core fonts-liberation2 fonts-courier-prime fonts-ebgaramond libpango1.0-dev tesseract-ocr-eng tesseract-ocr-fra)
# From Debian 13 on, libheif has its decoders in packages of their own.
if [ "$(. /etc/os-release && echo "${VERSION_ID%%.*}")" -ge 13 ] 2>/dev/null; then
  packages+=(libheif-plugin-libde265 libheif-plugin-dav1d)
  [ "${1:-}" = tests ] && packages+=(libheif-plugin-x265 libheif-plugin-aomenc)
fi
[ "${1:-}" = tests ] && packages+=(
  libheif-examples libopencv-photo-dev libgtest-dev librapidcheck-dev clang-format clang-tidy doxygen mkdocs python3-optuna tesseract-ocr
  chromium poppler-utils mupdf-tools qpdf ghostscript libxml2-utils w3c-sgml-lib python3-numpy python3-pil python3-jsonschema zsh fish sqlite3 postgresql python3-psycopg2 faketime
  tesseract-ocr-deu tesseract-ocr-spa tesseract-ocr-ita tesseract-ocr-lat tesseract-ocr-rus tesseract-ocr-ell
  tesseract-ocr-ara tesseract-ocr-chi-sim tesseract-ocr-jpn
  pocl-opencl-icd ocl-icd-libopencl1
)
case ${1:-} in tests | engines) packages+=(ocrad) ;; esac
[ "${1:-}" = tests ] && packages+=(python3-tesserocr python3-pyelftools pybind11-dev python3-dev python3-build python3-wheel python3-venv mypy ocrmypdf)
[ "${1:-}" = bench ] && packages+=(
  libopencv-photo-dev libbenchmark-dev python3 python3-optuna python3-cmaes python3-scipy
  python3-pil tesseract-ocr unpaper
)
case ${1:-} in packages | release) packages+=(debhelper dh-python python3-dev pybind11-dev dpkg-dev build-essential lintian debootstrap xz-utils) ;; esac
[ "${1:-}" = release ] && packages+=(
  apt-utils gpg gpg-agent buildah busybox-static strace python3-pyelftools python3-venv python3-pil chromium fontconfig-config tesseract-ocr-osd
)

# Of the version of Debian's Clang, if none is there.
[ "${1:-}" != fuzz ] || compgen -G '/usr/lib/llvm-*/lib/libFuzzer.a' >/dev/null ||
  packages+=("$(apt-cache depends clang | sed -n 's/.*Depends: clang-\([0-9]*\)$/libfuzzer-\1-dev/p')")

# Of Node.js, which builds the page, any distribution will do; others than Debian's don't bear its npm beside them.
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
# A machine that has a Slurm keeps it: other packages than Debian's bear these programs too.
[ "${1:-}" != tests ] || command -v sbatch >/dev/null || packages+=(slurmctld slurmd slurm-client munge)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "$(text "installing") ${missing[*]}" >&2
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { text "setup: run as root, or install sudo" >&2; exit 3; }
    as_root=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  # Tests start PostgreSQL servers of their own; where it is new, the machine gets none.
  if [[ " ${missing[*]} " = *" postgresql "* ]] && [ ! -e /etc/postgresql-common ]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  # Nor a Slurm of its own: tests start its daemons themselves. Where systemd runs, their packages start and enable them.
  for service in munge slurmctld slurmd; do
    [[ " ${missing[*]} " = *" $service "* ]] && [ -d /run/systemd/system ] || continue
    "${as_root[@]}" systemctl --quiet disable --now "$service"
  done
fi
# It says itself in one line what is wrong; without the engine everything else works.
scripts/setup_ppocr.sh || [ $? = 3 ]
