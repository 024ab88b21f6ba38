# The libraries of the build for browsers, from the sources that './dev deps web' unpacks into .deps/web: the same names as
# cmake/libraries.cmake gives, so that a room links what it always links.
set(DEBRIEF_WEB_SOURCES ${PROJECT_SOURCE_DIR}/.deps/web CACHE PATH "Folder with libsodium, utf8proc and zlib")
if(NOT EXISTS ${DEBRIEF_WEB_SOURCES}/libsodium/src)
  message(FATAL_ERROR "No ${DEBRIEF_WEB_SOURCES}/libsodium. Run './dev deps web' first.")
endif()

# One way to throw, in everything that is linked together.
add_compile_options(-fwasm-exceptions)
add_link_options(-fwasm-exceptions)
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${PROJECT_SOURCE_DIR}/platform/web/core/older_library.hpp>")

set(sodium_root ${DEBRIEF_WEB_SOURCES}/libsodium)
set(sodium_include ${PROJECT_BINARY_DIR}/sodium)
configure_file(${sodium_root}/builds/msvc/version.h ${sodium_include}/sodium/version.h COPYONLY)
configure_file(${sodium_root}/src/libsodium/include/sodium/export.h ${sodium_include}/sodium/export.h COPYONLY)
file(GLOB_RECURSE sodium_sources ${sodium_root}/src/libsodium/*.c)
add_library(web_sodium STATIC ${sodium_sources})
# Declared SYSTEM, for warnings about its headers are not ours.
target_include_directories(web_sodium SYSTEM PUBLIC ${sodium_root}/src/libsodium/include ${sodium_include})
target_include_directories(web_sodium PRIVATE ${sodium_root}/src/libsodium/include/sodium ${sodium_include}/sodium)
# Its random bytes come from the host (platform/web/core/chance.cpp): without that name it calls no script of its own.
target_compile_options(web_sodium PRIVATE -w -O2 -U__EMSCRIPTEN__)
target_compile_definitions(web_sodium PRIVATE CONFIGURED=1 RANDOMBYTES_CUSTOM_IMPLEMENTATION
  RANDOMBYTES_DEFAULT_IMPLEMENTATION=NULL)
add_library(PkgConfig::sodium ALIAS web_sodium)

add_library(web_utf8proc STATIC ${DEBRIEF_WEB_SOURCES}/utf8proc/utf8proc.c)
target_include_directories(web_utf8proc SYSTEM PUBLIC ${DEBRIEF_WEB_SOURCES}/utf8proc)
target_compile_definitions(web_utf8proc PUBLIC UTF8PROC_STATIC)
target_compile_options(web_utf8proc PRIVATE -w -O2)
add_library(PkgConfig::utf8proc ALIAS web_utf8proc)

set(zlib_root ${DEBRIEF_WEB_SOURCES}/zlib)
add_library(web_zlib STATIC ${zlib_root}/adler32.c ${zlib_root}/crc32.c ${zlib_root}/deflate.c ${zlib_root}/inffast.c
  ${zlib_root}/inflate.c ${zlib_root}/inftrees.c ${zlib_root}/trees.c ${zlib_root}/zutil.c)
target_include_directories(web_zlib SYSTEM PUBLIC ${zlib_root})
target_compile_options(web_zlib PRIVATE -w -O2)
add_library(ZLIB::ZLIB ALIAS web_zlib)

# Headers alone: a folder that holds nothing else, for the machine's own include folder would hide the browser's.
find_path(nlohmann_folder nlohmann/json.hpp PATHS /usr/include /usr/local/include REQUIRED NO_CMAKE_FIND_ROOT_PATH)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/json)
file(CREATE_LINK ${nlohmann_folder}/nlohmann ${PROJECT_BINARY_DIR}/json/nlohmann SYMBOLIC)
add_library(web_json INTERFACE)
target_include_directories(web_json SYSTEM INTERFACE ${PROJECT_BINARY_DIR}/json)
add_library(nlohmann_json::nlohmann_json ALIAS web_json)
