#include "ranking/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace meridian::ranking {
namespace {

using findings::Table;

constexpr double kLevel = 0.05;
constexpr std::size_t kShownTerms = 3;

const Table& table_of(const std::vector<findings::Section>& sections, const std::string& name) {
  static const Table none;
  for (const findings::Section& section : sections)
    for (const Table& table : section.tables)
      if (table.name == name) return table;
  return none;
}

/// Cells of a row by the column's name.
struct Row {
  const Table& table;
  std::size_t number;
  std::string text(const char* column) const { return findings::to_text(table.rows[number][table.column(column)]); }
  double value(const char* column) const {
    const auto* found = std::get_if<double>(&table.rows[number][table.column(column)]);
    return found ? *found : std::nan("");
  }
};

std::string term(const Row& row) { return fmt::format("{} ({:.1f})", row.text("term"), row.value("mean_rank")); }

/// The terms stand in the order of their mean ranks.
std::string ends_sentence(const Table& terms) {
  const std::size_t count = terms.rows.size(), shown = std::min(kShownTerms, count / 2);
  std::vector<std::string> first, last;
  for (std::size_t i = 0; i < shown; ++i) {
    first.push_back(term({terms, i}));
    last.push_back(term({terms, count - shown + i}));
  }
  return fmt::format("First on average (mean rank): {}; last: {}.", fmt::join(first, ", "), fmt::join(last, ", "));
}

/// One for each pair of groups.
std::vector<std::string> group_sentences(const Table& tests) {
  std::vector<std::string> pairs;
  std::map<std::string, std::pair<std::size_t, std::vector<std::string>>> found;  // dimensions tested, and that differ
  for (std::size_t i = 0; i < tests.rows.size(); ++i) {
    const Row row{tests, i};
    const std::string pair = row.text("group_1") + " and " + row.text("group_2");
    if (found.count(pair) == 0) pairs.push_back(pair);
    auto& [tested, different] = found[pair];
    ++tested;
    if (row.value("p_holm") < kLevel)
      different.push_back(fmt::format("{} ({})", row.text("dimension"), row.text("direction")));
  }
  std::vector<std::string> sentences;
  for (const std::string& pair : pairs) {
    const auto& [tested, different] = found[pair];
    const std::string which = different.empty() ? "" : fmt::format(": {}", fmt::join(different, ", "));
    sentences.push_back(fmt::format("{} differ in {} of {} dimensions (Mann-Whitney, Holm's p < .05){}.", pair,
                                    different.empty() ? "none" : std::to_string(different.size()), tested, which));
  }
  return sentences;
}

/// Of each group, with the interval over its models.
std::string agreement_sentence(const Table& cohesion) {
  std::vector<std::string> groups;
  for (std::size_t i = 0; i < cohesion.rows.size(); ++i) {
    const Row row{cohesion, i};
    if (row.text("coefficient") != "rho" || row.text("interval") != "models" || !std::isfinite(row.value("mean")))
      continue;
    const double low = row.value("conf_low"), high = row.value("conf_high");
    groups.push_back(fmt::format("{} {:.2f}", row.text("group"), row.value("mean")) +
                     (std::isfinite(low) ? fmt::format(" (95 % limits {:.2f} to {:.2f})", low, high) : ""));
  }
  if (groups.empty()) return "";
  return fmt::format("Mean correlation of two models' rankings (Spearman): {}.", fmt::join(groups, ", "));
}

}  // namespace

findings::Section summary_section(const std::string& sample, const std::vector<findings::Section>& sections) {
  findings::Section section{"summary", "Summary", "tables/summary", {sample}, {}, {}};
  section.paragraphs.push_back(ends_sentence(table_of(sections, "term_means")));
  for (std::string& sentence : group_sentences(table_of(sections, "dimension_tests")))
    section.paragraphs.push_back(std::move(sentence));
  if (std::string sentence = agreement_sentence(table_of(sections, "cohesion")); !sentence.empty())
    section.paragraphs.push_back(std::move(sentence));
  return section;
}

}  // namespace meridian::ranking
