// The learned part of the understanding: six small linear models, trained from training/corpus by './dev train'.
#pragma once

#include "bot/encoder/encoder.hpp"
#include "bot/understanding/linear_model.hpp"

namespace debrief::bot::understanding {

struct Models {
    LinearModel topic;      ///< Of a clause: the dimensions, and last: nothing.
    LinearModel join;       ///< Of two clauses: a new fact, or the same one.
    LinearModel focus;      ///< Of a sentence, classes as core::Focus.
    LinearModel stance;     ///< Of a person, classes as core::Stance.
    LinearModel vague;      ///< Of a note: no, yes.
    LinearModel dont_know;  ///< Of a note: no, yes.

    [[nodiscard]] core::Bytes write() const;
    /// Takes them from the front of `bytes`. Errors: `corrupt`.
    static core::Result<Models> read(core::ByteView& bytes);
};

/// Those that the program carries with it: for words alone, or with the encoder's vectors.
const Models& built_in_models(bool with_encoder);
/// Where the program travels without them (a browser fetches them later): takes the bytes of models.bin in their place.
/// Nothing may be reading a note meanwhile. Errors: `corrupt`; then all is as before.
core::Status install_models(core::ByteView file);
/// The stamp of the corpus that they were trained on.
std::uint64_t trained_on();
/// A text longer than this, in bytes, is read by its words alone: somebody is waiting for the answer.
inline constexpr std::size_t encoded_max = 4'000;
/// The encoder's vector as the models take it.
Meaning meaning_of(const encoder::Encoder& encoder, std::string_view words);

/// The stages before the models: tokens, dates, people, clauses, cues, private remarks. `reading.result` says so if the
/// note is in another language; then there are no clauses.
Reading read_note(std::string_view text, const std::vector<std::string>& sentences, const NoteContext& context);
/// The stages that the models decide: topics, focus, facts, stances, flags.
void label_note(Reading& reading, const Models& models);

/// Where the cues alone would put a person, if they say anything.
std::optional<Stance> cued_stance(const Reading& reading, std::size_t person);
/// Asks the encoder for what clauses and sentences mean.
void find_meanings(Reading& reading, const MeaningOf& ask);
void find_topics(Reading& reading, const LinearModel& topic);
void judge_focus(Reading& reading, const LinearModel& focus);
void find_facts(Reading& reading, const LinearModel& join);
void judge_stances(Reading& reading, const LinearModel& stance);
void set_flags(Reading& reading, const Models& models);

}  // namespace debrief::bot::understanding
