#pragma once
// Rankings as they were given, checked, and as one row per model.
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "findings/ledger.hpp"
#include "ranking/catalog.hpp"

namespace meridian::ranking {

/// A ranking as it stands in a file, before any check.
struct GivenRanking {
  std::size_t model = 0;
  std::string replicate, language, version;  ///< empty where the file has no such column
  std::vector<double> ranks;                 ///< per term; NaN where none is given
  std::string where;                         ///< "file:line"
  std::vector<std::string> faults;           ///< found while reading: "term given twice", "unknown term in the answer"
};

/// A ranking that passed the checks: one midrank per term.
struct Ranking {
  std::size_t model = 0;
  std::string replicate, language, version;
  std::vector<double> ranks;
};

enum class Format { automatic, long_table, wide_table, answers };
enum class Repair {
  reject,       ///< only permutations of 1..k are taken
  midrank,      ///< complete lists are ranked anew by the numbers given, ties get the mean rank
  append_last,  ///< missing terms share the mean of the unused ranks
};
enum class Reduction { mean, median, first, consensus };

/// Columns: model, then replicate, language, version where they exist, and by format term and rank; or one column per
/// term; or `answer`, the text of a model with a numbered list. Throws InputError for an unknown model or term (naming
/// the closest) and for a rank that is no number; an empty rank is a missing term.
std::vector<GivenRanking> read_rankings(const std::filesystem::path& file, Format format, const Catalog& catalog);

/// Checks every ranking and applies the policy. What is left out, and what is repaired, is counted by its first fault.
std::vector<Ranking> checked(const std::vector<GivenRanking>& given, Repair repair, const std::string& source,
                             findings::Ledger& ledger);

/// One row of ranks per model of the catalog; a model without rankings has an empty row.
std::vector<std::vector<double>> reduced(const std::vector<Ranking>& rankings, std::size_t models, Reduction how);

/// The rows of several replicates of one model as one.
std::vector<double> reduced_row(const std::vector<const Ranking*>& replicates, Reduction how);

}  // namespace meridian::ranking
