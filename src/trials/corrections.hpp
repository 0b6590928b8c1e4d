#pragma once
// Doubtful answers, written out for a person and read back.
#include <filesystem>
#include <map>
#include <string>

#include "trials/trial.hpp"

namespace meridian::trials {

/// What a person said of a text under a trial: keyed by trial and SHA-256 of the text, so that a correction never
/// meets another text.
using Corrections = std::map<std::pair<TrialKey, std::string>, ParsedAnswer>;

/// STORE/corrections.csv; empty if there is none.
Corrections read_corrections(const std::filesystem::path& store);

/// Applies the correction of this text, if there is one.
void correct(Trial& trial, const Corrections& corrections);

/// Writes every doubtful trial of the store, and every one without an answer whose text is not empty, with an empty
/// column `correction`; returns how many. The column takes a whole number, `refused` or `none`.
std::size_t write_review(const std::filesystem::path& store, const std::filesystem::path& file);

/// Takes the filled corrections of a review file into the store; returns how many. Throws InputError for a correction
/// that is neither, with its line.
std::size_t take_review(const std::filesystem::path& store, const std::filesystem::path& file);

}  // namespace meridian::trials
