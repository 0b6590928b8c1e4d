#pragma once
// Everything that MARK's tables are made from.
#include "opinions/mark_statistics.hpp"

namespace meridian::opinions {

struct MarkStudy {
  People people;
  QuestionTypes types;  ///< without questions: none was given
  Predictions predictions;
  MarkStatistics statistics;
  Eigen::VectorXd values;          ///< as statistics.list()
  Eigen::MatrixXd replicates;      ///< replicates x statistics
  Eigen::MatrixXd country_limits;  ///< as country_limits()
  InvalidRule rule = InvalidRule::wrong;
  double confidence = 0.95;
  std::string type_name(std::size_t question) const;  ///< "" without types
};

/// Two models on the same questions (pooled setting).
struct MarkComparison {
  std::size_t first = 0, second = 0;
  Metric metric = Metric::accuracy;
  std::size_t questions = 0;
  double estimate = 0;       ///< first minus second
  double low = 0, high = 0;  ///< paired bootstrap over questions
  double statistic = 0, df = 0, p_t = 0;
  double p_wilcoxon = 0;  ///< exact where it exists
  double p_bootstrap = 0;
};
/// Every pair of models and every metric. Replicates of a pair use the same drawn questions.
std::vector<MarkComparison> mark_comparisons(const MarkStudy& study);

}  // namespace meridian::opinions
