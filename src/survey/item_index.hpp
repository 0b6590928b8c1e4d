#pragma once
// From an item's name to its place in the instrument, fast enough for one look-up per row.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "survey/survey.hpp"

namespace meridian::survey {

class ItemIndex {
 public:
  explicit ItemIndex(const Instrument& instrument);
  /// Index of the item, or -1.
  int find(std::string_view item) const;
  /// "an item of MFQ2: '1', '2', ...", for messages.
  std::string expected() const;

 private:
  const Instrument* instrument_;
  std::vector<std::pair<std::string_view, int>> sorted_;
};

}  // namespace meridian::survey
