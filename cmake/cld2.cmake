# Defines the target cld2 (Compact Language Detector 2) unless it is there; it comes without a configuration of its own.
if(NOT TARGET cld2)
  find_path(OCRTUNE_CLD2_INCLUDE cld2/public/compact_lang_det.h)
  find_library(OCRTUNE_CLD2_LIBRARY cld2)
  if(NOT OCRTUNE_CLD2_INCLUDE OR NOT OCRTUNE_CLD2_LIBRARY)
    message(FATAL_ERROR "CLD2 isn't installed (Debian's libcld2-dev)")
  endif()
  add_library(cld2 SHARED IMPORTED GLOBAL)
  set_target_properties(cld2 PROPERTIES
    IMPORTED_LOCATION ${OCRTUNE_CLD2_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${OCRTUNE_CLD2_INCLUDE})
endif()
