#include "models/type3.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <numeric>

#include "models/model_frame.hpp"
#include "models/model_matrix.hpp"
#include "models/rank.hpp"

namespace meridian::models {
namespace {

using Columns = std::vector<Eigen::Index>;

constexpr double rounding = 1e-10;  // of estimable functions, whose entries are small fractions

/// Full-rank design with treatment contrasts against first levels.
ModelMatrix treatment_design(const TermSet& terms, const ModelFrame& rows, double tolerance) {
  const ModelMatrix all = model_matrix(terms, rows, {});
  ModelMatrix kept;
  const Columns independent = independent_columns(all.x, rows.multiplicity, tolerance);
  kept.x = all.x(Eigen::all, independent);
  for (const Eigen::Index column : independent) {
    kept.names.push_back(all.names[static_cast<std::size_t>(column)]);
    kept.assign.push_back(all.assign[static_cast<std::size_t>(column)]);
  }
  return kept;
}

/// Linear relations among columns show on any rows of full rank: the widest stride that leaves it, with a margin for
/// rounding.
std::size_t sufficient_stride(const TermSet& terms, const ModelFrame& rows, std::size_t rank) {
  std::size_t stride = rows.kept_rows.size() / (50 * rank + 50);
  for (; stride > 1; stride /= 4)
    if (treatment_design(terms, every_nth_row(rows, stride), 1e-4).names.size() == rank) return stride;
  return 1;
}

void append(ModelMatrix& all, const ModelMatrix& more) {
  const Eigen::Index before = all.x.cols();
  all.x.conservativeResize(more.x.rows(), before + more.x.cols());
  all.x.rightCols(more.x.cols()) = more.x;
  all.names.insert(all.names.end(), more.names.begin(), more.names.end());
}

/// SAS's overparametrised design: one indicator per cell of every term.
ModelMatrix indicator_design(const TermSet& terms, const ModelFrame& rows) {
  TermSet single = terms;
  single.terms.clear();
  ModelMatrix all = model_matrix(single, rows, {});  // the intercept, if any
  single.intercept = false;
  for (const std::vector<int>& term : terms.terms) {
    single.terms = {term};
    append(all, model_matrix(single, rows, {}));
  }
  return all;
}

/// Coefficients C with left * C = right, for right in the span of left; rows count by their multiplicities.
Eigen::MatrixXd express_in(Eigen::MatrixXd left, Eigen::MatrixXd right, const std::vector<double>& multiplicity) {
  if (left.cols() == 0) return Eigen::MatrixXd::Zero(0, right.cols());
  if (!multiplicity.empty()) {
    const Eigen::ArrayXd root = Eigen::Map<const Eigen::ArrayXd>(multiplicity.data(), left.rows()).sqrt();
    left.array().colwise() *= root;
    right.array().colwise() *= root;
  }
  return left.householderQr().solve(right);
}

struct Contents {
  std::vector<int> variables, numeric;  ///< ascending
};

/// F1 is contained in F2: all its variables and more, and the same numeric ones.
bool contained(const Contents& inner, const Contents& outer) {
  return std::includes(outer.variables.begin(), outer.variables.end(), inner.variables.begin(),
                       inner.variables.end()) &&
         outer.variables.size() > inner.variables.size() && inner.numeric == outer.numeric;
}

/// lmerTest counts only the variables that a term codes by contrasts; `all_variables` counts every one, as SAS does.
Contents contents(const TermSet& terms, std::size_t term, const std::vector<bool>& numeric, bool all_variables) {
  Contents result;
  const std::vector<std::vector<Coding>> coding = marginal_coding(terms);
  for (const int variable : terms.terms[term]) {
    const auto v = static_cast<std::size_t>(variable);
    if (!all_variables && coding[term][v] != Coding::contrasts) continue;
    result.variables.push_back(variable);
    if (numeric[v]) result.numeric.push_back(variable);
  }
  return result;
}

std::vector<std::size_t> containing_terms(const TermSet& terms, std::size_t term, const std::vector<bool>& numeric,
                                          bool all_variables) {
  std::vector<std::size_t> result;
  const Contents inner = contents(terms, term, numeric, all_variables);
  for (std::size_t other = 0; other < terms.terms.size(); ++other)
    if (contained(inner, contents(terms, other, numeric, all_variables))) result.push_back(other);
  return result;
}

Columns columns_of(const ModelMatrix& design, std::size_t term) {
  Columns columns;
  for (std::size_t column = 0; column < design.assign.size(); ++column)
    if (design.assign[column] == static_cast<int>(term) + 1) columns.push_back(static_cast<Eigen::Index>(column));
  return columns;
}

/// What the columns of `against` leave of `of`.
void orthogonalise(Eigen::MatrixXd& functions, const Columns& of, const Columns& against) {
  if (of.empty() || against.empty()) return;
  const Eigen::MatrixXd basis = functions(Eigen::all, against);
  const Eigen::MatrixXd target = functions(Eigen::all, of);
  const Eigen::MatrixXd rest = target - basis * basis.completeOrthogonalDecomposition().solve(target);
  functions(Eigen::all, of) = (rest.array().abs() < rounding).select(0.0, rest);
}

std::vector<bool> numeric_variables(const TermSet& terms, const ModelFrame& rows) {
  std::vector<bool> numeric;
  for (const std::string& name : terms.names) numeric.push_back(!rows.columns.find(name).is_factor);
  return numeric;
}

/// Term indices, highest order first, as written within an order.
std::vector<std::size_t> highest_first(const TermSet& terms) {
  std::vector<std::size_t> order(terms.terms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return terms.terms[a].size() > terms.terms[b].size(); });
  return order;
}

/// General estimable functions of SAS, one row per coefficient of the treatment design (rows of other cells served only
/// to make a term's functions orthogonal to those of the terms that contain it), one column per column of it.
Eigen::MatrixXd coefficient_functions(const TermSet& terms, const ModelFrame& rows, const ModelMatrix& treatment,
                                      const std::vector<bool>& numeric) {
  const ModelMatrix indicators = indicator_design(terms, rows);
  Eigen::MatrixXd functions = express_in(treatment.x, indicators.x, rows.multiplicity).transpose();
  functions = (functions.array().abs() < rounding).select(0.0, functions);
  for (const std::size_t term : highest_first(terms)) {
    Columns containing;
    for (const std::size_t other : containing_terms(terms, term, numeric, false)) {
      const Columns more = columns_of(treatment, other);
      containing.insert(containing.end(), more.begin(), more.end());
    }
    orthogonalise(functions, columns_of(treatment, term), containing);
  }
  Columns same_names;
  for (const std::string& name : treatment.names)
    same_names.push_back(std::find(indicators.names.begin(), indicators.names.end(), name) - indicators.names.begin());
  return functions(same_names, Eigen::all);
}

/// A term's functions (columns) as rows over the coefficients of the fitted coding, without those that vanish.
Eigen::MatrixXd in_coding(const Eigen::MatrixXd& functions, const Eigen::MatrixXd& map) {
  Columns used;
  for (Eigen::Index column = 0; column < functions.cols(); ++column)
    if (functions.col(column).lpNorm<1>() > 1e-8) used.push_back(column);
  const Eigen::MatrixXd contrasts = functions(Eigen::all, used).transpose() * map;
  return (contrasts.array().abs() < rounding).select(0.0, contrasts);
}

/// Rows of a term that is alone, as lmerTest takes them there: those of its type I hypothesis, from the unit triangular
/// factor of X'X. They span what any rows of the hypothesis span, but the denominator's degrees of freedom differ.
Eigen::MatrixXd rows_of_single_term(const Design& design, const std::vector<double>& multiplicity) {
  Eigen::MatrixXd gram = design.x.transpose() * design.x;
  if (!multiplicity.empty()) {
    const Eigen::VectorXd times = Eigen::Map<const Eigen::VectorXd>(multiplicity.data(), design.x.rows());
    gram = design.x.transpose() * times.asDiagonal() * design.x;
  }
  const Eigen::MatrixXd upper = gram.llt().matrixU();
  const Eigen::MatrixXd rows = upper.diagonal().cwiseInverse().asDiagonal() * upper;
  const Eigen::Index before = std::count(design.assign.begin(), design.assign.end(), 0);
  return (rows.array().abs() < rounding).select(0.0, rows).bottomRows(rows.rows() - before);
}

std::string reference_note(const TermSet& terms, std::size_t term, const std::vector<bool>& numeric) {
  const std::vector<std::size_t> sas = containing_terms(terms, term, numeric, true);
  const std::vector<std::size_t> ours = containing_terms(terms, term, numeric, false);
  std::vector<std::string> labels;
  for (const std::size_t other : sas)
    if (std::find(ours.begin(), ours.end(), other) == ours.end()) labels.push_back(terms.label(other));
  if (labels.empty()) return "";
  return fmt::format(
      "{} is tested at the reference levels of what {} adds, as lmerTest does: another reference gives another test",
      terms.label(term), fmt::join(labels, ", "));
}

}  // namespace

std::vector<TermHypothesis> type3_contrasts(const Design& design, const Formula& formula, const Frame& frame,
                                            const DesignOptions& options) {
  const TermSet& terms = formula.fixed;
  ModelFrame all = model_frame(formula, frame, options);
  if (terms.terms.size() == 1) return {{terms.label(0), rows_of_single_term(design, all.multiplicity), ""}};
  replace_centred(all, options.contrasts);
  const std::size_t stride = sufficient_stride(terms, all, design.names.size());
  const ModelFrame rows = every_nth_row(all, stride);
  const ModelMatrix treatment = treatment_design(terms, rows, 1e-7);
  const std::vector<bool> numeric = numeric_variables(terms, rows);
  const Eigen::MatrixXd functions = coefficient_functions(terms, rows, treatment, numeric);
  const Eigen::MatrixXd coded =
      design.x(Eigen::seq(0, design.x.rows() - 1, static_cast<Eigen::Index>(stride)), Eigen::all);
  const Eigen::MatrixXd map = express_in(treatment.x, coded, rows.multiplicity);
  std::vector<TermHypothesis> hypotheses;
  for (std::size_t term = 0; term < terms.terms.size(); ++term)
    hypotheses.push_back({terms.label(term), in_coding(functions(Eigen::all, columns_of(treatment, term)), map),
                          reference_note(terms, term, numeric)});
  return hypotheses;
}

}  // namespace meridian::models
