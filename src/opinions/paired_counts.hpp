#pragma once
// People's answers to one question beside the answers that a model predicted for the same people (MARK: Liu et al.
// 2025, arXiv 2508.17855).
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace meridian::opinions {

struct PairedCounts {
  std::map<std::pair<int, int>, std::int64_t> cells;  ///< (human code, predicted code) -> people
  std::map<int, std::int64_t> invalid;                ///< human code -> people whose prediction is no answer
  void add(const PairedCounts& other);
};

enum class KappaWeights { none, linear, quadratic };

/// Cohen's kappa (1960; weighted: 1968) of the valid pairs: 1 - sum w O / sum w E over the codes that either rater
/// used, w = 1 off the diagonal, |i - j| or (i - j)^2 of the codes themselves (scikit-learn's cohen_kappa_score, but
/// for codes with gaps). NaN without pairs or where both raters only ever gave the same code; 0 where one is constant.
double cohen_kappa(const PairedCounts& counts, KappaWeights weights);

/// Codes that a question's answers lie between.
struct CodeRange {
  int low = 0, high = -1;  ///< empty at first
  bool empty() const { return high < low; }
  void include(int code);
};

/// People per code of the range: all of them, and what was predicted where that is valid.
std::vector<double> human_histogram(const PairedCounts& counts, const CodeRange& range);
std::vector<double> predicted_histogram(const PairedCounts& counts, const CodeRange& range);

}  // namespace meridian::opinions
