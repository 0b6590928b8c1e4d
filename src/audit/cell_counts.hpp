#pragma once
// How often each combination of names (model, dilemma, template, ...) met each category of answer. Memory grows with
// the combinations, not with the answers; counts of several ranks add up to the same table in any order.
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace meridian::audit {

/// The counts in an order that depends on the names alone.
struct CellTable {
  struct Cell {
    std::vector<std::uint32_t> key;    ///< per field: index into names[field]
    std::vector<std::int64_t> counts;  ///< per category
  };
  std::vector<std::vector<std::string>> names;  ///< per field: the names that occur, sorted
  std::vector<Cell> cells;                      ///< sorted by key, each combination once

  /// Index of a name of a field, or npos.
  std::size_t find(std::size_t field, const std::string& name) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

class CellCounts {
 public:
  CellCounts(std::size_t fields, std::size_t categories);
  /// `key`: one name per field. Throws Error(bug) for another number of names or an unknown category.
  void add(const std::vector<const std::string*>& key, std::size_t category, std::int64_t count = 1);
  /// For CellCounts of the same shape on another rank.
  std::string bytes() const;
  void add_bytes(const std::string& bytes);
  CellTable table() const;

 private:
  std::uint32_t index_of(std::size_t field, const std::string& name);
  std::int64_t* counts_of(const std::u32string& key);

  std::size_t categories_;
  std::vector<std::vector<std::string>> names_;                          // per field, in the order of their coming
  std::vector<std::unordered_map<std::string, std::uint32_t>> indices_;  // looked up only, never gone through
  std::unordered_map<std::u32string, std::size_t> places_;               // likewise
  std::vector<std::u32string> keys_;
  std::vector<std::int64_t> counts_;
  std::u32string scratch_;
};

}  // namespace meridian::audit
