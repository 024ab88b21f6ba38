// What a text of the bot may not contain, whoever wrote it: the rules of tone, checked when a playbook is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace debrief::bot {

/// A question is one breath long.
inline constexpr std::size_t question_words_max = 25;

/// Words between white space; a placeholder counts as one, a lone sign as none.
std::size_t count_words(std::string_view text);

/// Reasons to refuse a text; none if it is good. `asks`: it is put as a question.
std::vector<std::string> faults_of_wording(std::string_view text, bool asks);

}  // namespace debrief::bot
