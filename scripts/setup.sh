#!/usr/bin/env bash
# Installs the Debian packages that are missing. With `engines`, the external OCR engines of engines/ too; with
# `tests`, these and the packages of the tests; with `bench`, those of the benchmarks.
#
#   scripts/setup.sh [tests|bench|engines]
set -euo pipefail
. "$(dirname "$0")/texts.sh"

packages=(
  g++ cmake ninja-build pkg-config git ca-certificates
  libtesseract-dev libleptonica-dev tesseract-ocr-eng tesseract-ocr-fra
  libopencv-core-dev libopencv-imgproc-dev libopencv-imgcodecs-dev
  libtiff-dev libjpeg-dev libpng-dev libpoppler-cpp-dev libpoppler-glib-dev libqpdf-dev libicu-dev libxxhash-dev libhwy-dev libboost-dev libboost-locale-dev gettext libpugixml-dev
  libeigen3-dev libnlopt-cxx-dev
  libsqlitecpp-dev libsqlite3-dev libpq-dev libcurl4-openssl-dev libcli11-dev libtomlplusplus-dev nlohmann-json3-dev libfmt-dev
  libpango1.0-dev zlib1g-dev fonts-dejavu-core fonts-liberation2 fonts-courier-prime fonts-ebgaramond
)
[ "${1:-}" = tests ] && packages+=(
  libopencv-photo-dev libgtest-dev librapidcheck-dev clang-format clang-tidy doxygen mkdocs python3-optuna tesseract-ocr pango1.0-tools fonts-droid-fallback
  chromium poppler-utils mupdf-tools qpdf libxml2-utils w3c-sgml-lib python3-numpy python3-pil sqlite3 postgresql python3-psycopg2 faketime
  tesseract-ocr-deu tesseract-ocr-spa tesseract-ocr-ita tesseract-ocr-lat tesseract-ocr-rus tesseract-ocr-ell
  tesseract-ocr-ara tesseract-ocr-chi-sim tesseract-ocr-jpn
  pocl-opencl-icd ocl-icd-libopencl1
)
case ${1:-} in tests | engines) packages+=(ocrad) ;; esac
[ "${1:-}" = tests ] && packages+=(python3-tesserocr pybind11-dev python3-dev python3-build python3-wheel python3-venv mypy ocrmypdf)
[ "${1:-}" = bench ] && packages+=(
  libopencv-photo-dev libbenchmark-dev python3 python3-optuna python3-cmaes python3-scipy
  python3-pil tesseract-ocr unpaper
)

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
case ${1:-} in tests | engines) "$(dirname "$0")/setup_engines.sh" ;; esac
