#pragma once
// People who share their rows: same nation, cosines present for the same removal variants. Few classes hold everybody.
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analysis/layout.hpp"
#include "models/frame.hpp"

namespace meridian::analysis {

struct PersonClass {
  std::int32_t nation = 0;
  std::string present;  ///< one '1' or '0' per variant of the layout
  auto operator<=>(const PersonClass&) const = default;
};

/// Rows of the layout that people of the class have, ascending.
std::vector<std::size_t> rows_of(const Layout& layout, const PersonClass& person_class);

/// The long table with one representative person per class, class after class.
/// Columns: nation origin language persona (two levels: centred +-0.5, the first level in code-point order positive;
/// more: factors), llm, removed (baseline "none"), participant (one level per class).
struct ClassTable {
  models::Frame frame;
  std::vector<std::size_t> first_row;  ///< per class
  std::vector<std::size_t> rows;       ///< per class
  std::vector<double> multiplicity;    ///< per row: people who have it
  /// code_names["nation"]["0.5"]: the level behind each value of a centred code, the value as models::number_text gives
  /// it.
  std::map<std::string, std::map<std::string, std::string>> code_names;
};
ClassTable make_class_table(const panel::Panel& panel, const Layout& layout, const std::vector<PersonClass>& classes,
                            const std::vector<double>& people);

}  // namespace meridian::analysis
