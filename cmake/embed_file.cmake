# Writes OUTPUT, a C++ file that holds the bytes of INPUT as debrief::embedded::SYMBOL. Run by debrief_embed.
file(READ ${INPUT} bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")
string(REPEAT "[0-9a-f]" 128 line)
string(REGEX REPLACE "(${line})" "\\1\n" lines "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" lines "${lines}")
string(REPLACE "\n" "\"\n    \"" lines "${lines}")
get_filename_component(name ${INPUT} NAME)
file(WRITE ${OUTPUT} "// Made from ${name} by cmake/embed_file.cmake.
#include <string_view>

namespace debrief::embedded {

extern const std::string_view ${SYMBOL};
constinit const std::string_view ${SYMBOL}{
    \"${lines}\",
    ${size}};

}  // namespace debrief::embedded
")
