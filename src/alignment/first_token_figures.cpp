#include <fmt/format.h>

#include <algorithm>

#include "alignment/first_token_tables.hpp"
#include "audit/divergences.hpp"

namespace meridian::alignment {
namespace {

using findings::Cell;

/// The record of the cells that `method` misses most; npos if it predicts none.
std::size_t worst_record(const HumanAnswers& humans, const std::vector<SplitCell>& cells, const Method& method) {
  std::size_t worst = HumanAnswers::npos;
  double least = 2;
  for (const SplitCell& cell : cells)
    for (const std::size_t r : cell.records) {
      if (cell.role != "test" || method.predictions[r].empty()) continue;
      const double similarity = audit::divergences(humans.records[r].shares, method.predictions[r]).sim_js;
      if (!(similarity < least)) continue;
      least = similarity;
      worst = r;
    }
  return worst;
}

void add_series(const Question& question, const std::string& name, const std::vector<double>& shares,
                findings::Figure& figure) {
  for (std::size_t k = 0; k < shares.size(); ++k)
    figure.add({std::string(), question.options[k], name, std::string(), shares[k], Cell(), Cell(), Cell()});
}

}  // namespace

findings::Figure alignment_figure(const AlignmentScores& scores, const std::vector<Method>& methods,
                                  double confidence) {
  auto figure = findings::make_figure(findings::FigureKind::bars, "alignment", "How near predictions lie to people");
  figure.x = {.title = "Countries and questions"};
  figure.y = {.title = "Similarity to people (sim_js)", .low = 0.0, .high = 1.0};
  figure.sample =
      fmt::format("{} cells of countries and questions, {} ways to predict", scores.cells.size() - 1, methods.size());
  figure.interval = "percentile bootstrap over countries and questions";
  figure.caption =
      "sim_js = 1 - Jensen-Shannon distance (natural log, lowest possible value .167). [ctrl]: the model's "
      "answer for another country.";
  figure.alt = "Per cell one bar for every way to predict people's distributions, higher is nearer.";
  for (std::size_t m = 0; m < methods.size(); ++m)
    for (std::size_t c = 0; c < scores.cells.size(); ++c) {
      const Estimate found = score(scores, m, c, Measure::sim_js, confidence);
      const std::int64_t records = scores.records[m * scores.cells.size() + c];
      if (records > 0)
        figure.add({methods[m].model.empty() ? std::string("baselines") : methods[m].model, scores.cells[c],
                    methods[m].name, std::string(), found.value, found.low, found.high, records});
    }
  return figure;
}

findings::Figure distribution_figure(const HumanAnswers& humans, const std::vector<SplitCell>& cells,
                                     const std::vector<Method>& methods) {
  auto figure = findings::make_figure(findings::FigureKind::bars, "distributions", "A question that was missed most");
  figure.y = {.title = "Share of answers", .low = 0.0, .high = 1.0};
  figure.caption =
      "People's distribution beside the predictions, for the test record that the first model's zero-shot "
      "answers miss most.";
  const std::size_t r = worst_record(humans, cells, methods.front());
  if (r == HumanAnswers::npos) return figure;
  const Question& question = humans.questions[humans.records[r].question];
  const std::string country = humans.countries[humans.records[r].country];
  figure.x = {.title = fmt::format("Option of question {}", question.name)};
  figure.sample = fmt::format("question {}, {}", question.name, country);
  figure.alt = fmt::format("Bars per option: people of {} beside each prediction.", country);
  add_series(question, "people", humans.records[r].shares, figure);
  for (const Method& method : methods)
    if (method.model == methods.front().model) add_series(question, method.name, method.predictions[r], figure);
  return figure;
}

}  // namespace meridian::alignment
