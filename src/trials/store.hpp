#pragma once
// The trial store: a folder with one folder of units per imported file, in the order of the imports, and the
// corrections that people made.
#include <filesystem>
#include <functional>
#include <vector>

#include "findings/ledger.hpp"
#include "survey/survey.hpp"
#include "trials/trial_cells.hpp"
#include "trials/trial_unit.hpp"

namespace meridian::trials {

/// True if the folder holds imports.
bool is_trial_store(const std::filesystem::path& folder);

/// STORE/import-0001, ..., ascending.
std::vector<std::filesystem::path> import_folders(const std::filesystem::path& store);

/// Calls visit for every trial in the order of the imports, with corrections applied. Throws InputError for an import
/// that was interrupted (the remedy: the same command again) and for damaged units.
void each_trial(const std::filesystem::path& store, const std::function<void(const Trial&)>& visit);

/// All trials as states. Throws as each_trial.
TrialCells read_cells(const std::filesystem::path& store);

/// SHA-256 over the stored files in order, with the corrections: what decides the answers.
std::string store_digest(const std::filesystem::path& store);

/// Models' answers for the analyses: mean, variance and single answers of every cell, in the order of the registry, of
/// languages and personas by code point, and of the instrument's items. Items and models that the study does not know
/// go to the ledger, as do trials without an answer, by outcome.
survey::ModelAnswers read_store_answers(const std::filesystem::path& store, const survey::Instrument& instrument,
                                        const std::vector<survey::Model>& registry, findings::Ledger& ledger);

}  // namespace meridian::trials
