# Files that travel inside the program. debrief_embed(target file symbol) compiles `file` (relative to the calling
# CMakeLists.txt) into `target`; use it with:
#     namespace debrief::embedded { extern const std::string_view symbol; }
# The bytes are followed by a zero, which is not part of the view. Good for a few megabytes.
set(DEBRIEF_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_file.cmake)

function(debrief_embed target file symbol)
  get_filename_component(input ${file} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${symbol}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DSYMBOL=${symbol} -P ${DEBRIEF_EMBED_SCRIPT}
    DEPENDS ${input} ${DEBRIEF_EMBED_SCRIPT}
    COMMENT "Embedding ${file}"
    VERBATIM)
  # One long literal is what we want here; the warning about its length is not.
  set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS "-w")
  target_sources(${target} PRIVATE ${output})
endfunction()
