# OCRTUNE_HAS_CUDA: whether the kernels for CUDA are built, and the language is there.
#
# The runtime is linked statically and finds the driver when the program runs, so that the same program runs where
# there is none.
set(OCRTUNE_CUDA AUTO CACHE STRING "Kernels for CUDA: ON, OFF, or AUTO for where nvcc is found")
set_property(CACHE OCRTUNE_CUDA PROPERTY STRINGS AUTO ON OFF)
set(OCRTUNE_HAS_CUDA OFF)
if(NOT OCRTUNE_CUDA STREQUAL "OFF")
  find_program(OCRTUNE_NVCC nvcc PATHS /usr/local/cuda/bin)
  if(OCRTUNE_NVCC AND NOT DEFINED CMAKE_CUDA_COMPILER AND NOT DEFINED ENV{CUDACXX})
    set(CMAKE_CUDA_COMPILER ${OCRTUNE_NVCC})
  endif()
  if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
    # Turing to Hopper, and code for what comes after to be compiled when it runs.
    set(CMAKE_CUDA_ARCHITECTURES 75-real 80-real 86-real 89-real 90)
  endif()
  include(CheckLanguage)
  check_language(CUDA)
  if(CMAKE_CUDA_COMPILER)
    enable_language(CUDA)
    # CMake 3.25 doesn't know that later compilers can.
    set(CMAKE_CUDA_STANDARD 20)
    if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
      set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
      set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
    endif()
    set(OCRTUNE_HAS_CUDA ON)
  elseif(OCRTUNE_CUDA STREQUAL "ON")
    message(FATAL_ERROR "OCRTUNE_CUDA is ON, and nvcc isn't found; give it in CMAKE_CUDA_COMPILER")
  endif()
endif()
