#pragma once
// Rows that were not used, by rule, counted on every rank, with the first of the file as examples whoever met them.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "findings/ledger.hpp"

namespace meridian::audit {

class RowFaults {
 public:
  /// `file`: place in the list of files; `line`: for the order of the examples; `where`: "file:line".
  void add(const std::string& rule, std::size_t file, std::size_t line, const std::string& where);
  /// Rows looked at, used or not.
  void looked_at(std::int64_t rows) { rows_ += rows; }
  std::int64_t rows() const { return rows_; }
  std::string bytes() const;
  void add_bytes(const std::string& bytes);
  /// "40 rows; left out: broken record (38), blank score (2)", for messages where nothing is left.
  std::string told() const;
  /// One line per rule, counted as `unit` of `source`.
  void into(findings::Ledger& ledger, const std::string& source, const std::string& unit) const;

 private:
  using Place = std::pair<std::pair<std::int64_t, std::int64_t>, std::string>;
  struct Fault {
    std::int64_t count = 0;
    std::set<Place> first;  ///< at most 5
  };
  static void keep_first(std::set<Place>& places);
  std::int64_t rows_ = 0;
  std::map<std::string, Fault> faults_;
};

}  // namespace meridian::audit
