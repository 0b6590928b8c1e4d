#include <cmath>

#include "inference/proportion.hpp"
#include "opinions/def_tables.hpp"

namespace meridian::opinions {
namespace {

std::string sample(const DefStudy& study) {
  return std::to_string(study.counts.models.size()) + " models, " + std::to_string(study.counts.questions()) +
         " questions";
}

/// `row(model, survey, type)` for every combination.
template <class Row>
void each_type(const DefStudy& study, const Row& row) {
  for (std::size_t s = 0; s < study.counts.surveys.size(); ++s)
    for (std::size_t t = 0; t < study.counts.types.types.size(); ++t)
      for (std::size_t m = 0; m < study.counts.models.size(); ++m) row(m, s, t);
}

}  // namespace

findings::Figure divergence_figure(const DefStudy& study) {
  auto figure = findings::make_figure(findings::FigureKind::intervals, "divergences", "Divergence from people by type");
  figure.x = {.title = "Type of values"};
  figure.y = {.title = "KL(model || people)", .unit = "nats", .low = 0.0};
  figure.sample = sample(study);
  figure.interval = "percentile bootstrap over questions within types";
  figure.caption = "Mean over the questions of a type; 0 is the same distribution of answers.";
  figure.alt = "For every type of values and survey the models' mean divergence from people's answers.";
  each_type(study, [&](std::size_t m, std::size_t s, std::size_t t) {
    const Eigen::Index place = study.scores.type_place(m, s, t);
    if (std::isnan(study.values[place])) return;
    const auto limits = type_limits(study, m, s, t);
    figure.add({study.counts.surveys[s], study.counts.types.types[t], study.counts.models[m], std::string(),
                study.values[place], limits.low, limits.high, questions_with_divergence(study, m, s, t)});
  });
  return figure;
}

findings::Figure match_figure(const DefStudy& study) {
  auto figure = findings::make_figure(findings::FigureKind::bars, "matches", "Top answers that are people's");
  figure.x = {.title = "Type of values"};
  figure.y = {.title = "Share of questions", .low = 0.0, .high = 1.0};
  figure.sample = sample(study);
  figure.interval = "Wilson";
  figure.caption = "Questions whose most frequent answer of the model is people's most frequent one.";
  figure.alt = "Bars per type of values: the share of questions in which the model's top answer is people's.";
  each_type(study, [&](std::size_t m, std::size_t s, std::size_t t) {
    const Matches found = matches(study, m, s, t);
    if (found.questions == 0) return;
    const auto limits = inference::wilson_interval(found.matches, found.questions, study.confidence);
    figure.add({study.counts.surveys[s], study.counts.types.types[t], study.counts.models[m], std::string(),
                static_cast<double>(found.matches) / static_cast<double>(found.questions), limits.low, limits.high,
                found.questions});
  });
  return figure;
}

}  // namespace meridian::opinions
