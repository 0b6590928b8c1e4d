#include "opinions/def_summary.hpp"

#include <fmt/format.h>

#include <cmath>

#include "audit/replicate_limits.hpp"
#include "inference/proportion.hpp"
#include "opinions/def_tables.hpp"
#include "tables/csv.hpp"

namespace meridian::opinions {
namespace {

std::string caution_of(const PreferenceDivergence& found, double value, std::size_t asked) {
  if (std::isnan(value)) return fmt::format("undefined: none of {} questions has a finite divergence", asked);
  if (found.replaced == 0) return "";
  return fmt::format("{} of {} questions got the worst divergence plus 1: models are not strictly comparable",
                     found.replaced, asked);
}

}  // namespace

void DefSummary::divergences() {
  for (std::size_t m = 0; m < study_.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study_.counts.surveys.size(); ++s) {
      const Eigen::Index place = study_.scores.overall_place(m, s);
      const auto limits = audit::replicate_limits(study_.replicates.col(place), study_.confidence);
      const PreferenceDivergence& found = study_.scores.divergence(m, s);
      const auto asked = study_.counts.asked(s).size();
      add({study_.counts.models[m], "divergence from people, " + study_.counts.surveys[s], study_.values[place],
           limits.low, limits.high, "bootstrap over questions within types", static_cast<std::int64_t>(asked),
           caution_of(found, study_.values[place], asked)});
    }
}

void DefSummary::matches_of_people() {
  for (std::size_t m = 0; m < study_.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study_.counts.surveys.size(); ++s) {
      const Matches found = matches(study_, m, s, QuestionTypes::npos);
      const auto limits = inference::wilson_interval(found.matches, found.questions, study_.confidence);
      add({study_.counts.models[m], "top answers that are people's, " + study_.counts.surveys[s],
           static_cast<double>(found.matches) / static_cast<double>(found.questions), limits.low, limits.high, "Wilson",
           found.questions});
    }
}

void DefSummary::variation() {
  for (const Preserved& one : preserved_distances(study_)) {
    if (one.pair.model == Rater::people) continue;
    const std::size_t place = study_.map.find(one.pair.model, one.pair.first);
    add({study_.rater_name(one.pair.model),
         "preserved variation, " + study_.counts.surveys[one.pair.first] + " and " +
             study_.counts.surveys[one.pair.second],
         one.ratio, one.ratio_low, one.ratio_high, "bootstrap over questions within types",
         static_cast<std::int64_t>(study_.counts.questions()),
         place < study_.map.raters.size() ? "a ratio of distances: 1 does not mean the same direction"
                                          : "no mean for some type of values: not on the map"});
  }
}

/// Tested between groups of models; their intervals stand in the tables of preferences and the map.
void DefSummary::shapes() {
  for (std::size_t m = 0; m < study_.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study_.counts.surveys.size(); ++s) {
      const std::string& model = study_.counts.models[m];
      const std::string in = ", " + study_.counts.surveys[s];
      const auto value = [&](Shape shape) { return shape_of(study_, m, s, shape).value; };
      values_.push_back({"share of divergences below one half" + in, model, value(Shape::below_half)});
      values_.push_back({"deviation of the shares over the codes" + in, model, value(Shape::deviation)});
      values_.push_back({"distance to people on the map" + in, model, value(Shape::distance)});
    }
}

void DefSummary::take(const findings::Table& table, const std::string& meaning, const std::string& column,
                      const std::vector<std::string>& where) {
  for (const auto& row : table.rows) {
    std::string metric = meaning;
    for (const std::string& name : where) metric += ", " + findings::to_text(row[table.column(name)]);
    double value = 0;
    if (tables::parse_number(findings::to_text(row[table.column(column)]), value))
      values_.push_back({metric, findings::to_text(row[table.column("model")]), value});
  }
}

}  // namespace meridian::opinions
