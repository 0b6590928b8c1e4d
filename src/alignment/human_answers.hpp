#pragma once
// What people of each country answered: one distribution over a question's options per country and question.
#include <filesystem>
#include <string>
#include <vector>

#include "audit/records.hpp"

namespace meridian::alignment {

struct Question {
  std::string name;
  std::vector<std::string> options;  ///< letters or codes, in the question's order
};

struct HumanRecord {
  std::size_t country = 0, question = 0;
  std::vector<double> shares;  ///< per option, sum 1
};

struct HumanAnswers {
  std::vector<std::string> countries;
  std::vector<Question> questions;
  std::vector<HumanRecord> records;         ///< each country and question at most once, in the files' order
  std::size_t fractions = 0, percents = 0;  ///< records that sum to about 1, to about 100
  std::size_t off = 0;  ///< of these, how many miss their sum by more than 1 %; normalised all the same

  /// Index of the record, or npos.
  std::size_t find(const std::string& country, const std::string& question) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Records of Cao et al. 2025 (arXiv 2502.07068): an array of {id, instruction "How would someone from X answer ...",
/// options ["(A)label", ...], options_dist {letter: share}}; letters without share have 0. A sum up to 2 is read as
/// fractions, else as percents. Left out, in `faults`: no country, no option, a share that is negative or no number,
/// sum 0, other options than the question's first record, a country and question met before. Throws InputError unless
/// the file is such an array.
void read_distribution_records(const std::filesystem::path& file, HumanAnswers& answers, audit::RowFaults& faults);

/// Rows question, country, option, share (mapped); options of a question are sorted, numbers by value.
void read_distribution_rows(const audit::RecordFiles& files, HumanAnswers& answers, audit::RowFaults& faults);
const std::vector<audit::RecordField>& distribution_fields();

}  // namespace meridian::alignment
