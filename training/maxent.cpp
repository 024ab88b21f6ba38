#include "training/maxent.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "bot/understanding/arithmetic.hpp"

namespace debrief::training {

using bot::understanding::exponential;
using bot::understanding::Features;
using bot::understanding::LinearModel;

namespace {

constexpr double vector_scale = 1.0 / static_cast<double>(Features::vector_unit);

struct Row {
    std::vector<std::uint32_t> places;
    const std::vector<std::int16_t>* vector;
    std::size_t label;
    double weight;
};

struct Learner {
    Learner(std::size_t rows, std::size_t dense, const Settings& settings)
        : n(settings.classes),
          s(settings),
          w(rows * n),
          g(rows * n, 1e-6),
          v(dense * n),
          vg(dense * n, 1e-6),
          b(n),
          bg(n, 1e-6) {}

    void step(const Row& row) {
        std::vector<double> p(b);
        for (const auto place : row.places) {
            for (std::size_t c = 0; c < n; ++c) p[c] += w[place * n + c];
        }
        if (!v.empty()) {
            for (std::size_t i = 0; i < row.vector->size(); ++i) {
                const double x = (*row.vector)[i] * vector_scale;
                for (std::size_t c = 0; c < n; ++c) p[c] += x * v[i * n + c];
            }
        }
        const double top = *std::max_element(p.begin(), p.end());
        double sum = 0;
        for (auto& one : p) sum += one = exponential(std::max(one - top, -500.0));
        for (std::size_t c = 0; c < n; ++c) p[c] = row.weight * (p[c] / sum - (c == row.label ? 1.0 : 0.0));
        const auto move = [](double& weight, double& seen, double slope, double rate) {
            seen += slope * slope;
            weight -= rate * slope / std::sqrt(seen);
        };
        for (std::size_t c = 0; c < n; ++c) move(b[c], bg[c], p[c], s.rate);
        for (const auto place : row.places) {
            for (std::size_t c = 0; c < n; ++c)
                move(w[place * n + c], g[place * n + c], p[c] + s.decay * w[place * n + c], s.rate);
        }
        if (v.empty()) return;
        for (std::size_t i = 0; i < row.vector->size(); ++i) {
            const double x = (*row.vector)[i] * vector_scale;
            for (std::size_t c = 0; c < n; ++c)
                move(v[i * n + c], vg[i * n + c], p[c] * x + s.vector_decay * v[i * n + c], s.vector_rate);
        }
    }

    std::size_t n;
    Settings s;
    std::vector<double> w, g, v, vg, b, bg;
};

std::int16_t rounded(double weight) {
    return static_cast<std::int16_t>(std::clamp(std::floor(weight * LinearModel::unit + 0.5), -32'000.0, 32'000.0));
}

std::int8_t coarsely(double weight) {
    return static_cast<std::int8_t>(std::clamp(std::floor(weight * LinearModel::coarse + 0.5), -127.0, 127.0));
}

}  // namespace

LinearModel fit(const std::vector<const Example*>& examples, const Settings& settings) {
    std::unordered_map<std::uint32_t, int> seen;
    for (const auto* e : examples) {
        for (const auto& f : e->features.list()) ++seen[f.id];
    }
    std::vector<std::uint32_t> ids;
    for (const auto& [id, times] : seen) {
        if (times >= settings.least) ids.push_back(id);
    }
    std::sort(ids.begin(), ids.end());
    std::vector<Row> rows;
    std::size_t dense = 0;
    for (const auto* e : examples) {
        Row row{{}, &e->features.vector(), e->label, e->weight};
        for (const auto& f : e->features.list()) {
            const auto at = std::lower_bound(ids.begin(), ids.end(), f.id);
            if (at != ids.end() && *at == f.id) row.places.push_back(static_cast<std::uint32_t>(at - ids.begin()));
        }
        dense = std::max(dense, row.vector->size());
        rows.push_back(std::move(row));
    }
    Learner learner{ids.size(), dense, settings};
    std::vector<std::size_t> order(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::uint64_t state = 1;
    std::vector<double> w(learner.w.size()), v(learner.v.size()), b(learner.b.size());
    for (int epoch = 0; epoch < settings.epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            std::swap(order[i - 1], order[(state >> 33U) % i]);
        }
        for (const auto at : order) learner.step(rows[at]);
        if (epoch < settings.epochs / 2) continue;
        // The mean of the later rounds wavers less than the last one.
        const double share = 1.0 / (settings.epochs - settings.epochs / 2);
        for (std::size_t i = 0; i < w.size(); ++i) w[i] += share * learner.w[i];
        for (std::size_t i = 0; i < v.size(); ++i) v[i] += share * learner.v[i];
        for (std::size_t i = 0; i < b.size(); ++i) b[i] += share * learner.b[i];
    }
    // What moves nothing is not kept.
    constexpr double least_weight = 0.05;
    std::vector<std::uint32_t> kept;
    std::vector<std::int8_t> weights;
    std::vector<std::int16_t> vector, bias;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto first = w.begin() + static_cast<std::ptrdiff_t>(i * settings.classes);
        if (std::none_of(first, first + static_cast<std::ptrdiff_t>(settings.classes),
                         [](double one) { return one > least_weight || one < -least_weight; }))
            continue;
        kept.push_back(ids[i]);
        std::transform(first, first + static_cast<std::ptrdiff_t>(settings.classes), std::back_inserter(weights),
                       coarsely);
    }
    std::transform(v.begin(), v.end(), std::back_inserter(vector), rounded);
    std::transform(b.begin(), b.end(), std::back_inserter(bias), rounded);
    return {settings.classes, std::move(bias), std::move(kept), std::move(weights), std::move(vector)};
}

}  // namespace debrief::training
