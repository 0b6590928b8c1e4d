#include "analysis/streamed_quantiles.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace meridian::analysis {
namespace {

constexpr int kFirstBits = 16, kSecondBits = 12;  ///< a histogram takes 512 KB, then 32 KB per order statistic
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

/// An integer that orders as the doubles do.
std::uint64_t key_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return bits & kSign ? ~bits : bits | kSign;
}

double value_of(std::uint64_t key) { return std::bit_cast<double>(key & kSign ? key & ~kSign : ~key); }

}  // namespace

StreamedQuantiles::StreamedQuantiles(std::vector<double> probabilities) : probabilities_(std::move(probabilities)) {
  histograms_[0].assign(1 << kFirstBits, 0);
}

void StreamedQuantiles::add(double value) {
  const std::uint64_t key = key_of(value);
  if (pass_ == 0) {
    ++count_;
    ++histograms_.begin()->second[key >> (64 - kFirstBits)];
  } else if (pass_ == 1) {
    const auto histogram = histograms_.find(key >> (64 - kFirstBits));
    if (histogram != histograms_.end())
      ++histogram->second[(key >> (64 - kFirstBits - kSecondBits)) & ((1 << kSecondBits) - 1)];
  } else {
    const auto keys = keys_.find(key >> (64 - kFirstBits - kSecondBits));
    if (keys != keys_.end()) ++keys->second[key];
  }
}

void StreamedQuantiles::set_targets() {
  for (const double probability : probabilities_) {
    const double position = probability * static_cast<double>(count_ - 1);
    const auto below = static_cast<std::uint64_t>(std::floor(position));
    targets_.push_back({below, 0});
    targets_.push_back({std::min(below + 1, count_ - 1), 0});
  }
}

void StreamedQuantiles::narrow(int bits) {
  for (Target& target : targets_) {
    const auto& histogram = histograms_.at(target.prefix);
    std::uint64_t bin = 0;
    while (target.rank >= histogram[bin]) target.rank -= histogram[bin++];
    target.prefix = (target.prefix << bits) | bin;
  }
  histograms_.clear();
}

void StreamedQuantiles::find_keys() {
  for (Target& target : targets_) {
    auto key = keys_.at(target.prefix).begin();
    while (target.rank >= key->second) target.rank -= (key++)->second;
    target.prefix = key->first;
  }
  keys_.clear();
}

bool StreamedQuantiles::next_pass() {
  if (count_ == 0) return false;
  switch (pass_++) {
    case 0:
      set_targets();
      narrow(kFirstBits);
      for (const Target& target : targets_) histograms_[target.prefix].assign(1 << kSecondBits, 0);
      return true;
    case 1:
      narrow(kSecondBits);
      for (const Target& target : targets_) keys_[target.prefix];
      return true;
    default:
      find_keys();
      return false;
  }
}

std::vector<double> StreamedQuantiles::quantiles() const {
  std::vector<double> values;
  for (std::size_t i = 0; i < probabilities_.size(); ++i) {
    if (count_ == 0) {
      values.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    const double position = probabilities_[i] * static_cast<double>(count_ - 1);
    const double fraction = position - std::floor(position);
    const double low = value_of(targets_[2 * i].prefix), high = value_of(targets_[2 * i + 1].prefix);
    values.push_back(fraction == 0 ? low : low + fraction * (high - low));
  }
  return values;
}

}  // namespace meridian::analysis
