#pragma once
// MARK's figures of every model: metrics per question, averaged over questions and countries, with replicates over
// questions. docs/statistics.md, "Predictions of people's answers".
#include <Eigen/Core>
#include <string>
#include <vector>

#include "opinions/country_shares.hpp"
#include "opinions/predictions.hpp"

namespace meridian::opinions {

/// One row per country (or one for all people together), one column per question.
struct MetricGrid {
  std::size_t countries = 0, questions = 0;
  std::vector<std::array<double, kMetrics>> values;  ///< NaN: there is none
  std::vector<double> people;                        ///< denominators of the accuracy
  double value(std::size_t country, std::size_t question, Metric metric) const {
    return values[country * questions + question][static_cast<std::size_t>(metric)];
  }
};

/// What people's answers are.
enum class Setting {
  pooled,     ///< all sampled people together
  countries,  ///< sampled people of each country, then the mean over countries
  global      ///< the published distribution of each country, then the mean over countries
};
std::string name(Setting setting);  ///< "pooled", "countries", "global"

struct MarkStatistic {
  std::size_t model = 0;
  std::size_t type = 0;  ///< of the questions; kAllTypes: all questions
  Setting setting = Setting::pooled;
  Metric metric = Metric::accuracy;
};
inline constexpr std::size_t kAllTypes = static_cast<std::size_t>(-1);

class MarkStatistics {
 public:
  MarkStatistics(const Predictions& predictions, const CountryShares& shares, const QuestionTypes& types,
                 const std::vector<std::string>& questions, InvalidRule rule);
  const std::vector<MarkStatistic>& list() const { return list_; }
  /// Settings countries and global (if there is one) of every model and metric, of all questions.
  std::vector<MarkStatistic> by_country() const;
  const MetricGrid& grid(std::size_t model, Setting setting) const;
  /// Mean over questions with these weights (accuracy: each with its people); NaN if no question has a value.
  double country_mean(const MarkStatistic& statistic, std::size_t country, const std::vector<double>& weights) const;
  /// The plain mean over the countries that have one; NaN if none has.
  double value(const MarkStatistic& statistic, const std::vector<double>& weights) const;
  /// All of the list.
  Eigen::VectorXd values(const std::vector<double>& weights) const;
  /// The statistic of all questions, or list().size() if it is not in the list.
  std::size_t find(std::size_t model, Setting setting, Metric metric) const;

 private:
  void make_grids(const Predictions& predictions, const CountryShares& shares, InvalidRule rule);
  void make_list(std::size_t types, bool global);
  std::size_t models_, questions_;
  std::vector<std::size_t> type_;  // per question
  std::vector<MetricGrid> grids_;  // models x settings
  std::vector<MarkStatistic> list_;
};

/// Percentile limits of the country means: a row per statistic of by_country() and country, columns low and high; the
/// draws are those of mark_replicates. Collective.
Eigen::MatrixXd country_limits(const MarkStatistics& statistics, std::size_t countries, std::size_t questions,
                               const audit::Settings& settings, const audit::Team& team);

/// Replicates x statistics: questions drawn with replacement. Collective.
Eigen::MatrixXd mark_replicates(const MarkStatistics& statistics, std::size_t questions,
                                const audit::Settings& settings, const audit::Team& team);

}  // namespace meridian::opinions
