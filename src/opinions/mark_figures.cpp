#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/replicate_limits.hpp"
#include "opinions/mark_tables.hpp"

namespace meridian::opinions {
namespace {

using findings::Figure;
using findings::FigureKind;

constexpr std::size_t kShownQuestions = 6;
const std::string kPeople = "people";

std::string sample(const MarkStudy& study) {
  return fmt::format("{} people, {} questions, {} models", study.people.size(), study.people.questions.size(),
                     study.predictions.models.size());
}

/// Questions in falling order of the models' mean ordinal distance from people; those without one last.
std::vector<std::size_t> farthest_questions(const MarkStudy& study) {
  std::vector<double> distance(study.people.questions.size(), 0.0);
  for (std::size_t m = 0; m < study.predictions.models.size(); ++m)
    for (std::size_t q = 0; q < distance.size(); ++q) {
      const double value = study.statistics.grid(m, Setting::pooled).value(0, q, Metric::emd_ord_norm);
      distance[q] += std::isnan(value) ? 0 : value;
    }
  std::vector<std::size_t> order(distance.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return distance[a] > distance[b]; });
  order.resize(std::min(order.size(), kShownQuestions));
  return order;
}

void add_histogram(Figure& figure, const std::string& panel, const std::string& series, int first_code,
                   const std::vector<double>& people) {
  const double all = std::accumulate(people.begin(), people.end(), 0.0);
  for (std::size_t i = 0; i < people.size() && all > 0; ++i)
    figure.add({panel, std::to_string(first_code + static_cast<int>(i)), series, std::string(), people[i] / all,
                findings::Cell(), findings::Cell(), static_cast<std::int64_t>(people[i])});
}

}  // namespace

Figure agreement_figure(const MarkStudy& study) {
  Figure figure = findings::make_figure(FigureKind::bars, "agreement", "Predictions beside people's answers");
  figure.x = {.title = "Model"};
  figure.y = {.title = "Mean over questions"};
  figure.sample = sample(study);
  figure.interval = "percentile bootstrap over questions";
  figure.caption =
      "All sampled people together. Higher is better but for the distance. The similarity cannot fall below .167.";
  figure.alt = "Accuracy, similarity of distributions, ordinal distance and quadratic kappa of every model as bars.";
  for (const Metric metric : {Metric::accuracy, Metric::sim_js, Metric::emd_ord_norm, Metric::kappa_quadratic})
    for (std::size_t m = 0; m < study.predictions.models.size(); ++m) {
      const auto place = static_cast<Eigen::Index>(study.statistics.find(m, Setting::pooled, metric));
      if (std::isnan(study.values[place])) continue;
      const inference::Interval limits = audit::replicate_limits(study.replicates.col(place), study.confidence);
      figure.add({words(metric), study.predictions.models[m], std::string(), std::string(), study.values[place],
                  limits.low, limits.high, static_cast<std::int64_t>(study.people.questions.size())});
    }
  return figure;
}

Figure distribution_figure(const MarkStudy& study) {
  Figure figure =
      findings::make_figure(FigureKind::bars, "distributions", "Where models and people lie farthest apart");
  figure.x = {.title = "Answer code"};
  figure.y = {.title = "Share of answers", .low = 0.0};
  figure.sample = sample(study);
  figure.caption = fmt::format("The {} questions with the largest mean ordinal distance, all sampled people together.",
                               std::min(kShownQuestions, study.people.questions.size()));
  figure.alt = "Pairs of distributions over the answer codes: people's answers and each model's predictions.";
  for (const std::size_t q : farthest_questions(study)) {
    const CodeRange& range = study.predictions.ranges[q];
    const std::string panel = "question " + study.people.questions[q];
    add_histogram(figure, panel, kPeople, range.low, human_histogram(study.predictions.pooled(0, q), range));
    for (std::size_t m = 0; m < study.predictions.models.size(); ++m)
      add_histogram(figure, panel, study.predictions.models[m], range.low,
                    predicted_histogram(study.predictions.pooled(m, q), range));
  }
  return figure;
}

Figure country_figure(const MarkStudy& study) {
  Figure figure = findings::make_figure(FigureKind::heat_map, "countries", "Accuracy by country");
  figure.x = {.title = "Model"};
  figure.y = {.title = "Country"};
  figure.z = {.title = "Accuracy"};
  figure.sample = sample(study);
  figure.caption = "Share of the sampled people's answers that the model meets.";
  figure.alt = "One row per country, one column per model; the colour is the accuracy.";
  const std::vector<double> weights(study.people.questions.size(), 1.0);
  for (std::size_t c = 0; c < study.people.countries.size(); ++c)
    for (std::size_t m = 0; m < study.predictions.models.size(); ++m) {
      const double value =
          study.statistics.country_mean({m, kAllTypes, Setting::countries, Metric::accuracy}, c, weights);
      if (!std::isnan(value))
        figure.add({std::string("cell"), study.people.countries[c], study.predictions.models[m], value,
                    findings::Cell(), findings::Cell(), findings::Cell(), findings::Cell()});
    }
  return figure;
}

}  // namespace meridian::opinions
