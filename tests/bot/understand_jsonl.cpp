// Labels records of an understanding set: JSON Lines in, JSON Lines out. For scoring while the rules are being worked
// on.
#include <iostream>
#include <string>

#include "bot/understanding/labels_codec.hpp"

int main() {
    std::string line;
    int failures = 0;
    for (int number = 1; std::getline(std::cin, line); ++number) {
        if (line.empty()) continue;
        const auto labelled = debrief::bot::label_line(
            line, std::chrono::year_month_day{std::chrono::year{2025}, std::chrono::January, std::chrono::day{1}});
        if (labelled) {
            std::cout << *labelled << '\n';
        } else {
            std::cerr << "line " << number << ": " << labelled.error().detail << '\n';
            ++failures;
        }
    }
    return failures == 0 ? 0 : 1;
}
