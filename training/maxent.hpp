// Multinomial logistic regression, trained by AdaGrad (Duchi et al., JMLR 2011) in a fixed order. Plain IEEE
// arithmetic, without fused operations and with an exponential of our own: the same corpus gives the same bytes
// everywhere.
#pragma once

#include <cstdint>
#include <vector>

#include "bot/understanding/linear_model.hpp"

namespace debrief::training {

struct Example {
    bot::understanding::Features features;
    std::size_t label = 0;
    double weight = 1;
};

struct Settings {
    std::size_t classes = 2;
    int epochs = 10;
    double rate = 0.03;
    double decay = 1e-4;       ///< L2, at each step, of the weights that take part in it.
    double vector_rate = 0.2;  ///< As `rate`, for the encoder's vector.
    double vector_decay = 1e-4;
    int least = 3;  ///< A feature counts if so many examples have it.
};

bot::understanding::LinearModel fit(const std::vector<const Example*>& examples, const Settings& settings);

}  // namespace debrief::training
