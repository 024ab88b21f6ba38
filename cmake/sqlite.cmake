# One SQLite everywhere: the SQLite3 Multiple Ciphers amalgamation that './dev deps' unpacks into .deps/.
set(debrief_sqlite_options SQLITE_ENABLE_FTS5 SQLITE_THREADSAFE=$<NOT:$<PLATFORM_ID:Emscripten>> SQLITE_DQS=0 SQLITE_DEFAULT_FOREIGN_KEYS=0
  SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE SQLITE_OMIT_LOAD_EXTENSION SQLITE_USE_ALLOCA SQLITE_LIKE_DOESNT_MATCH_BLOBS
  SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_TEMP_STORE=2 SQLITE_MAX_EXPR_DEPTH=200
  SQLITE_DEFAULT_FILE_PERMISSIONS=0600
  # Erased words must leave every page: core/store/page_gaps.
  SQLITE_ENABLE_DBSTAT_VTAB SQLITE_ENABLE_DBPAGE_VTAB)
set(DEBRIEF_SQLITE_DIR ${PROJECT_SOURCE_DIR}/.deps/sqlite CACHE PATH "Folder with sqlite3.c and sqlite3.h")
if(NOT EXISTS ${DEBRIEF_SQLITE_DIR}/sqlite3.c)
  message(FATAL_ERROR "No ${DEBRIEF_SQLITE_DIR}/sqlite3.c. Run './dev deps' first.")
endif()
add_library(debrief_sqlite STATIC ${DEBRIEF_SQLITE_DIR}/sqlite3.c)
target_include_directories(debrief_sqlite SYSTEM PUBLIC ${DEBRIEF_SQLITE_DIR})
target_compile_definitions(debrief_sqlite PRIVATE ${debrief_sqlite_options})
target_compile_options(debrief_sqlite PRIVATE -w $<IF:$<PLATFORM_ID:Emscripten>,-Os,-O2>)
if(DEBRIEF_FUZZ)
  # Every new path through its parser would count as something learned about ours.
  target_compile_options(debrief_sqlite PRIVATE -fno-sanitize=fuzzer-no-link)
endif()
if(EMSCRIPTEN)
  # Its files are the host's (platform/web/core/vfs.cpp), and there is one thread. A page fetches all of it: what no
  # statement of ours uses stays at home. None of it changes what is in a file.
  target_compile_definitions(debrief_sqlite PRIVATE SQLITE_OS_OTHER=1 SQLITE3MC_OMIT_BUILTIN_CIPHERS
    SQLITE_OMIT_AUTHORIZATION SQLITE_OMIT_COMPILEOPTION_DIAGS SQLITE_OMIT_COMPLETE SQLITE_OMIT_DECLTYPE
    SQLITE_OMIT_DESERIALIZE SQLITE_OMIT_GET_TABLE SQLITE_OMIT_JSON SQLITE_OMIT_PROGRESS_CALLBACK
    SQLITE_OMIT_TCL_VARIABLE SQLITE_OMIT_TRACE SQLITE_OMIT_UTF16 SQLITE_UNTESTABLE)
else()
  find_package(Threads REQUIRED)
  target_link_libraries(debrief_sqlite PUBLIC Threads::Threads m)
endif()
