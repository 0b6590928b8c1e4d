#pragma once
// What a layer of the audit is: it reads the options of its section and checks its files, then does its work on all
// ranks. commands/audit.cpp holds the table from kinds to layers.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "audit/model_registry.hpp"
#include "audit/team.hpp"
#include "findings/document.hpp"
#include "tables/settings.hpp"

namespace meridian::audit {

struct Settings {
  std::uint64_t seed = 1;
  std::size_t replicates = 1000;     ///< of bootstraps
  std::size_t permutations = 10000;  ///< sampled where there are more than these; else all are taken
  double confidence = 0.95;
};

/// One line of the governance summary.
struct SummaryEntry {
  std::string model;
  std::string metric;  ///< in words, with what it is about: "share choosing truth over loyalty"
  double value = 0;
  double low = 0, high = 0;  ///< NaN: no interval
  std::string interval;      ///< how it was made: "Wilson", "bootstrap over dilemmas"
  std::int64_t n = 0;        ///< what the value rests on, in the layer's units
  std::string caution = {};  ///< what forbids to take the value at face; empty: nothing seen
};

struct LayerResult {
  findings::Section section;  ///< title, tables, figures and notes; id and folder are set by the command
  findings::Ledger ledger;
  std::vector<SummaryEntry> summary;
};

/// What a layer reads its section from. `options` must be asked for every key, then finish() is called on it.
struct LayerInput {
  std::string name;  ///< of the instance: [layer NAME]
  tables::Section options;
  std::vector<std::filesystem::path> folders;  ///< relative paths are looked for here, in this order
  Settings settings;
  ModelRegistry models;
  std::vector<std::filesystem::path> files = {};  ///< every file asked for: they decide the results

  /// The file that `key` names. Throws InputError naming line and key if the key is missing or no such file is there;
  /// `meaning`: what it holds, for the message.
  std::filesystem::path file(const std::string& key, const std::string& meaning);
  /// The same for a list of files, at least one.
  std::vector<std::filesystem::path> file_list(const std::string& key, const std::string& meaning);
  /// An empty path if the key is not given.
  std::filesystem::path optional_file(const std::string& key, const std::string& meaning);
  /// Throws InputError for the first of the names that the job gives under `key` and that is not among the known ones;
  /// names that stand there by default need not occur.
  void require_known(const std::string& key, const std::vector<std::string>& names,
                     const std::vector<std::string>& known) const;

 private:
  std::filesystem::path found(const std::string& wanted, const std::string& key, const std::string& meaning);
};

/// Collective; the same result on every rank.
using Work = std::function<LayerResult(const Team& team)>;
/// Reads options and looks at files, computes nothing; throws InputError for what is wrong with them.
using Layer = Work (*)(LayerInput& input);

}  // namespace meridian::audit
