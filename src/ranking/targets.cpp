#include "ranking/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "error.hpp"
#include "findings/columns.hpp"
#include "inference/two_sample.hpp"
#include "ranking/scores.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::ranking {
namespace {

using findings::real_column;
using findings::text_column;

/// A quantity of the file: what it belongs to and where it is kept.
struct Quantity {
  std::string name;
  const std::vector<std::string>* names;
  std::vector<double>* values;
  bool needed;
};

std::vector<Quantity> quantities(Targets& targets, const Catalog& catalog) {
  const auto *dimensions = &catalog.dimensions, *groups = &catalog.groups;
  return {{"dimension_mean", dimensions, &targets.dimension_means, true},
          {"cohesion", groups, &targets.cohesion, true},
          {"cohesion_sd", groups, &targets.cohesion_sd, false},
          {"primary", dimensions, &targets.primary, false},
          {"secondary", dimensions, &targets.secondary, false}};
}

/// The index of a word among these; InputError where it stands if it is none of them.
std::size_t place_of(const tables::CsvReader& reader, std::size_t column, const std::vector<std::string>& names) {
  const auto found = std::find(names.begin(), names.end(), std::string(reader.text(column)));
  if (found == names.end())
    throw InputError(reader.where(column), tables::shown(reader.text(column)), "one of " + tables::shown_list(names),
                     "Correct it");
  return static_cast<std::size_t>(found - names.begin());
}

double total_votes(const Study& study, const Results& results, std::size_t place, std::size_t dimension) {
  double total = 0;
  for (const auto& scores : results.scores) total += votes(scores, place, study.settings.fractional_tally)[dimension];
  return total;
}

/// Adds the line unless nothing is printed.
void add(findings::Table& table, const char* quantity, const std::string& which, double target, double found) {
  if (!std::isnan(target)) table.add({quantity, which, target, found, found - target});
}

}  // namespace

Targets read_targets(const std::filesystem::path& file, const Catalog& catalog) {
  Targets targets;
  const std::vector<Quantity> known = quantities(targets, catalog);
  std::vector<std::string> words;
  for (const Quantity& quantity : known) {
    words.push_back(quantity.name);
    quantity.values->assign(quantity.names->size(), std::numeric_limits<double>::quiet_NaN());
  }
  tables::CsvReader reader(file);
  const std::size_t word = reader.column("quantity"), which = reader.column("which"), value = reader.column("value");
  while (reader.next()) {
    const Quantity& quantity = known[place_of(reader, word, words)];
    (*quantity.values)[place_of(reader, which, *quantity.names)] = reader.number(value);
  }
  for (const Quantity& quantity : known)
    if (quantity.needed &&
        std::any_of(quantity.values->begin(), quantity.values->end(), [](double one) { return std::isnan(one); }))
      throw InputError(file.string(), "a dimension or group without " + quantity.name, "one line for each",
                       "Add the line");
  return targets;
}

findings::Table target_table(const Study& study, const Results& results, const Targets& targets) {
  findings::Table table{"targets",
                        "How near the synthetic rankings come to the printed figures",
                        "cohesion: mean of Spearman's rho over the pairs of a group, cohesion_sd its SD; primary and "
                        "secondary: models that put the dimension first and second; w: Kendall's W of a model.",
                        {text_column("quantity"), text_column("which"), real_column("target"), real_column("found"),
                         real_column("difference")},
                        {}};
  const Catalog& catalog = study.catalog;
  std::vector<std::size_t> all(study.rows.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  for (std::size_t d = 0; d < catalog.dimensions.size(); ++d) {
    const std::string& which = catalog.dimensions[d];
    add(table, "dimension_mean", which, targets.dimension_means[d],
        inference::moments(column(results.scores, all, d)).mean);
    add(table, "primary", which, targets.primary[d], total_votes(study, results, 0, d));
    add(table, "secondary", which, targets.secondary[d], total_votes(study, results, 1, d));
  }
  for (std::size_t g = 0; g < catalog.groups.size(); ++g) {
    const auto moments = inference::moments(pairs_within(results.agreement.spearman, catalog.models_of(g)));
    add(table, "cohesion", catalog.groups[g], targets.cohesion[g], moments.mean);
    add(table, "cohesion_sd", catalog.groups[g], targets.cohesion_sd[g], std::sqrt(moments.variance));
  }
  for (std::size_t i = 0; i < study.rows.size(); ++i)
    add(table, "w", catalog.models[i].name, catalog.models[i].stability, results.stability[i]);
  return table;
}

}  // namespace meridian::ranking
