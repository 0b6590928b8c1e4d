#include "analysis/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meridian::analysis {
namespace {

using findings::Cell;
using findings::Kind;

using Quadruple = std::array<Cell, 4>;  ///< estimate, limits, p

/// Rows found by block and term, in the order in which they first come.
class Aligned {
 public:
  explicit Aligned(std::size_t fits) : fits_(fits) {}
  void set(std::size_t fit, const std::string& block, const std::string& term, const Quadruple& cells) {
    auto row =
        std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) { return r.block == block && r.term == term; });
    if (row == rows_.end()) row = rows_.insert(rows_.end(), {block, term, std::vector<Quadruple>(fits_)});
    row->cells[fit] = cells;
  }
  void write(findings::Table& table) const {
    for (const char* block : {"fixed", "random", "levels", "fit"})
      for (const Row& row : rows_) {
        if (row.block != block) continue;
        std::vector<Cell> cells = {row.block, row.term};
        for (const Quadruple& own : row.cells) cells.insert(cells.end(), own.begin(), own.end());
        table.add(std::move(cells));
      }
  }

 private:
  struct Row {
    std::string block, term;
    std::vector<Quadruple> cells;
  };
  std::size_t fits_;
  std::vector<Row> rows_;
};

void add_fit(std::size_t at, const NamedFit& named, Aligned& rows) {
  const models::Fit& fit = *named.fit;
  const auto single = [&](const char* block, const std::string& term, double value) {
    rows.set(at, block, term, {Cell{value}, {}, {}, {}});
  };
  for (const models::Coefficient& c : fit.coefficients)
    rows.set(at, "fixed", c.term, {c.estimate, c.conf_low, c.conf_high, c.p_value});
  for (const models::VarianceComponent& c : fit.variance_components) {
    if (c.group == "Residual") continue;
    const std::string term = c.term2.empty() ? "SD of " + c.term1 : "correlation of " + c.term1 + " and " + c.term2;
    single("random", c.group + ": " + term, c.sd_or_corr);
  }
  for (const models::GroupSize& group : fit.groups)
    single("levels", "N of " + group.name, static_cast<double>(group.levels));
  single("fit", "rows", static_cast<double>(fit.nobs));
  single("fit", "sigma", fit.sigma);
  single("fit", "ICC", named.statistics->icc);
  single("fit", "R2 marginal", named.statistics->r2_marginal);
  single("fit", "R2 conditional", named.statistics->r2_conditional);
  single("fit", fit.method == models::Method::ml ? "ML criterion" : "REML criterion", fit.criterion);
}

}  // namespace

findings::Table side_by_side_table(const std::vector<NamedFit>& fits) {
  findings::Table table;
  table.name = "side_by_side";
  table.title = "Mixed models side by side";
  table.columns = {{"block", Kind::text, ""}, {"term", Kind::text, ""}};
  Aligned rows(fits.size());
  for (std::size_t i = 0; i < fits.size(); ++i) {
    for (const char* what : {"estimate", "conf_low", "conf_high", "p_value"})
      table.columns.push_back({fits[i].name + "_" + what, Kind::real, ""});
    table.caption += fmt::format("{}: {}, {}. ", fits[i].name, fits[i].fit->formula,
                                 fits[i].fit->method == models::Method::ml ? "maximum likelihood" : "REML");
    add_fit(i, fits[i], rows);
  }
  table.caption +=
      "95 % limits and p-values with Satterthwaite's degrees of freedom. Random effects: standard deviations and "
      "correlations.";
  rows.write(table);
  return table;
}

}  // namespace meridian::analysis
