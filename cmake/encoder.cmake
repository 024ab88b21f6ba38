# The sentence encoder's weights, made from the files that './dev deps' fetched. Without them everything builds and runs,
# and what needs the encoder says that it is not there.
set(DEBRIEF_ENCODER_FILE ${PROJECT_BINARY_DIR}/share/debrief/encoder.bin)
# Looked at before each build, so that files which are fetched later are taken up.
file(GLOB encoder_parts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/.deps/encoder/*)
find_package(Python3 COMPONENTS Interpreter)

# Targets that use the file at run time name this one: debrief_needs_encoder(target).
if(encoder_parts AND Python3_FOUND)
  add_custom_command(OUTPUT ${DEBRIEF_ENCODER_FILE}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/share/debrief
    COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/tools/convert_encoder.py ${PROJECT_SOURCE_DIR}/.deps/encoder
      ${DEBRIEF_ENCODER_FILE}
    DEPENDS ${encoder_parts} ${PROJECT_SOURCE_DIR}/tools/convert_encoder.py
    COMMENT "Making encoder.bin"
    VERBATIM)
  add_custom_target(debrief_encoder_file ALL DEPENDS ${DEBRIEF_ENCODER_FILE})
else()
  message(STATUS "No sentence encoder: './dev deps' could not fetch it, or there is no Python")
endif()

function(debrief_needs_encoder target)
  if(TARGET debrief_encoder_file)
    add_dependencies(${target} debrief_encoder_file)
  endif()
endfunction()
