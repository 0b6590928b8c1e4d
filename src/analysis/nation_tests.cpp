#include "analysis/nation_tests.hpp"

#include "inference/two_sample.hpp"

namespace meridian::analysis {
namespace {

inference::Moments sample(const Summary& summary) {
  return {static_cast<std::size_t>(summary.count), summary.mean, summary.variance()};
}

}  // namespace

findings::Table welch_table(const panel::Panel& panel, const Layout& layout, const Moments& moments) {
  using findings::Kind;
  findings::Table table;
  table.name = "welch_t";
  table.title = "Difference between nations in similarity with each model";
  table.caption = "Welch's t test, " + layout.nations[0] + " (1) minus " + layout.nations[1] + " (2); 95 % limits.";
  table.columns = {{"llm", Kind::text, ""}, {"llm_name", Kind::text, ""}, {"origin", Kind::text, ""}};
  for (const char* name :
       {"mean_1", "mean_2", "estimate", "statistic", "df", "p_value", "conf_low", "conf_high", "std_error"})
    table.columns.push_back({name, Kind::real, ""});
  for (std::size_t m = 0; m < layout.models.size(); ++m) {
    Summary nations[2];
    for (std::int32_t nation = 0; nation < 2; ++nation)
      for (std::size_t row = m; row < layout.rows_per_variant(); row += layout.models.size())
        nations[nation].merge(summarise_row(layout, moments, nation, row));
    const inference::TwoSample test = inference::welch_t(sample(nations[0]), sample(nations[1]));
    const survey::Model& model = panel.models[layout.models[m]];
    table.add({model.name, model.display_name, model.origin, nations[0].mean, nations[1].mean, test.estimate,
               test.statistic, test.df, test.p_value, test.conf_low, test.conf_high, test.std_error});
  }
  return table;
}

}  // namespace meridian::analysis
