# Writes the settings of Doxygen for the headers that are installed (scripts/make_reference.sh): cmake -Dsources=SRC -Doutput=DIR
# -Dfail=FAIL_ON_WARNINGS or NO -P
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/reached_headers.cmake)
ocrtune_reached_headers(${sources} reached)
list(TRANSFORM reached PREPEND "${sources}/")
list(JOIN reached " " input)
file(WRITE ${output}/Doxyfile "PROJECT_NAME = ocrtune
OUTPUT_DIRECTORY = ${output}
INPUT = ${input}
STRIP_FROM_PATH = ${sources}
STRIP_FROM_INC_PATH = ${sources}
JAVADOC_AUTOBRIEF = YES
BUILTIN_STL_SUPPORT = YES
GENERATE_LATEX = NO
SORT_MEMBER_DOCS = NO
HAVE_DOT = NO
QUIET = YES
WARN_AS_ERROR = ${fail}
")
