#include "analysis/median_split.hpp"

#include <algorithm>
#include <cmath>

#include "inference/contingency.hpp"

namespace meridian::analysis {

MedianSplit::MedianSplit(const panel::Panel& panel, const Layout& layout)
    : panel_(panel),
      layout_(layout),
      medians_(layout.models.size(), StreamedQuantiles({0.5})),
      counts_(layout.models.size(), std::vector<std::int64_t>(2 * layout.nations.size(), 0)) {}

void MedianSplit::count(std::size_t model, std::int32_t nation, double cosine) {
  const bool above = cosine > medians_[model].quantiles().front();
  ++counts_[model][2 * static_cast<std::size_t>(nation) + (above ? 0 : 1)];
}

void MedianSplit::add(const similarity::Tile& tile) {
  const std::size_t first = std::max(tile.first, layout_.people.first);
  const std::size_t last = std::min(tile.first + tile.people, layout_.people.first + layout_.people.count);
  for (std::size_t person = first; person < last; ++person) {
    const std::int32_t nation = panel_.people.nation[person];
    const std::vector<Cell>& cells = layout_.cells[static_cast<std::size_t>(nation)];
    for (std::size_t row = 0; row < layout_.rows_per_variant(); ++row) {
      const Cell& cell = cells[row];
      const double cosine = tile.row(0, cell.condition * panel_.models.size() + cell.model)[person - tile.first];
      if (std::isnan(cosine)) continue;
      const std::size_t model = row % layout_.models.size();
      if (counting_)
        count(model, nation, cosine);
      else
        medians_[model].add(cosine);
    }
  }
}

bool MedianSplit::next_pass() {
  if (counting_) return false;
  bool more = false;
  for (StreamedQuantiles& median : medians_) more = median.next_pass() || more;
  counting_ = !more;
  return true;
}

findings::Table MedianSplit::table() const {
  using findings::Kind;
  findings::Table table;
  table.name = "chi_square";
  table.title = "Nation and similarity above the model's median";
  table.caption =
      "Chi-square tests with Yates' correction; 1: " + layout_.nations[0] + ", 2: " + layout_.nations[1] + ".";
  table.columns = {{"llm", Kind::text, ""},          {"llm_name", Kind::text, ""},   {"origin", Kind::text, ""},
                   {"median", Kind::real, "cosine"}, {"above_1", Kind::integer, ""}, {"below_1", Kind::integer, ""},
                   {"above_2", Kind::integer, ""},   {"below_2", Kind::integer, ""}, {"statistic", Kind::real, ""},
                   {"df", Kind::real, ""},           {"p_value", Kind::real, ""}};
  for (std::size_t m = 0; m < layout_.models.size(); ++m) {
    const survey::Model& model = panel_.models[layout_.models[m]];
    const auto& c = counts_[m];
    const inference::ChiSquare test = inference::chi_square({2, 2, {c[0], c[1], c[2], c[3]}});
    table.add({model.name, model.display_name, model.origin, medians_[m].quantiles().front(), c[0], c[1], c[2], c[3],
               test.statistic, test.df, test.p_value});
  }
  return table;
}

}  // namespace meridian::analysis
