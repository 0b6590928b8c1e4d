#pragma once
// Every number of the printed tables, with the place in a run folder where the same number stands.
#include <filesystem>
#include <string>
#include <vector>

#include "verification/printed_number.hpp"
#include "verification/terms.hpp"

namespace meridian::verification {

struct Condition {
  std::string column, value;
};

/// A cell of one of the run's tables: "<group>/<analysis folder><suffix>/<file>", e.g. models/rq1-lm/coefficients.csv.
struct Place {
  std::string group;   ///< "tables" or "models"
  std::string suffix;  ///< "-lm" for the twin without random effects
  std::string file;
  std::vector<Condition> where;  ///< the row of a .csv; columns named term... are compared as terms
  std::string column;            ///< column of a .csv, or pointer ("/groups/llm") into a .json
};

/// One printed number.
struct PrintedCell {
  std::string survey, analysis;  ///< "MFQ2", "RQ1"
  std::string table;             ///< "mixed_fixed", ...: docs/replication.md
  std::string key;               ///< the row in words: "Chinese_ppt:Chinese_origin"
  std::string quantity;          ///< "std_error"
  PrintedNumber printed;
  Place place;
  bool counted = true;  ///< false: checked, but holds no digits of its own (p of the F test, always <2.2e-16)
};

/// Reads one file, or every .csv of a folder in the order of their names except those that hold no printed tables
/// (terms.csv, known_differences.csv, contradictions.csv). A file is recognised by its header. Empty cells are no
/// numbers. Throws InputError on an unknown header, a cell that is no number, or a path that does not exist.
std::vector<PrintedCell> read_published(const std::filesystem::path& path, const Terms& terms);

}  // namespace meridian::verification
