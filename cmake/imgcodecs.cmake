# Links TARGET with OpenCV's imgcodecs, or, where that is a shared library, has it loaded at the first use: it brings along a
# hundred libraries that most commands do without (src/ocrtune/image/opencv_codecs.h). OCRTUNE_IMGCODECS_FILE is the file
# that is loaded then.
function(ocrtune_use_imgcodecs target)
  set(name "")
  foreach(property IMPORTED_LOCATION IMPORTED_LOCATION_RELEASE IMPORTED_LOCATION_NONE)
    get_target_property(location opencv_imgcodecs ${property})
    if(location)
      break()
    endif()
  endforeach()
  if(location AND CMAKE_OBJDUMP)
    execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${location} OUTPUT_VARIABLE headers ERROR_QUIET)
    if(headers MATCHES "SONAME +([^\n ]+)")
      set(name ${CMAKE_MATCH_1})
    endif()
  endif()
  if(name)
    set_source_files_properties(image/opencv_codecs.cpp PROPERTIES
      COMPILE_DEFINITIONS OCRTUNE_IMGCODECS="${name}" SKIP_UNITY_BUILD_INCLUSION ON)
    # Its flags are constants of its headers.
    target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:opencv_imgcodecs,INTERFACE_INCLUDE_DIRECTORIES>)
    target_link_libraries(${target} PRIVATE ${CMAKE_DL_LIBS})
    set(OCRTUNE_IMGCODECS_FILE ${location} CACHE INTERNAL "OpenCV's imgcodecs, loaded at the first use")
  else()
    target_link_libraries(${target} PRIVATE opencv_imgcodecs)
  endif()
endfunction()
