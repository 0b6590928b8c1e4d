#pragma once
// People's answers to the Moral Foundations Questionnaire 2 as the first study publishes them.
#include <filesystem>
#include <optional>

#include "findings/ledger.hpp"
#include "survey/people_options.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

/// Long CSV with columns Item, Response, Participant, Group, Dimension. Ids are "<Participant>_<Group>", or
/// "<block>_<Group>" with participant_id = blocks:N. Errors: long_people.hpp.
People read_mfq2_people(const std::filesystem::path& file, const Instrument& instrument, const PeopleOptions& options,
                        findings::Ledger& ledger);

/// The same people told apart by blocks of as many rows as the survey has items, for comparison; nothing if the rows do
/// not come in such blocks.
std::optional<People> read_mfq2_blocks(const std::filesystem::path& file, const Instrument& instrument,
                                       const PeopleOptions& options);

}  // namespace meridian::survey
