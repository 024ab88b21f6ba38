#include "bot/understanding/linear_model.hpp"

#include <algorithm>

namespace debrief::bot::understanding {

using core::Errc;
using core::Error;

LinearModel::LinearModel(std::size_t classes, std::vector<std::int16_t> bias, std::vector<std::uint32_t> ids,
                         std::vector<std::int8_t> weights, std::vector<std::int16_t> dense)
    : bias_(std::move(bias)), ids_(std::move(ids)), weights_(std::move(weights)), dense_(std::move(dense)) {
    bias_.resize(classes);
}

Verdict LinearModel::judge(const Features& features, const std::vector<double>& prior) const {
    const std::size_t n = classes();
    std::array<std::int64_t, classes_max> sums{};
    for (std::size_t c = 0; c < n; ++c) sums[c] = bias_[c];
    std::vector<std::pair<const Feature*, std::size_t>> found;  // Of words, with their rows.
    auto at = ids_.begin();
    for (const Feature& f : features.list()) {
        at = std::lower_bound(at, ids_.end(), f.id);
        if (at == ids_.end()) break;
        if (*at != f.id) continue;
        const auto row = static_cast<std::size_t>(at - ids_.begin());
        for (std::size_t c = 0; c < n; ++c)
            sums[c] += std::int64_t{weights_[row * n + c]} * static_cast<std::int64_t>(unit / coarse);
        if (f.end > f.begin) found.emplace_back(&f, row);
    }
    const auto& vector = features.vector();
    if (!vector.empty() && vector.size() * n == dense_.size()) {
        std::array<std::int64_t, classes_max> products{};
        for (std::size_t i = 0; i < vector.size(); ++i) {
            for (std::size_t c = 0; c < n; ++c) products[c] += std::int64_t{vector[i]} * dense_[i * n + c];
        }
        for (std::size_t c = 0; c < n; ++c) sums[c] += products[c] / Features::vector_unit;
    }
    Verdict verdict;
    for (std::size_t c = 0; c < n; ++c)
        verdict.logits.push_back(static_cast<double>(sums[c]) / unit + (prior.empty() ? 0 : prior[c]));
    const auto best = std::max_element(verdict.logits.begin(), verdict.logits.end());
    verdict.label = static_cast<std::size_t>(best - verdict.logits.begin());
    double second = -1e9;
    for (std::size_t c = 0; c < n; ++c) {
        if (c != verdict.label) second = std::max(second, verdict.logits[c]);
    }
    verdict.margin = (*best - second) / (1 + *best - second);
    std::int64_t strongest = 0;
    for (const auto& [feature, row] : found) {
        // What speaks for the winner more than for the others on average.
        std::int64_t all = 0;
        for (std::size_t c = 0; c < n; ++c) all += weights_[row * n + c];
        const auto share = static_cast<std::int64_t>(n) * weights_[row * n + verdict.label] - all;
        if (share > strongest) strongest = share, verdict.why = *feature;
    }
    return verdict;
}

namespace {

void put32(core::Bytes& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<core::Bytes::value_type>(value >> shift));
}

template <typename Number>
void put_all(core::Bytes& out, const std::vector<Number>& row) {
    put32(out, static_cast<std::uint32_t>(row.size()));
    for (const auto value : row) {
        for (std::size_t b = 0; b < sizeof(Number); ++b)
            out.push_back(static_cast<core::Bytes::value_type>(static_cast<std::uint32_t>(value) >> (8 * b)));
    }
}

bool take32(core::ByteView& bytes, std::uint32_t& value) {
    if (bytes.size() < 4) return false;
    value = 0;
    for (std::size_t b = 0; b < 4; ++b) value |= static_cast<std::uint32_t>(bytes[b]) << (8 * b);
    bytes = bytes.subspan(4);
    return true;
}

template <typename Number>
bool take_all(core::ByteView& bytes, std::vector<Number>& row) {
    std::uint32_t size = 0;
    if (!take32(bytes, size) || bytes.size() / sizeof(Number) < size) return false;
    row.resize(size);
    for (auto& value : row) {
        std::uint32_t bits = 0;
        for (std::size_t b = 0; b < sizeof(Number); ++b) bits |= static_cast<std::uint32_t>(bytes[b]) << (8 * b);
        value = static_cast<Number>(bits);
        bytes = bytes.subspan(sizeof(Number));
    }
    return true;
}

}  // namespace

void LinearModel::write(core::Bytes& out) const {
    put_all(out, bias_);
    put_all(out, ids_);
    put_all(out, weights_);
    put_all(out, dense_);
}

core::Result<LinearModel> LinearModel::read(core::ByteView& bytes) {
    LinearModel model;
    if (!take_all(bytes, model.bias_) || !take_all(bytes, model.ids_) || !take_all(bytes, model.weights_) ||
        !take_all(bytes, model.dense_) || model.bias_.empty() || model.bias_.size() > classes_max ||
        model.weights_.size() != model.ids_.size() * model.bias_.size() ||
        model.dense_.size() % model.bias_.size() != 0 || !std::is_sorted(model.ids_.begin(), model.ids_.end()))
        return Error{Errc::corrupt, "This is no model of the understanding.", {}, {}};
    return model;
}

}  // namespace debrief::bot::understanding
