#pragma once
// From what a file calls a person's country or group to the label used in the study.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "findings/ledger.hpp"
#include "tables/csv.hpp"

namespace meridian::survey {

class Groups {
 public:
  enum class Others {
    accept,   ///< any text is its own label
    exclude,  ///< people of other groups are left out, with a line in the ledger
    refuse,   ///< another group is an error
  };
  /// `labels`: text in the file -> label.
  Groups(std::vector<std::pair<std::string, std::string>> labels, Others others)
      : labels_(std::move(labels)), others_(others) {}

  /// The label (until the next call), or nullptr if the group is left out. Throws InputError for an empty field or a
  /// refused group.
  const std::string* find(const tables::CsvReader& csv, std::size_t column);
  /// Writes what was left out, of `rows` people or rows, to the ledger.
  void report(const std::string& source, const std::string& unit, std::int64_t rows, findings::Ledger& ledger) const;

 private:
  [[noreturn]] void refuse(const tables::CsvReader& csv, std::size_t column) const;
  std::vector<std::pair<std::string, std::string>> labels_;
  Others others_;
  std::vector<std::pair<std::string, std::int64_t>> excluded_;  // group -> rows
};

}  // namespace meridian::survey
