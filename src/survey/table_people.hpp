#pragma once
// People's answers to any other survey: a wide or long CSV and a mapping file that says what its columns mean.
#include <filesystem>

#include "findings/ledger.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

/// Reads `file` as `mapping_file` says (mapping.hpp). A scale in the mapping replaces the one of the dictionary in
/// `instrument`. With group labels in the mapping, people of other groups are left out, with a line in the ledger.
/// Throws InputError as wide_people.hpp and long_people.hpp say, and for a mapping that names an unknown item.
People read_table_people(const std::filesystem::path& file, const std::filesystem::path& mapping_file,
                         Instrument& instrument, findings::Ledger& ledger);

}  // namespace meridian::survey
