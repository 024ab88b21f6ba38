// From labelled notes to models: what each model is shown, and in which order they are trained.
#pragma once

#include <functional>
#include <vector>

#include "bot/understanding/models.hpp"
#include "training/corpus.hpp"

namespace debrief::training {

/// Trains all models on these records. The later ones see what the topic model says of notes that it was not trained
/// on: with its answers on its own lessons they would trust it too much (stacked generalization, Wolpert 1992).
/// `meaning_of` may be empty: then without the encoder.
bot::understanding::Models train(const std::vector<const Record*>& records,
                                 const bot::understanding::MeaningOf& meaning_of);

/// The labels that these models give to a record.
bot::Understanding label(const Record& record, const bot::understanding::Models& models,
                         const bot::understanding::MeaningOf& meaning_of);

}  // namespace debrief::training
