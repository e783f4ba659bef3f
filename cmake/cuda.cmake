# OCRTUNE_HAS_CUDA: whether the kernels for CUDA are built, and the language is there.
#
# The runtime is linked statically and finds the driver when the program runs, so that the same program runs where
# there is none.
set(OCRTUNE_CUDA AUTO CACHE STRING "Kernels for CUDA: ON, OFF, or AUTO for where nvcc is found")
set_property(CACHE OCRTUNE_CUDA PROPERTY STRINGS AUTO ON OFF)
set(OCRTUNE_HAS_CUDA OFF)

# Debian 12's; the kernels are C++17.
set(OCRTUNE_LEAST_NVCC 11.8)

# Pascal, the first with dot products of bytes, to Blackwell; embedded ones run the code of their generation. 90 and
# 120 have PTX too, to be compiled when it runs on what comes after.
set(OCRTUNE_CUDA_KINDS 61-real 70-real 75-real 80-real 86-real 89-real 90 100-real 120)

# Sets `why_not` to the reason why this nvcc can't build the kernels; empty where it can.
function(ocrtune_refuse_nvcc nvcc why_not)
  execute_process(COMMAND ${nvcc} --version OUTPUT_VARIABLE said ERROR_QUIET)
  set(reason "")
  if(NOT said MATCHES "release ([0-9.]+)")
    set(reason "${nvcc} doesn't say its version")
  elseif(CMAKE_MATCH_1 VERSION_LESS OCRTUNE_LEAST_NVCC)
    set(reason "${nvcc} is of CUDA ${CMAKE_MATCH_1}; ${OCRTUNE_LEAST_NVCC} is needed")
  endif()
  set(${why_not} "${reason}" PARENT_SCOPE)
endfunction()

# Sets `known` to those of OCRTUNE_CUDA_KINDS that this nvcc compiles for.
function(ocrtune_cuda_architectures nvcc known)
  execute_process(COMMAND ${nvcc} --list-gpu-arch OUTPUT_VARIABLE said ERROR_QUIET)
  set(list "")
  foreach(kind ${OCRTUNE_CUDA_KINDS})
    string(REGEX MATCH "^[0-9]+" number ${kind})
    if(said MATCHES "compute_${number}[^0-9a-z]")
      list(APPEND list ${kind})
    endif()
  endforeach()
  set(${known} "${list}" PARENT_SCOPE)
endfunction()

if(NOT OCRTUNE_CUDA STREQUAL "OFF")
  find_program(OCRTUNE_NVCC nvcc PATHS /usr/local/cuda/bin)
  if(OCRTUNE_NVCC AND NOT DEFINED CMAKE_CUDA_COMPILER AND NOT DEFINED ENV{CUDACXX})
    set(CMAKE_CUDA_COMPILER ${OCRTUNE_NVCC})
  endif()
  set(ocrtune_no_cuda "nvcc isn't found; give it in CMAKE_CUDA_COMPILER")
  if(CMAKE_CUDA_COMPILER OR DEFINED ENV{CUDACXX})
    set(ocrtune_nvcc ${CMAKE_CUDA_COMPILER})
    if(NOT ocrtune_nvcc)
      set(ocrtune_nvcc $ENV{CUDACXX})
    endif()
    ocrtune_refuse_nvcc(${ocrtune_nvcc} ocrtune_no_cuda)
  endif()
  if(NOT ocrtune_no_cuda)
    if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
      ocrtune_cuda_architectures(${ocrtune_nvcc} CMAKE_CUDA_ARCHITECTURES)
    endif()
    enable_language(CUDA)
    set(CMAKE_CUDA_STANDARD 17)
    set(OCRTUNE_HAS_CUDA ON)
    message(STATUS "Kernels for CUDA: ${CMAKE_CUDA_ARCHITECTURES}")
  elseif(OCRTUNE_CUDA STREQUAL "ON")
    message(FATAL_ERROR "OCRTUNE_CUDA is ON, and ${ocrtune_no_cuda}")
  else()
    message(STATUS "Kernels for CUDA: none, as ${ocrtune_no_cuda}")
  endif()
endif()
