#pragma once
// One answer of a person as it stands in a CSV field.
#include <cstdint>
#include <string>
#include <vector>

#include "survey/survey.hpp"
#include "tables/csv.hpp"

namespace meridian::survey {

/// Which fields mean "no answer", besides empty ones and "NA".
struct MissingCodes {
  bool negative = false;            ///< any negative whole number (WVS)
  std::vector<std::string> values;  ///< these texts
};

/// The whole code in [item.lowest, item.highest], or missing_answer. Throws InputError for letters, fractions and codes
/// outside the item's range. "3.0" counts as 3: spreadsheets write it.
std::int16_t answer_code(const tables::CsvReader& csv, std::size_t column, const Item& item,
                         const MissingCodes& missing);

}  // namespace meridian::survey
