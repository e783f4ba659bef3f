# OCRTUNE_HAS_WEB: whether the page of reports and of `ocrtune serve` is built, by Node.js from web/.
#
# Where it is, OCRTUNE_REPORT_HTML (one file, which `ocrtune report` fills) and OCRTUNE_APP_FILES in OCRTUNE_APP_DIR (the
# server's page) say where, and the target ocrtune_web makes both.
set(web_default OFF)
if(PROJECT_IS_TOP_LEVEL)
  set(web_default AUTO)
endif()
set(OCRTUNE_WEB ${web_default} CACHE STRING "Page of reports and of the server: ON, OFF, or AUTO for where Node.js and npm are found")
set_property(CACHE OCRTUNE_WEB PROPERTY STRINGS AUTO ON OFF)
set(OCRTUNE_HAS_WEB OFF)
if(NOT OCRTUNE_WEB)
  return()
endif()

# A release's sources have the page built (scripts/release/make_sources.sh), so that it takes no Node.js and no network.
if(EXISTS ${PROJECT_SOURCE_DIR}/web/built/report.html)
  set(OCRTUNE_HAS_WEB ON)
  set(OCRTUNE_WEB_DIR ${PROJECT_SOURCE_DIR}/web/built)
  set(OCRTUNE_REPORT_HTML ${OCRTUNE_WEB_DIR}/report.html)
  set(OCRTUNE_APP_DIR ${OCRTUNE_WEB_DIR}/app)
  set(OCRTUNE_APP_FILES ${OCRTUNE_APP_DIR}/index.html ${OCRTUNE_APP_DIR}/app.js ${OCRTUNE_APP_DIR}/app.css)
  add_custom_target(ocrtune_web)
  return()
endif()

set(web_missing "")
find_program(OCRTUNE_NODE node)
find_program(OCRTUNE_NPM npm)
if(NOT OCRTUNE_NODE)
  set(web_missing "node isn't found")
elseif(NOT OCRTUNE_NPM)
  set(web_missing "npm isn't found")
else()
  execute_process(COMMAND ${OCRTUNE_NODE} --version OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REGEX REPLACE "^v" "" node_version "${node_version}")
  if(node_version VERSION_LESS 18.13)
    set(web_missing "${OCRTUNE_NODE} is ${node_version}")
  endif()
endif()
if(web_missing)
  set(web_missing "The page of reports and of the server needs Node.js 18.13 or later and npm, and ${web_missing}")
  if(OCRTUNE_WEB STREQUAL "AUTO")
    message(STATUS "${web_missing}: ocrtune is built without it")
    return()
  endif()
  message(FATAL_ERROR "${web_missing}: install the packages nodejs and npm (scripts/setup.sh does), or build without it by "
                      "-DOCRTUNE_WEB=OFF")
endif()

set(OCRTUNE_HAS_WEB ON)
set(OCRTUNE_WEB_DIR ${PROJECT_BINARY_DIR}/web)
set(OCRTUNE_REPORT_HTML ${OCRTUNE_WEB_DIR}/report.html)
set(OCRTUNE_APP_DIR ${OCRTUNE_WEB_DIR}/app)
set(web_settings build.js po.js package.json package-lock.json tsconfig.json)
set(OCRTUNE_APP_FILES ${OCRTUNE_APP_DIR}/index.html ${OCRTUNE_APP_DIR}/app.js ${OCRTUNE_APP_DIR}/app.css)
set(web_pages ${OCRTUNE_REPORT_HTML} ${OCRTUNE_APP_FILES})

list(TRANSFORM web_settings PREPEND ${PROJECT_SOURCE_DIR}/web/)
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/src/*)
set(web_catalogues fr.po report/fr.po app/fr.po)
list(TRANSFORM web_catalogues PREPEND ${PROJECT_SOURCE_DIR}/po/)
add_custom_command(OUTPUT ${web_pages}
  COMMAND ${PROJECT_SOURCE_DIR}/scripts/build_web.sh ${OCRTUNE_WEB_DIR}
  DEPENDS ${web_sources} ${web_settings} ${web_catalogues} ${PROJECT_SOURCE_DIR}/scripts/build_web.sh
          ${PROJECT_SOURCE_DIR}/scripts/npm_ci.sh
  COMMENT "Building the page"
  VERBATIM)
add_custom_target(ocrtune_web DEPENDS ${web_pages})
