#pragma once
// Whether a model met each person's answer to each question: two bits a cell, so that two models can be compared pair
// by pair without keeping their answers.
#include <cstdint>
#include <string>
#include <vector>

namespace meridian::opinions {

class Outcomes {
 public:
  explicit Outcomes(std::size_t cells) : cells_(cells), bits_((cells + 3) / 4, 0) {}
  void add(std::size_t cell, bool hit);
  std::size_t cells() const { return cells_; }
  bool hit(std::size_t cell) const { return state(cell) == 1; }
  bool missed(std::size_t cell) const { return state(cell) == 2; }
  /// Predicted several times, once right and once wrong: neither of the two.
  bool divided(std::size_t cell) const { return state(cell) == 3; }
  const std::string& bytes() const { return bits_; }
  /// Of Outcomes over the same cells on another rank.
  void add_bytes(const std::string& bytes);

 private:
  unsigned state(std::size_t cell) const {
    return (static_cast<unsigned char>(bits_[cell / 4]) >> (cell % 4 * 2)) & 3U;
  }
  std::size_t cells_;
  std::string bits_;
};

/// Cells that both models predicted the same way every time.
struct OutcomePairs {
  std::int64_t both = 0, only_first = 0, only_second = 0, neither = 0;
};
OutcomePairs outcome_pairs(const Outcomes& first, const Outcomes& second);

}  // namespace meridian::opinions
