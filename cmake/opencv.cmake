# Defines the targets opencv_core, opencv_imgproc and opencv_imgcodecs unless they are there, and opencv_photo, which tests
# and benchmarks compare with, where it is installed. Debian ships OpenCVConfig.cmake only with libopencv-dev, which drags in
# all of OpenCV; the small packages libopencv-{core,imgproc,imgcodecs,photo}-dev have just headers and libraries.
if(NOT TARGET opencv_core)
  find_package(OpenCV QUIET COMPONENTS core imgproc imgcodecs)
endif()
if(NOT TARGET opencv_core)
  find_path(OCRTUNE_OPENCV_INCLUDE opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
  find_path(OCRTUNE_OPENCV_CONFIG opencv2/opencv_modules.hpp
    PATH_SUFFIXES opencv4 ${CMAKE_LIBRARY_ARCHITECTURE}/opencv4 REQUIRED)
  foreach(module core imgproc imgcodecs photo)
    find_library(OCRTUNE_OPENCV_${module} opencv_${module})
    if(NOT OCRTUNE_OPENCV_${module} AND module STREQUAL photo)
      continue()
    elseif(NOT OCRTUNE_OPENCV_${module})
      message(FATAL_ERROR "OpenCV's ${module} isn't installed (Debian's libopencv-${module}-dev)")
    endif()
    add_library(opencv_${module} SHARED IMPORTED GLOBAL)
    set_target_properties(opencv_${module} PROPERTIES
      IMPORTED_LOCATION ${OCRTUNE_OPENCV_${module}}
      INTERFACE_INCLUDE_DIRECTORIES "${OCRTUNE_OPENCV_INCLUDE};${OCRTUNE_OPENCV_CONFIG}")
  endforeach()
endif()
