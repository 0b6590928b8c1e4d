#include "analysis/mean_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "error.hpp"
#include "inference/multiplicity.hpp"
#include "models/cell_means.hpp"
#include "models/coefficient_table.hpp"

namespace meridian::analysis {
namespace {

using findings::Cell;
using findings::Kind;
using models::LinearFunction;
using Names = std::vector<std::string>;

Cell number(double value) { return std::isnan(value) ? Cell{} : Cell{value}; }

bool holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Linear functions with the levels called by name.
std::vector<LinearFunction> named_means(const FittedModel& model, const Names& variables) {
  auto means = models::cell_means(model.design, model.formula, model.frame, model.options, variables);
  for (LinearFunction& mean : means)
    for (std::size_t v = 0; v < variables.size(); ++v) {
      const auto names = model.names.find(variables[v]);
      if (names == model.names.end()) continue;
      const auto name = names->second.find(mean.levels[v]);
      if (name != names->second.end()) mean.levels[v] = name->second;
    }
  return means;
}

models::Coefficient test(const FittedModel& model, const LinearFunction& function, double level) {
  const Eigen::VectorXd row = function.row.transpose();
  if (!function.estimable) {
    const double none = std::nan("");
    return {"", none, none, none, none, none, none, none};
  }
  const double variance = row.dot(model.fit.vcov * row);
  return models::t_test("", row.dot(model.fit.beta), std::sqrt(variance), model.df(row), level);
}

double response(models::Family family, double predictor) {
  return family == models::Family::binomial ? 1 / (1 + std::exp(-predictor)) : std::exp(predictor);
}

/// "nation = China, origin = USA", of the variables chosen.
std::string described(const Names& variables, const LinearFunction& mean, const Names& chosen) {
  Names parts;
  for (std::size_t v = 0; v < variables.size(); ++v)
    if (holds(chosen, variables[v])) parts.push_back(variables[v] + " = " + mean.levels[v]);
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string level_words(const Names& variables, const LinearFunction& mean, const Names& chosen) {
  Names parts;
  for (std::size_t v = 0; v < variables.size(); ++v)
    if (holds(chosen, variables[v])) parts.push_back(mean.levels[v]);
  return fmt::format("{}", fmt::join(parts, " "));
}

findings::Table empty_means(const FittedModel& model, double level) {
  findings::Table table;
  table.name = "cell_means";
  table.title = "Estimated cell means";
  table.caption = fmt::format(
      "Predictions of the fixed part at every combination of levels, averaged with equal weights over the factors not "
      "named, covariates at their means; {:g} % intervals, not adjusted for their number.{}",
      100 * level, model.family ? " On the scale of the link; response: the same as a probability or count." : "");
  table.columns = {{"variables", Kind::text, ""}, {"cell", Kind::text, ""}};
  for (const char* name : {"estimate", "std_error", "df", "conf_low", "conf_high"})
    table.columns.push_back({name, Kind::real, ""});
  if (model.family)
    for (const char* name : {"response", "response_low", "response_high"})
      table.columns.push_back({name, Kind::real, ""});
  return table;
}

Cell degrees_of_freedom(double df) { return std::isfinite(df) ? Cell{df} : Cell{}; }

void add_means(const FittedModel& model, const MeansRequest& request, const std::vector<LinearFunction>& means,
               double level, findings::Table& table) {
  for (const LinearFunction& mean : means) {
    const models::Coefficient row = test(model, mean, level);
    std::vector<Cell> cells = {fmt::format("{}", fmt::join(request.variables, ", ")),
                               described(request.variables, mean, request.variables),
                               number(row.estimate),
                               number(row.std_error),
                               degrees_of_freedom(row.df),
                               number(row.conf_low),
                               number(row.conf_high)};
    if (model.family)
      for (const double value : {row.estimate, row.conf_low, row.conf_high})
        cells.push_back(number(response(*model.family, value)));
    table.add(std::move(cells));
  }
}

findings::Table empty_contrasts(double level) {
  findings::Table table;
  table.name = "contrasts";
  table.title = "Contrasts of cell means";
  table.caption = fmt::format(
      "Differences of cells within the levels of the other variables; of more than {} cells each against the first. "
      "holm_p_value: Holm's adjustment over the contrasts of the same variables within the same levels; {:g} % "
      "intervals, not adjusted.",
      kMostCellsInPairs, 100 * level);
  table.columns = {{"variables", Kind::text, ""}, {"within", Kind::text, ""}, {"contrast", Kind::text, ""}};
  for (const char* name :
       {"estimate", "std_error", "df", "statistic", "p_value", "holm_p_value", "conf_low", "conf_high"})
    table.columns.push_back({name, Kind::real, ""});
  return table;
}

struct NamedFunction {
  std::string name;
  LinearFunction function;
};

/// One family: adjusted together.
void add_family(const FittedModel& model, const std::string& variables, const std::string& within,
                const std::vector<NamedFunction>& family, double level, findings::Table& table) {
  std::vector<models::Coefficient> tests;
  std::vector<double> p_values;
  for (const NamedFunction& one : family) {
    tests.push_back(test(model, one.function, level));
    p_values.push_back(tests.back().p_value);
  }
  const std::vector<double> adjusted = inference::adjust(p_values, inference::Adjustment::holm);
  for (std::size_t i = 0; i < family.size(); ++i)
    table.add({variables, within.empty() ? Cell{} : Cell{within}, family[i].name, number(tests[i].estimate),
               number(tests[i].std_error), degrees_of_freedom(tests[i].df), number(tests[i].statistic),
               number(tests[i].p_value), number(adjusted[i]), number(tests[i].conf_low), number(tests[i].conf_high)});
}

NamedFunction difference(const Names& variables, const Names& compared, const LinearFunction& first,
                         const LinearFunction& second) {
  return {level_words(variables, first, compared) + " - " + level_words(variables, second, compared),
          {{}, first.row - second.row, first.estimable && second.estimable}};
}

void add_comparisons(const FittedModel& model, const Names& variables, const Names& compared,
                     const std::vector<LinearFunction>& means, double level, findings::Table& table) {
  Names others;
  for (const std::string& variable : variables)
    if (!holds(compared, variable)) others.push_back(variable);
  std::vector<std::pair<std::string, std::vector<const LinearFunction*>>> groups;
  for (const LinearFunction& mean : means) {
    const std::string within = described(variables, mean, others);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == within; });
    if (group == groups.end()) group = groups.insert(groups.end(), {within, {}});
    group->second.push_back(&mean);
  }
  for (const auto& [within, cells] : groups) {
    std::vector<NamedFunction> family;
    const std::size_t firsts = cells.size() > kMostCellsInPairs ? 1 : cells.size();
    for (std::size_t first = 0; first < firsts; ++first)
      for (std::size_t second = first + 1; second < cells.size(); ++second)
        family.push_back(firsts == 1 ? difference(variables, compared, *cells[second], *cells[first])
                                     : difference(variables, compared, *cells[first], *cells[second]));
    add_family(model, fmt::format("{}", fmt::join(compared, ", ")), within, family, level, table);
  }
}

void add_named(const FittedModel& model, const Names& variables, const std::vector<CellContrast>& contrasts,
               const std::vector<LinearFunction>& means, double level, findings::Table& table) {
  std::vector<NamedFunction> family;
  for (const CellContrast& contrast : contrasts) {
    if (contrast.weights.size() != means.size())
      throw InputError("--cell-contrast " + contrast.name, fmt::format("{} weights", contrast.weights.size()),
                       fmt::format("{}, one per cell", means.size()), "The order is that of cell_means.csv");
    LinearFunction sum{{}, Eigen::RowVectorXd::Zero(model.fit.beta.size()), true};
    for (std::size_t cell = 0; cell < means.size(); ++cell) {
      sum.row += contrast.weights[cell] * means[cell].row;
      sum.estimable = sum.estimable && (contrast.weights[cell] == 0 || means[cell].estimable);
    }
    family.push_back({contrast.name, sum});
  }
  if (!family.empty()) add_family(model, fmt::format("{}", fmt::join(variables, ", ")), "", family, level, table);
}

}  // namespace

std::vector<findings::Table> mean_tables(const FittedModel& model, const std::vector<MeansRequest>& requests,
                                         const std::vector<CellContrast>& cell_contrasts, double level) {
  findings::Table means = empty_means(model, level), contrasts = empty_contrasts(level);
  for (const MeansRequest& request : requests) {
    const std::vector<LinearFunction> functions = named_means(model, request.variables);
    add_means(model, request, functions, level, means);
    for (const Names& compared : request.compared)
      add_comparisons(model, request.variables, compared, functions, level, contrasts);
    add_named(model, request.variables, cell_contrasts, functions, level, contrasts);
  }
  return {std::move(means), std::move(contrasts)};
}

}  // namespace meridian::analysis
