#pragma once
// People in long form: one row per person and item.
#include <filesystem>
#include <string>

#include "findings/ledger.hpp"
#include "survey/answer_code.hpp"
#include "survey/groups.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

struct LongLayout {
  std::string item, response, participant, group;  ///< column names; participant is not read in blocks
  std::string dimension;                           ///< column checked against the dictionary; empty: none
  std::string participant_id = "column";           ///< PeopleOptions
  Groups groups{{}, Groups::Others::accept};
  MissingCodes missing;
};

/// Ids are "<participant>_<group label>" or "<block>_<group label>", blocks counted from 1 within a group. Throws
/// InputError for an item outside the instrument, an answer out of range, a person who answers an item twice (naming
/// both lines). A last block that is cut short is an incomplete person.
People read_long_people(const std::filesystem::path& file, const LongLayout& layout, const Instrument& instrument,
                        findings::Ledger& ledger);

}  // namespace meridian::survey
