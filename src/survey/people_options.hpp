#pragma once
// How people are told apart and who counts.
#include <string>
#include <vector>

#include "survey/registry.hpp"

namespace meridian::survey {

struct PeopleOptions {
  /// Long files. "column": one person is what the participant column calls one; "blocks:N": N consecutive rows of one
  /// country are one person, whatever that column says.
  std::string participant_id = "column";
  bool nationals_only = true;  ///< WVS: leaves out people with Q254 = 5 ("not a national")
  /// Countries of the study (data/countries.csv). WVS: people of other countries are left out; empty: China and the
  /// USA. MFQ-2: a group with another label is an error; empty: any label will do.
  std::vector<Country> countries;
};

/// 0 for "column", N for "blocks:N". Throws InputError for anything else.
std::size_t rows_per_person(const std::string& participant_id);

}  // namespace meridian::survey
