#include "uncertainty/adjustment.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "error.hpp"
#include "models/design.hpp"

namespace meridian::uncertainty {
namespace {

std::map<std::string, std::size_t> rows_by_name(const Adjustment& adjustment) {
  const models::Variable& key = adjustment.covariates.find(adjustment.key);
  std::map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < key.codes.size(); ++row) {
    if (key.codes[row] < 0) continue;
    const std::string& name = key.levels[static_cast<std::size_t>(key.codes[row])];
    if (!rows.emplace(name, row).second)
      throw InputError("--covariates", fmt::format("{} '{}' twice", adjustment.key, name), "one row per unit",
                       "Remove one of the rows.");
  }
  return rows;
}

models::Formula parsed(const std::string& text) {
  models::Formula formula = models::parse_formula("~ " + text);
  if (formula.response || !formula.random.empty() || !formula.fixed.intercept)
    throw InputError("--adjust", "'" + text + "'", "a sum of covariates such as log(parameters) + released",
                     "Leave out ~, bars and 0.");
  return formula;
}

models::Frame units_frame(const Adjustment& adjustment, const std::vector<std::size_t>& rows) {
  models::Frame frame;
  for (const models::Variable& variable : adjustment.covariates.variables) {
    models::Variable own = variable;
    own.numeric.clear();
    own.codes.clear();
    for (const std::size_t row : rows)
      if (variable.is_factor)
        own.codes.push_back(variable.codes[row]);
      else
        own.numeric.push_back(variable.numeric[row]);
    frame.variables.push_back(std::move(own));
  }
  return frame;
}

}  // namespace

AdjustedUnits adjusted_units(const Adjustment& adjustment, const std::vector<std::string>& units) {
  const models::Formula formula = parsed(adjustment.formula);
  const auto row_of = rows_by_name(adjustment);
  std::vector<std::size_t> found, rows;
  for (std::size_t unit = 0; unit < units.size(); ++unit)
    if (const auto row = row_of.find(units[unit]); row != row_of.end()) {
      found.push_back(unit);
      rows.push_back(row->second);
    }
  if (found.empty())
    throw InputError("--covariates", "none of the " + std::to_string(units.size()) + " units",
                     "rows with a column " + adjustment.key + " that names them as the run does",
                     "Name them as the tables of the run do.");
  models::DesignOptions options;
  options.response_required = false;
  const models::Design design = models::build_design(formula, units_frame(adjustment, rows), options);
  AdjustedUnits adjusted;
  adjusted.columns = design.x;
  for (const std::size_t row : design.kept_rows) adjusted.kept.push_back(found[row]);
  const std::set<std::size_t> kept(adjusted.kept.begin(), adjusted.kept.end());
  for (std::size_t unit = 0; unit < units.size(); ++unit)
    if (!kept.count(unit)) adjusted.left_out.push_back(units[unit]);
  return adjusted;
}

}  // namespace meridian::uncertainty
