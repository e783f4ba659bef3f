#!/usr/bin/env bash
# Compiles OpenCV's imgcodecs from the sources of this machine's Debian into FILE, without the formats of geography, medicine and film, with
# which Debian's brings along a hundred libraries.
#
#   scripts/release/portable/imgcodecs.sh FILE
set -euo pipefail
file=$(realpath -m "$1")
. "$(dirname "$0")/other_apt.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
mkdir -p include/opencv2
make_other_apt "$work/apt" deb-src "$(debian_mirror)" "$suite" "$debian_keyring"
other_apt "$work/apt" --download-only source "opencv=$(dpkg-query -W -f '${source:Version}' libopencv-core-dev)"
tar -xf opencv_*.orig.tar.xz --strip-components=1 --wildcards "*/modules/imgcodecs/src/*" "*/modules/"{core,imgproc,imgcodecs}"/include/*"
# What OpenCV's build makes; nothing here asks for more.
: >include/cvconfig.h
: >include/cv_cpu_config.h
printf '#define HAVE_OPENCV_%s\n' CORE IMGPROC IMGCODECS >include/opencv2/opencv_modules.hpp
formats=(PNG JPEG TIFF WEBP OPENJPEG IMGCODEC_HDR IMGCODEC_SUNRASTER IMGCODEC_PXM IMGCODEC_PFM)
read -ra openjpeg < <(pkg-config --cflags libopenjp2)
compile=(g++ -std=c++17 -O2 -fPIC -w -fvisibility=hidden -ffp-contract=off "-ffile-prefix-map=$work=." -DCVAPI_EXPORTS -D__OPENCV_BUILD=1
  "${formats[@]/#/-DHAVE_}" -Iinclude "${openjpeg[@]}" -Imodules/core/include -Imodules/imgproc/include -Imodules/imgcodecs/include)
printf '%s\n' modules/imgcodecs/src/*.cpp | xargs -P "$(nproc)" -I{} sh -c 'source=$1; shift; exec "$@" -c "$source" -o "$(basename "$source" .cpp).o"' - {} "${compile[@]}"
g++ -shared -s -o "$file" ./*.o -lopencv_imgproc -lopencv_core -lpng -ljpeg -ltiff -lwebp -lopenjp2 -lz
