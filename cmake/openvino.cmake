# The runtime of the engine `ppocr` (src/ocrtune/ocr/ppocr): a library of its own on OpenVINO, which is loaded at the first use.
# OpenVINO and the models are those that scripts/setup_ppocr.sh puts into build/ppocr; without them the engine says how it is
# installed.
set(OCRTUNE_PPOCR_FILES ${PROJECT_SOURCE_DIR}/build/ppocr CACHE PATH "OpenVINO and models of the engine ppocr (scripts/setup_ppocr.sh)")
# Of its libraries only those that the engine needs are there, so that OpenVINO's own CMake configuration finds too few.
file(GLOB openvino ${OCRTUNE_PPOCR_FILES}/openvino/libs/libopenvino.so.*)
set(OCRTUNE_HAS_OPENVINO OFF)
if(openvino)
  set(OCRTUNE_HAS_OPENVINO ON)
endif()

# In a folder with links to OpenVINO and the models.
function(ocrtune_add_openvino folder)
  file(MAKE_DIRECTORY ${folder})
  file(CREATE_LINK ${OCRTUNE_PPOCR_FILES}/openvino/libs ${folder}/openvino SYMBOLIC)
  file(CREATE_LINK ${OCRTUNE_PPOCR_FILES}/models ${folder}/models SYMBOLIC)
  add_library(ocrtune_openvino MODULE ocr/ppocr/openvino/openvino_runtime.cpp)
  # OpenVINO lies beside it in the build folder as in an installation, so that no path of the build is in it.
  set_target_properties(ocrtune_openvino PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${folder}
    CXX_VISIBILITY_PRESET hidden INSTALL_RPATH "\$ORIGIN/openvino" BUILD_WITH_INSTALL_RPATH ON)
  target_include_directories(ocrtune_openvino PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_include_directories(ocrtune_openvino SYSTEM PRIVATE ${OCRTUNE_PPOCR_FILES}/openvino/include)
  target_compile_definitions(ocrtune_openvino PRIVATE OCRTUNE_VERSION="${PROJECT_VERSION}")
  target_link_libraries(ocrtune_openvino PRIVATE ${openvino})
endfunction()

# With OpenVINO's libraries, the models and their licences, in one folder.
function(ocrtune_install_openvino folder)
  install(TARGETS ocrtune_openvino LIBRARY DESTINATION ${folder} COMPONENT ppocr)
  install(DIRECTORY ${OCRTUNE_PPOCR_FILES}/openvino/libs/ DESTINATION ${folder}/openvino COMPONENT ppocr)
  install(DIRECTORY ${OCRTUNE_PPOCR_FILES}/openvino/licences DESTINATION ${folder}/openvino COMPONENT ppocr)
  install(DIRECTORY ${OCRTUNE_PPOCR_FILES}/models DESTINATION ${folder} COMPONENT ppocr)
endfunction()
