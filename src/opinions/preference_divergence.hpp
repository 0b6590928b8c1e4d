#pragma once
// How far the distribution of a model's answers lies from people's, question by question: DEF's preference
// distribution (Liu et al. 2025, Inf. Process. Manag. 62(4) 104099).
#include <cstddef>
#include <vector>

namespace meridian::opinions {

/// Answers per code 0 .. C - 1, and behind them those that failed (refusals, degenerate text).
using Counts = std::vector<double>;

/// What becomes of an infinite divergence: the model gives an answer that no person gave.
enum class InfinityRule {
  dmax_plus_1,  ///< largest finite one of this model and survey, plus 1; the authors' choice, for empty rows as well
  smooth,       ///< `alpha` answers are added to every code and to the failed, on both sides
  skip          ///< the question is left out
};

/// KL(model || human) per question, natural logarithm, failed answers included. NaN: skipped (empty rows and, with
/// `skip`, infinite ones).
struct PreferenceDivergence {
  std::vector<double> values;  ///< per question, after the rule
  std::size_t infinite = 0;    ///< questions whose divergence is infinite without the rule
  std::size_t empty = 0;       ///< questions without an answer of the model or of people
  std::size_t replaced = 0;    ///< questions that got dmax + 1
};

/// `model[q]` and `human[q]` have one length. Without a finite divergence there is no dmax: all values
/// are NaN, and none is replaced.
PreferenceDivergence preference_divergence(const std::vector<Counts>& model, const std::vector<Counts>& human,
                                           InfinityRule rule, double alpha);

/// Population standard deviation of a model's shares over the codes and the failed answers: 0 for a uniform
/// distribution, largest where all answers are one. NaN for an empty row.
double share_deviation(const Counts& counts);

/// Weighted mean of `values` per type, NaN values left out; NaN for a type without any.
std::vector<double> type_means(const std::vector<double>& values, const std::vector<std::size_t>& type,
                               std::size_t types, const std::vector<double>& weights);

/// Unweighted mean of those that are numbers: every type counts alike, however many questions it has.
double mean_of_present(const std::vector<double>& values);

/// Code with most answers among 0 .. C - 1, the lowest of equals; npos if there is none.
std::size_t top_code(const Counts& counts);
inline constexpr std::size_t kNoCode = static_cast<std::size_t>(-1);

/// Sum of code x answers over all answers, failed ones (which add nothing to the sum) among them; NaN for an empty row.
double mean_code(const Counts& counts);

}  // namespace meridian::opinions
