#include "opinions/outcomes.hpp"

#include <algorithm>

namespace meridian::opinions {

void Outcomes::add(std::size_t cell, bool hit) {
  char& byte = bits_[cell / 4];
  byte = static_cast<char>(static_cast<unsigned char>(byte) | (hit ? 1U : 2U) << (cell % 4 * 2));
}

void Outcomes::add_bytes(const std::string& bytes) {
  std::transform(bits_.begin(), bits_.end(), bytes.begin(), bits_.begin(),
                 [](char own, char other) { return static_cast<char>(own | other); });
}

OutcomePairs outcome_pairs(const Outcomes& first, const Outcomes& second) {
  OutcomePairs pairs;
  for (std::size_t cell = 0; cell < first.cells(); ++cell) {
    if (first.hit(cell) && second.hit(cell)) ++pairs.both;
    if (first.hit(cell) && second.missed(cell)) ++pairs.only_first;
    if (first.missed(cell) && second.hit(cell)) ++pairs.only_second;
    if (first.missed(cell) && second.missed(cell)) ++pairs.neither;
  }
  return pairs;
}

}  // namespace meridian::opinions
