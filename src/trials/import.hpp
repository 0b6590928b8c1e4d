#pragma once
// One foreign file into the trial store, by a mapping.
#include <array>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tables/record_mapping.hpp"
#include "trials/trial_records.hpp"

namespace meridian::trials {

struct ImportRequest {
  std::filesystem::path file, store;
  std::filesystem::path mapping;                               ///< data/mappings/... or the user's
  std::vector<std::pair<std::string, std::string>> constants;  ///< fields that the file does not say: model, language
  std::vector<std::filesystem::path> definitions;              ///< items and option names: part of the fingerprint
  bool strict = false;                                         ///< the first unreadable line ends the import
};

struct ImportSummary {
  std::filesystem::path folder;  ///< STORE/import-0001
  bool done_before = false;      ///< this very file was imported already: nothing was done
  std::int64_t trials = 0;       ///< stored now or before
  std::int64_t unreadable = 0, repeated = 0;
  std::array<std::int64_t, 7> outcomes{};   ///< by Outcome
  std::vector<std::string> first_problems;  ///< up to 20, with file and line
};

/// Imports the file in units of a fixed number of lines, each of which is durable once it is written: after a kill the
/// same request goes on with the first unit that lacks. Memory holds one unit and four bytes per trial of the store. A
/// trial that the store has already, unless it had no answer before, is dropped and listed. Throws InputError for an
/// unreadable file or mapping, for a file of which no line gives a trial, and with `strict` for the first unreadable
/// line; nothing is left of the import then.
ImportSummary import_trials(const ImportRequest& request, const TrialContext& context);

}  // namespace meridian::trials
