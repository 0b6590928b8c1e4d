#include "verification/known_differences.hpp"

#include <cmath>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::verification {

KnownDifferences::KnownDifferences(const std::filesystem::path& file) {
  tables::CsvReader csv(file);
  const std::size_t survey = csv.column("survey"), analysis = csv.column("analysis"), table = csv.column("table"),
                    key = csv.column("key"), quantity = csv.column("quantity"), printed = csv.column("printed"),
                    reference = csv.column("reference_value"), tolerance = csv.column("tolerance"),
                    reason = csv.column("reason");
  const auto text = [&](std::size_t column) { return std::string(csv.text(column)); };
  while (csv.next()) {
    if (text(reason).empty())
      throw InputError(csv.where(reason), "nothing", "why the printed number differs", "Give the reason.");
    const KnownDifference known{text(printed), csv.number(reference), csv.number(tolerance), text(reason)};
    if (!cells_.emplace(Key{text(survey), text(analysis), text(table), text(key), text(quantity)}, known).second)
      throw InputError(csv.where(key), "a second line about this cell", "every cell once", "Remove one of the two.");
  }
}

const KnownDifference* KnownDifferences::find(const PrintedCell& cell) const {
  const auto known = cells_.find(Key{cell.survey, cell.analysis, cell.table, cell.key, cell.quantity});
  if (known == cells_.end() || known->second.printed != cell.printed.text) return nullptr;
  return &known->second;
}

bool excused(const KnownDifference& known, double ours) {
  return std::abs(ours - known.reference) <= known.tolerance * std::abs(known.reference);
}

}  // namespace meridian::verification
