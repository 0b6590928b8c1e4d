#include "models/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "error.hpp"
#include "models/evaluation.hpp"
#include "models/model_frame.hpp"
#include "models/model_matrix.hpp"
#include "models/rank.hpp"

namespace meridian::models {
namespace {

/// `outer:inner` with the inner level fastest, as R's `:` on factors.
Variable crossed(const Variable& outer, const Variable& inner) {
  Variable result;
  result.is_factor = true;
  const auto width = static_cast<std::int64_t>(inner.levels.size());
  std::vector<std::int64_t> pairs;
  for (std::size_t row = 0; row < outer.codes.size(); ++row)
    pairs.push_back(outer.codes[row] * width + inner.codes[row]);
  std::vector<std::int64_t> occurring =
      pairs;  // only these become levels: two large factors have too many pairs to number
  std::sort(occurring.begin(), occurring.end());
  occurring.erase(std::unique(occurring.begin(), occurring.end()), occurring.end());
  for (const std::int64_t pair : occurring)
    result.levels.push_back(outer.levels[static_cast<std::size_t>(pair / width)] + ":" +
                            inner.levels[static_cast<std::size_t>(pair % width)]);
  for (const std::int64_t pair : pairs)
    result.codes.push_back(
        static_cast<std::int32_t>(std::lower_bound(occurring.begin(), occurring.end(), pair) - occurring.begin()));
  return result;
}

RandomTerm random_term(const RandomPart& part, const ModelFrame& frame, const ContrastChoices& contrasts) {
  ModelMatrix columns = model_matrix(part.columns, frame, contrasts);
  Variable groups = as_factor(frame.columns.find(deparse(part.factors.front())));
  for (std::size_t factor = 1; factor < part.factors.size(); ++factor)
    groups = crossed(groups, as_factor(frame.columns.find(deparse(part.factors[factor]))));
  return {part.group, std::move(columns.names), std::move(columns.x), std::move(groups.codes),
          std::move(groups.levels)};
}

void take_fixed(const TermSet& terms, const ModelFrame& frame, const DesignOptions& options, Design& design) {
  ModelMatrix all = model_matrix(terms, frame, options.contrasts);
  const std::vector<Eigen::Index> kept = independent_columns(all.x, frame.multiplicity);
  for (std::size_t term = 0; term < terms.terms.size(); ++term) design.term_labels.push_back(terms.label(term));
  std::size_t next = 0;
  for (std::size_t column = 0; column < all.names.size(); ++column) {
    const bool independent = next < kept.size() && kept[next] == static_cast<Eigen::Index>(column);
    if (!independent) {
      design.aliased.push_back(all.names[column]);
      continue;
    }
    ++next;
    design.names.push_back(all.names[column]);
    design.assign.push_back(all.assign[column]);
  }
  design.x = kept.size() == all.names.size() ? std::move(all.x) : Eigen::MatrixXd(all.x(Eigen::all, kept));
}

/// The first few; what R's write.csv2 writes looks like numbers to people only.
InputError not_numbers(const Variable& response) {
  constexpr std::size_t shown = 4;
  const std::vector<std::string>& levels = response.levels;
  const std::vector<std::string> first(levels.begin(),
                                       levels.begin() + static_cast<std::ptrdiff_t>(std::min(shown, levels.size())));
  const bool commas = std::all_of(first.begin(), first.end(), [](const std::string& level) {
    return level.find_first_not_of("+-0123456789,eE") == std::string::npos;
  });
  return InputError(fmt::format("response '{}'", response.name),
                    fmt::format("a factor of {} levels ({}{})", levels.size(), fmt::join(first, "; "),
                                levels.size() > shown ? "; ..." : ""),
                    "numbers, or TRUE and FALSE",
                    commas ? "Write decimal points, not commas" : "Recode it in the table");
}

/// Truth values count as 0 and 1, as in R; other factors have no place on the left-hand side.
std::vector<double> response_values(const Variable& response) {
  if (!response.is_factor) return response.numeric;
  const bool logical = std::all_of(response.levels.begin(), response.levels.end(),
                                   [](const std::string& level) { return level == "TRUE" || level == "FALSE"; });
  if (!logical) throw not_numbers(response);
  std::vector<double> values;
  for (const std::int32_t code : response.codes)
    values.push_back(response.levels[static_cast<std::size_t>(code)] == "TRUE" ? 1 : 0);
  return values;
}

Eigen::VectorXd as_vector(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

/// The sum of all offset(x) of the formula.
Eigen::VectorXd offset_of(const Formula& formula, const ModelFrame& rows) {
  if (formula.offsets.empty()) return {};
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(rows.kept_rows.size()));
  for (const Expression& offset : formula.offsets) sum += as_vector(rows.columns.find(deparse(offset)).numeric);
  return sum;
}

const std::vector<double>& column_named(const std::string& name, const ModelFrame& rows) {
  return rows.columns.find(deparse({Expression::Kind::name, name, 0, {}, 0})).numeric;
}

}  // namespace

Design build_design(const Formula& formula, const Frame& frame, const DesignOptions& options) {
  if (options.response_required && !formula.response)
    throw InputError(fmt::format("formula '{}': nothing stands before '~'; name the response", formula.text));
  const ModelFrame rows = model_frame(formula, frame, options);
  Design design;
  take_fixed(formula.fixed, rows, options, design);
  for (const RandomPart& part : formula.random) design.random.push_back(random_term(part, rows, options.contrasts));
  if (rows.has_response) design.response = as_vector(response_values(rows.columns.find(deparse(*formula.response))));
  design.offset = offset_of(formula, rows);
  if (design.offset.size() > 0 && !rows.has_response)
    throw InputError(fmt::format("formula '{}'", formula.text), "an offset", "none where the rows are those of a run",
                     "Fit a table, whose response is there to take it off");
  if (design.offset.size() > 0 && !options.offset_in_predictor) design.response -= design.offset;
  if (!options.weights.empty()) design.weights = as_vector(column_named(options.weights, rows));
  if (!options.trials.empty()) design.trials = as_vector(column_named(options.trials, rows));
  design.dropped_missing = frame.rows() - rows.kept_rows.size();
  design.kept_rows = rows.kept_rows;
  return design;
}

std::vector<std::size_t> reporting_order(const std::vector<RandomTerm>& random) {
  std::vector<std::size_t> order(random.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto fewer = [&](std::size_t a, std::size_t b) { return random[a].levels.size() < random[b].levels.size(); };
  if (std::is_sorted(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return fewer(b, a); }))
    return order;
  std::stable_sort(order.begin(), order.end(), fewer);
  std::reverse(order.begin(), order.end());  // lme4's rev(order(nlevels)): ties come out reversed
  return order;
}

}  // namespace meridian::models
