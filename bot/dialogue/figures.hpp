// Numbers in what people say: "45,000", "45.000" and "45k" are one number, and so are "twelve" and "12".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace debrief::bot {

struct Figure {
    std::size_t offset = 0, length = 0;  ///< In bytes, with what belongs to it: "15k", "14th", "2.5 million".
    std::string value;                   ///< "45000", "2.5", "15%": equal for equal numbers.
    bool spelled = false;                ///< In words: "twenty-five". "One" is no figure: too many things are one.
};
/// In the order of the text. A number behind a letter ("Q3") is a name.
std::vector<Figure> figures_in(std::string_view text);

}  // namespace debrief::bot
