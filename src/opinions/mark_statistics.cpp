#include "opinions/mark_statistics.hpp"

#include <cmath>
#include <limits>

#include "audit/bootstrap.hpp"
#include "audit/replicate_limits.hpp"
#include "resampling/weights.hpp"

namespace meridian::opinions {
namespace {

const char* const kDrawnQuestions = "questions of predictions";
constexpr std::array<Setting, 3> kSettings{Setting::pooled, Setting::countries, Setting::global};

MetricGrid empty_grid(std::size_t countries, std::size_t questions) {
  MetricGrid grid{countries, questions, {}, {}};
  grid.values.resize(countries * questions);
  for (auto& values : grid.values) values.fill(std::numeric_limits<double>::quiet_NaN());
  grid.people.assign(countries * questions, 0);
  return grid;
}

void set(MetricGrid& grid, std::size_t place, const Agreement& found) {
  grid.values[place] = found.values;
  grid.people[place] = static_cast<double>(found.looked_at);
}

/// The model's valid predictions against a published distribution, over the codes of either.
std::array<double, kMetrics> against_shares(const PairedCounts& counts, CodeRange range,
                                            const std::map<int, double>& shares) {
  for (const auto& [code, share] : shares) range.include(code);
  std::vector<double> human(static_cast<std::size_t>(range.high - range.low + 1), 0.0);
  for (const auto& [code, share] : shares) human[static_cast<std::size_t>(code - range.low)] = share;
  return distribution_metrics(human, predicted_histogram(counts, range));
}

}  // namespace

std::string name(Setting setting) {
  return setting == Setting::pooled ? "pooled" : setting == Setting::countries ? "countries" : "global";
}

MarkStatistics::MarkStatistics(const Predictions& predictions, const CountryShares& shares, const QuestionTypes& types,
                               const std::vector<std::string>& questions, InvalidRule rule)
    : models_(predictions.models.size()), questions_(questions.size()) {
  for (const std::string& question : questions)
    type_.push_back(types.questions.empty() ? 0 : types.type[types.find(question)]);
  make_grids(predictions, shares, rule);
  make_list(types.types.size(), !shares.empty());
}

void MarkStatistics::make_grids(const Predictions& predictions, const CountryShares& shares, InvalidRule rule) {
  for (std::size_t m = 0; m < models_; ++m) {
    MetricGrid pooled = empty_grid(1, questions_), sampled = empty_grid(predictions.countries, questions_);
    MetricGrid global = empty_grid(predictions.countries, questions_);
    for (std::size_t q = 0; q < questions_; ++q) {
      const CodeRange& range = predictions.ranges[q];
      set(pooled, q, agreement(predictions.pooled(m, q), range, rule));
      for (std::size_t c = 0; c < predictions.countries; ++c) {
        const PairedCounts& counts = predictions.of(m, c, q);
        set(sampled, c * questions_ + q, agreement(counts, range, rule));
        const auto known = shares.find({c, q});
        if (known != shares.end()) global.values[c * questions_ + q] = against_shares(counts, range, known->second);
      }
    }
    for (MetricGrid* grid : {&pooled, &sampled, &global}) grids_.push_back(std::move(*grid));
  }
}

void MarkStatistics::make_list(std::size_t types, bool global) {
  for (std::size_t m = 0; m < models_; ++m)
    for (const Setting setting : kSettings) {
      if (setting == Setting::global && !global) continue;
      for (const Metric metric : kAllMetrics) {
        if (setting == Setting::global && !of_distributions(metric)) continue;
        list_.push_back({m, kAllTypes, setting, metric});
        for (std::size_t type = 0; types > 1 && type < types; ++type) list_.push_back({m, type, setting, metric});
      }
    }
}

std::vector<MarkStatistic> MarkStatistics::by_country() const {
  std::vector<MarkStatistic> all;
  for (const MarkStatistic& one : list_)
    if (one.setting != Setting::pooled && one.type == kAllTypes) all.push_back(one);
  return all;
}

const MetricGrid& MarkStatistics::grid(std::size_t model, Setting setting) const {
  return grids_[model * kSettings.size() + static_cast<std::size_t>(setting)];
}

double MarkStatistics::country_mean(const MarkStatistic& statistic, std::size_t country,
                                    const std::vector<double>& weights) const {
  const MetricGrid& cells = grid(statistic.model, statistic.setting);
  const bool by_people = statistic.metric == Metric::accuracy;
  double sum = 0, weight = 0;
  for (std::size_t q = 0; q < questions_; ++q) {
    if (statistic.type != kAllTypes && type_[q] != statistic.type) continue;
    const double value = cells.value(country, q, statistic.metric);
    if (std::isnan(value)) continue;
    const double w = by_people ? weights[q] * cells.people[country * questions_ + q] : weights[q];
    sum += w * value;
    weight += w;
  }
  return weight > 0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
}

double MarkStatistics::value(const MarkStatistic& statistic, const std::vector<double>& weights) const {
  const std::size_t countries = grid(statistic.model, statistic.setting).countries;
  double count = 0, sum = 0;
  for (std::size_t c = 0; c < countries; ++c) {
    const double mean = country_mean(statistic, c, weights);
    if (std::isnan(mean)) continue;
    sum += mean;
    ++count;
  }
  return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

Eigen::VectorXd MarkStatistics::values(const std::vector<double>& weights) const {
  Eigen::VectorXd all(static_cast<Eigen::Index>(list_.size()));
  for (std::size_t i = 0; i < list_.size(); ++i) all[static_cast<Eigen::Index>(i)] = value(list_[i], weights);
  return all;
}

std::size_t MarkStatistics::find(std::size_t model, Setting setting, Metric metric) const {
  std::size_t i = 0;
  while (i < list_.size() && !(list_[i].model == model && list_[i].type == kAllTypes && list_[i].setting == setting &&
                               list_[i].metric == metric))
    ++i;
  return i;
}

Eigen::MatrixXd country_limits(const MarkStatistics& statistics, std::size_t countries, std::size_t questions,
                               const audit::Settings& settings, const audit::Team& team) {
  const resampling::Strata all = resampling::strata_of(std::vector<std::int32_t>(questions, 0));
  std::vector<std::vector<double>> draws;
  for (std::size_t r = 0; r < settings.replicates; ++r)
    draws.push_back(resampling::multinomial_weights(all, resampling::DrawSize::all, settings.seed, kDrawnQuestions, r));
  const std::vector<MarkStatistic> list = statistics.by_country();
  return audit::shared_rows(team, list.size() * countries, 2, [&](std::size_t row) -> Eigen::VectorXd {
    Eigen::VectorXd replicates(static_cast<Eigen::Index>(draws.size()));
    for (std::size_t r = 0; r < draws.size(); ++r)
      replicates[static_cast<Eigen::Index>(r)] =
          statistics.country_mean(list[row / countries], row % countries, draws[r]);
    const inference::Interval limits = audit::replicate_limits(replicates, settings.confidence);
    return Eigen::Vector2d(limits.low, limits.high);
  });
}

Eigen::MatrixXd mark_replicates(const MarkStatistics& statistics, std::size_t questions,
                                const audit::Settings& settings, const audit::Team& team) {
  const resampling::Strata all = resampling::strata_of(std::vector<std::int32_t>(questions, 0));
  return audit::bootstrap_replicates(team, settings, kDrawnQuestions, all, statistics.list().size(),
                                     [&](const std::vector<double>& weights) { return statistics.values(weights); });
}

}  // namespace meridian::opinions
