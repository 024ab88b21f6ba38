# What every target of ours is compiled with. Third-party code gets none of it.
find_program(DEBRIEF_CCACHE ccache)
if(DEBRIEF_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${DEBRIEF_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DEBRIEF_CCACHE})
endif()

if(DEBRIEF_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # clang 14 cannot compile coroutines under -fsanitize=function.
    add_compile_options(-fno-sanitize=function)
  endif()
  add_link_options(-fsanitize=address,undefined)
elseif(DEBRIEF_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(DEBRIEF_SANITIZE)
  message(FATAL_ERROR "DEBRIEF_SANITIZE is '${DEBRIEF_SANITIZE}'; it may be empty, 'address' or 'thread'")
endif()

if(DEBRIEF_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND NOT EMSCRIPTEN)
  add_link_options(-fuse-ld=lld)
endif()

add_library(debrief_warnings INTERFACE)
target_compile_options(debrief_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  # gcc 12 takes "text" + std::string for overlapping copies (its bug 105651).
  # It also takes the frames of Asio's coroutines, which Asio allocates and frees itself, for mismatched ones.
  # And members of a braced temporary that an exception would destroy for uninitialised; clang looks for those that are.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-mismatched-new-delete -Wno-maybe-uninitialized>
  $<$<BOOL:${DEBRIEF_WERROR}>:-Werror>)

# With it, files of one folder are compiled together: a build from nothing reads each header once for all of them. A
# change then compiles more than it must, so it is for builds that are made once. Names in unnamed namespaces have to
# differ within a folder.
option(DEBRIEF_UNITY "Compile the files of a folder together" OFF)
set(debrief_unity_batch 8)

function(debrief_unity name sources)
  set(last "")
  set(count 0)
  foreach(source IN LISTS sources)
    get_filename_component(folder ${source} DIRECTORY)
    file(RELATIVE_PATH folder ${CMAKE_CURRENT_SOURCE_DIR} ${folder})
    if(NOT folder STREQUAL last)
      set(count 0)
      set(last "${folder}")
    endif()
    math(EXPR batch "${count} / ${debrief_unity_batch}")
    math(EXPR count "${count} + 1")
    string(REPLACE "/" "_" group "${folder}_${batch}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP "${group}")
  endforeach()
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# One room: a static library of every .cpp below the folder, included from the root.
function(debrief_room name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$|/platform/web/")  # The second: for browsers, with another compiler.
  if(NOT sources)
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE debrief_warnings)
  if(DEBRIEF_UNITY)
    debrief_unity(${name} "${sources}")
  endif()
endfunction()
