# The page of reports and of `ocrtune serve`, made by Node.js from web/. Sets OCRTUNE_REPORT_HTML (one file, which
# `ocrtune report` fills) and OCRTUNE_APP_DIR (the server's page), and the target ocrtune_web that makes both.
option(OCRTUNE_WEB "Build the page of reports and of the server (needs node and npm)" ON)
if(NOT OCRTUNE_WEB)
  return()
endif()

find_program(OCRTUNE_NODE NAMES node nodejs)
find_program(OCRTUNE_NPM NAMES npm)
if(NOT OCRTUNE_NODE OR NOT OCRTUNE_NPM)
  message(FATAL_ERROR "The page needs node and npm: install the packages nodejs and npm (scripts/setup.sh does), "
                      "or build without reports and server by -DOCRTUNE_WEB=OFF")
endif()
execute_process(COMMAND ${OCRTUNE_NODE} --version OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REGEX REPLACE "^v" "" node_version "${node_version}")
if(node_version VERSION_LESS 18.13)
  message(FATAL_ERROR "The page needs Node.js 18.13 or later, and ${OCRTUNE_NODE} is ${node_version}: install a later "
                      "one, or build without reports and server by -DOCRTUNE_WEB=OFF")
endif()

# One place for all presets: the page is the same for each.
set(OCRTUNE_WEB_DIR ${PROJECT_SOURCE_DIR}/build/web)
set(OCRTUNE_REPORT_HTML ${OCRTUNE_WEB_DIR}/report.html)
set(OCRTUNE_APP_DIR ${OCRTUNE_WEB_DIR}/app)

file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/src/*)
file(GLOB web_settings CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/*.json ${PROJECT_SOURCE_DIR}/web/*.ts
     ${PROJECT_SOURCE_DIR}/web/*.js)
add_custom_command(OUTPUT ${OCRTUNE_REPORT_HTML} ${OCRTUNE_APP_DIR}/index.html
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/build_web.sh
  DEPENDS ${web_sources} ${web_settings} ${PROJECT_SOURCE_DIR}/scripts/build_web.sh
          ${PROJECT_SOURCE_DIR}/scripts/npm_ci.sh
  COMMENT "Building the page"
  VERBATIM)
add_custom_target(ocrtune_web DEPENDS ${OCRTUNE_REPORT_HTML} ${OCRTUNE_APP_DIR}/index.html)
