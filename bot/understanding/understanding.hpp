// What a rep's words mean: whose world each sentence is about, what it says about the customer, who is named, when.
// The labels are those of the understanding set's guide (docs/understanding.md).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/words.hpp"

namespace debrief::bot {

using core::Dimension;
using core::Focus;
using core::Stance;

namespace encoder {
class Encoder;
}

struct KnownPerson {
    std::string name;
    std::string role;  ///< Empty where not known.
};

/// What the reader knows before reading.
struct NoteContext {
    std::string account;
    std::string rep;
    std::vector<KnownPerson> contacts;
    std::chrono::year_month_day meeting_date;  ///< Every relative date counts from here.
    std::string question_id = "open";          ///< What the bot had asked; "open" for a free note.
    std::string question;
    /// Borrowed; without it the words alone decide, and less is understood.
    const encoder::Encoder* encoder = nullptr;
};

/// A piece of the text: `offset` and `length` in bytes of the original.
struct Span {
    std::size_t offset = 0;
    std::size_t length = 0;
};

struct FocusedSentence {
    std::string text;
    Span span;
    Focus focus = Focus::neutral;
    std::string why;    ///< The cue that decided, for the user to contest; empty if none did.
    double margin = 0;  ///< 0..1, how clear it was; the caller may ask below about 0.2.
};

struct Fact {
    Dimension dimension = Dimension::unknown;
    std::string text;  ///< Verbatim clause.
    Span span;
    std::optional<std::string> person;  ///< Whose fact: a known contact's full name, else as written.
    std::string why;
    double margin = 0;
};

struct Person {
    std::string name;                 ///< Full name of a known contact, else as written, else role words.
    std::optional<std::string> role;  ///< Only if the text states it.
    Stance stance = Stance::unknown;
    bool known = false;    ///< One of the context's contacts.
    std::string holder;    ///< For one named by function alone: the contact who has it, if exactly one does.
    std::string evidence;  ///< The clause that the stance stands on; empty for unknown.
};

struct DateMention {
    std::string text;   ///< Verbatim.
    std::string value;  ///< 2025-03-18, 2025-W12, 2025-03, 2025-Q2, 2025-H1, 2025-SP, 2025.
    Span span;
};

struct Understanding {
    std::vector<FocusedSentence> sentences;
    std::vector<Fact> facts;
    std::vector<Person> people;
    std::vector<DateMention> dates;
    bool vague = false;
    bool dont_know = false;
    std::vector<Span> private_remarks;  ///< Health, family, "off the record": to be redacted before storage.
    bool other_language = false;        ///< Not English: kept as a note that the rep files by hand.
};

/// Reads one note. Pure: same words in, same labels out, on every machine. `text` must be valid UTF-8.
/// `sentences`, if not empty, is a given split: verbatim pieces of `text` in order, which the result follows one to
/// one.
Understanding understand(std::string_view text, const std::vector<std::string>& sentences, const NoteContext& context);

/// The same reading, of dates or of private remarks alone: no model is asked.
std::vector<DateMention> dates_in(std::string_view text, const NoteContext& context);
std::vector<Span> private_remarks_in(std::string_view text, const NoteContext& context);

/// Splits into sentences as a reader would: end marks, new lines, bullets.
std::vector<std::string> split_sentences(std::string_view text);

}  // namespace debrief::bot
