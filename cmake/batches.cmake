# With OCRTUNE_BATCHES a target's sources are compiled in batches of one folder, so that what all of them include is read
# once for some ten. Which batch a source is in hangs on its name, and the batches of a growing folder are only ever split:
# a source that is added brings no others together. Names in the unnamed namespaces of one batch have to differ: functions of
# one name would be overloads of each other, which scripts/check_batches.py finds; the compiler finds the rest.
#
#   ocrtune_batches(TARGET)   after the target's sources are known
option(OCRTUNE_BATCHES "Compile sources in batches: quicker as a whole, slower after a small change" OFF)

function(ocrtune_batches target)
  if(NOT OCRTUNE_BATCHES)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # GCC takes the sources of a batch for headers, whose unnamed namespaces it warns of.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage>)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  foreach(source ${sources})
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    cmake_path(IS_PREFIX PROJECT_BINARY_DIR ${source} made)
    # Kernels that Highway compiles for each target in turn include themselves again; clang-tidy can't read coroutines.
    set(alone "")
    if(NOT made)
      file(STRINGS ${source} alone REGEX "hwy/foreach_target\\.h|co_await")
    endif()
    if(NOT made AND NOT alone)
      cmake_path(GET source PARENT_PATH folder)
      list(APPEND folders ${folder})
      list(APPEND "sources_${folder}" ${source})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES folders)
  foreach(folder ${folders})
    list(LENGTH "sources_${folder}" count)
    set(batches 1)
    while(count GREATER_EQUAL 12)
      math(EXPR batches "${batches} * 2")
      math(EXPR count "${count} / 2")
    endwhile()
    foreach(source ${sources_${folder}})
      cmake_path(GET source STEM name)
      string(MD5 hash ${name})
      string(SUBSTRING ${hash} 0 4 hash)
      math(EXPR batch "0x${hash} % ${batches}")
      cmake_path(GET folder FILENAME folder_name)
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder_name}_${batch})
    endforeach()
  endforeach()
endfunction()
