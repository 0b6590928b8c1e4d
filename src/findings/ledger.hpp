#pragma once
// What was excluded, by which rule, how often. Nothing is dropped without a line here.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "findings/table.hpp"

namespace meridian::findings {

struct Exclusion {
  std::string source;  ///< file or analysis
  std::string unit;    ///< what is counted: "people", "models", "trials", "rows"
  std::string rule;    ///< the rule in words, e.g. "not a national (Q254 = 5)"
  std::int64_t count = 0;
  std::int64_t of = 0;                ///< how many were looked at by this rule
  std::vector<std::string> examples;  ///< the first few ids or file:line, at most 5
};

class Ledger {
 public:
  /// Counts one exclusion under (source, unit, rule), keeping the first examples.
  void add(const std::string& source, const std::string& unit, const std::string& rule, const std::string& example,
           std::int64_t count = 1);
  /// States how many units the rule looked at; makes the line appear even with count 0.
  void looked_at(const std::string& source, const std::string& unit, const std::string& rule, std::int64_t of);
  /// Adds another ledger's counts line by line.
  void append(const Ledger& other);
  /// Puts back a line that was written to disk.
  void restore(Exclusion line) { lines_.push_back(std::move(line)); }
  const std::vector<Exclusion>& lines() const { return lines_; }
  /// Columns source, unit, rule, count, of, examples.
  Table table() const;

 private:
  Exclusion& line(const std::string& source, const std::string& unit, const std::string& rule);
  std::vector<Exclusion> lines_;
};

}  // namespace meridian::findings
