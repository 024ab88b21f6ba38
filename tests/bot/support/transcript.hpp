// A conversation as a page of Markdown that people can read, and that a test can play.
//
// Head, one a line: `account:`, `meeting: DAY TITLE`, `contact: NAME, ROLE`, `there: NAME` (took part in the meeting),
// `fact: DIMENSION | DAY | PERSON | TEXT`, `promise: PERSON | DUE | TEXT`, `language:`, `minutes:`, `next: DAY TITLE`,
// `stance: NAME | STANCE | DAY`, `rehearse: NAME` (a rehearsal with that contact) and `seed: N`,
// `ending: OPPORTUNITY | OUTCOME | REASON | DAY` (how that ended; what is stored of it); then `---`. After it
// `> words` are the rep's, `! action` an action, `! wait 5d` or `! wait 10m` a pause and a new start,
// `! outcome` shows what it came to, `! anew 2d` another rehearsal with the same person so many days later, `! kill` a
// start after a kill. What follows is what the bot says and writes.
#pragma once

#include <string>
#include <vector>

namespace debrief::bot::test {

/// The values of a head's line, between bars, without blanks around them.
std::vector<std::string> parts_of(const std::string& text);

/// Plays the rep's lines of a page and returns the page with the bot's lines as they are.
std::string play(const std::string& page);

}  // namespace debrief::bot::test
