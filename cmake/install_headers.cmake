# Installs what ocrtune/ocrtune.h reaches of the headers below `sources` into `destination`; the others are internal.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/reached_headers.cmake)
ocrtune_reached_headers(${sources} reached)
foreach(header ${reached})
  cmake_path(GET header PARENT_PATH folder)
  file(INSTALL ${sources}/${header} DESTINATION ${destination}/${folder})
endforeach()
