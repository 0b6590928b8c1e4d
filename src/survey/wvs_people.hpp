#pragma once
// People's answers to the World Values Survey, wave 7, from the official CSV files.
#include <filesystem>
#include <vector>

#include "findings/ledger.hpp"
#include "survey/people_options.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

/// Country files or the cross-national file, semicolon or comma, header "Q177" or "Q177: label". Item 177 is column
/// Q177. Left out, each with its count in the ledger: people of other countries (B_COUNTRY_ALPHA), people who are not
/// nationals (Q254 = 5), people with a missing item (negative code or empty). Ids are "<D_INTERVIEW>_<nation>", or
/// "row<N>_<nation>" if that column is absent. Errors: wide_people.hpp.
People read_wvs_people(const std::vector<std::filesystem::path>& files, const Instrument& instrument,
                       const PeopleOptions& options, findings::Ledger& ledger);

}  // namespace meridian::survey
