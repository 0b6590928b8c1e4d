#pragma once
// People in wide form: one row per person, one column per item, any number of other columns.
#include <filesystem>
#include <string>
#include <vector>

#include "findings/ledger.hpp"
#include "survey/answer_code.hpp"
#include "survey/groups.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

/// A column name X also stands for a header "X: label".
struct WideLayout {
  std::string id;  ///< column; empty, or absent where `id_optional`: people are numbered by row
  bool id_optional = false;
  std::string group;  ///< column
  Groups groups{{}, Groups::Others::accept};
  std::vector<std::string> items;  ///< column of each item of the instrument
  MissingCodes missing;
  std::string excluded_column;  ///< people with excluded_value in this column are left out; empty: no such rule
  std::string excluded_value;
  std::string excluded_rule;    ///< for the ledger
  std::string excluded_remedy;  ///< if the column is absent
};

/// Rows of all files, in order. Ids are "<id>_<group label>", unique over all files. Throws InputError for a duplicate
/// id (naming both lines), an answer out of range, a missing column.
People read_wide_people(const std::vector<std::filesystem::path>& files, const WideLayout& layout,
                        const Instrument& instrument, findings::Ledger& ledger);

}  // namespace meridian::survey
