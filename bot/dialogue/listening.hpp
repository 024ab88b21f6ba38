// From the rep's words to proposals: what the understanding read, with people resolved and ids given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// The topic of what was asked, in the words of the labelling guide; a playbook may have many questions of one.
std::string topic_asked(const Playbook& book, const Ask& ask);

/// What the understanding may know: contacts of the account and people named so far. `topic`: what was asked, in the
/// words of the labelling guide.
NoteContext note_context(const Conversation& conversation, const World& world, const std::vector<PersonNamed>& people,
                         std::string_view topic = "open", std::string_view question = {});

struct Heard {
    Understanding read;
    std::vector<Proposal> proposals;  ///< Not yet proposed.
    std::vector<PersonNamed> people;
    std::vector<PersonNamed> strangers;  ///< Of these, whom nobody knows, named by a name and without a role.
    std::string denies_asked;            ///< "No promises at all": words that say no to what was asked.
    bool seller = false;                 ///< Seller-centred, with nothing about the customer that counts.
    bool customer_words = false;         ///< Sentences about the customer, even if no fact was found in them.
};
/// Reads `text`, a part of the exchange's line. Nothing is decided or written yet.
Heard hear(const Exchange& exchange, const std::string& text);

/// "No, it opens on the 14th": what answers the question is no part of the fact.
std::string without_answering_words(std::string_view clause);

/// How the playbook says that nothing is known about a dimension; the open question's words come first.
std::string words_for_unknown(const Exchange& exchange, core::Dimension about);
/// An unknown that has an `about` is in the playbook's words: nothing is known about that, rather than one thing not.
bool is_whole_gap(const Exchange& exchange, const core::Item& unknown);
/// An unknown about the asked dimension, in the playbook's words.
Proposal not_known(const Exchange& exchange, const Ask& ask, const std::string& quote);

}  // namespace debrief::bot
