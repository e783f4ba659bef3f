# Everything the library links; read by the build and, installed, by find_package(ocrtune). The least versions are those of
# Debian 12, which it is tested with; no older ones were tried.
include(CMakeFindDependencyMacro)
find_dependency(PkgConfig)
find_dependency(Threads)
find_dependency(fmt 9.1)
find_dependency(tomlplusplus 3.3)
find_dependency(Eigen3 3.4)
include(${CMAKE_CURRENT_LIST_DIR}/opencv.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/cld2.cmake)
foreach(needed tesseract>=5.3 lept>=1.82 libtiff-4>=4.5 libjpeg>=2.1 libpng>=1.6.39 libopenjp2>=2.5 libxxhash>=0.8 libhwy>=1.0.3 icu-uc>=72 icu-i18n>=72 sqlite3>=3.40 libpq>=15
    zlib>=1.2.13 nlopt>=2.7 pugixml>=1.13 libcurl>=7.85)
  string(REGEX REPLACE ">=.*" "" library ${needed})
  if(NOT TARGET PkgConfig::${library})
    pkg_check_modules(${library} REQUIRED IMPORTED_TARGET GLOBAL ${needed})
  endif()
endforeach()
