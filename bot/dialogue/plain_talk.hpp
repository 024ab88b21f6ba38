// Commands as people say them: "yes, that's correct", "can we leave that for now?", "honestly, no idea". Such a line is
// made of nothing but phrases of its kind and fillers, so that a line which also says something about the customer is
// never taken for a mere command.
#pragma once

#include <string_view>

namespace debrief::bot {

bool merely_agrees(std::string_view line);
/// A reason of the rep's own may follow: "skip it, I'm driving".
bool merely_skips(std::string_view line);
bool merely_admits(std::string_view line);
/// "That's all for today", "I have no more time". Not "nothing else": that answers a question.
bool merely_stops(std::string_view line);
/// "Why are you asking me that?" Not "why should they", which is about the customer.
bool merely_asks_why(std::string_view line);

/// The line begins by saying that the rep does not know: "No idea what happens on their end", "No clue, Rhys had to
/// go". The rest may hold more.
bool begins_with_admission(std::string_view line);
/// The words tell that the rep was not told or did not ask, and not what the customer does not know.
bool is_reps_ignorance(std::string_view text);

}  // namespace debrief::bot
