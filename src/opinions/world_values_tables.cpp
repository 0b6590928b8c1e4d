#include "opinions/world_values_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "findings/columns.hpp"
#include "inference/multiplicity.hpp"

namespace meridian::opinions {
namespace {

using findings::Cell;
using findings::integer_column;
using findings::real_column;
using findings::text_column;

std::int64_t count(std::size_t n) { return static_cast<std::int64_t>(n); }

std::size_t headline() {
  const auto& all = thresholds();
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), kHeadlineThreshold) - all.begin());
}

std::vector<double> holm(const std::vector<RunComparison>& comparisons, double RunComparison::*p) {
  std::vector<double> values;
  for (const RunComparison& one : comparisons) values.push_back(one.*p);
  return inference::adjust(values, inference::Adjustment::holm);
}

}  // namespace

findings::Table share_table(const RunDistances& found, const std::vector<RunShares>& shares) {
  findings::Table table{
      "shares",
      "Share of questions within a distance of people's answers",
      "Questions whose W1 distance on the unit scale is at most (share) or below (share_below) the "
      "threshold; percentile intervals of the bootstrap over questions. Baselines: uniform over the "
      "scale; majority, all answers at people's commonest.",
      {text_column("run"), real_column("threshold", "unit scale"), integer_column("questions", "questions"),
       real_column("share"), real_column("conf_low"), real_column("conf_high"), real_column("share_below"),
       real_column("below_low"), real_column("below_high")},
      {}};
  for (std::size_t run = 0; run < shares.size(); ++run)
    for (std::size_t t = 0; t < thresholds().size(); ++t) {
      const Estimate &share = shares[run].at_most[t], &below = shares[run].below[t];
      table.add({found.runs[run], thresholds()[t], count(shares[run].questions), share.value, share.low, share.high,
                 below.value, below.low, below.high});
    }
  return table;
}

findings::Table question_table(const RunDistances& found) {
  findings::Table table{
      "questions",
      "Distances by question",
      "W1 between a run's and people's answers on the unit scale of the question; outside: answers "
      "beyond the scale.",
      {text_column("run"), text_column("question"), integer_column("answers", "answers"),
       integer_column("outside", "answers"), real_column("people", "people"), real_column("w1", "unit scale")},
      {}};
  for (std::size_t run = 0; run < found.runs.size(); ++run)
    for (std::size_t q = 0; q < found.questions.size(); ++q)
      table.add({found.runs[run], found.questions[q], std::llround(found.answers[run][q]),
                 std::llround(found.outside[run][q]), found.people[q], found.distances[run][q]});
  return table;
}

findings::Table comparison_table(const RunDistances& found, const std::vector<RunComparison>& comparisons) {
  findings::Table table{
      "comparisons",
      "Runs beside each other, question by question",
      "estimate: mean W1 of first minus second (negative: first is nearer to people), percentile "
      "interval of the bootstrap over questions; p_wilcoxon: signed-rank test of the differences; "
      "p_mcnemar: exact test of the questions that only one run has within 0.2; both also after "
      "Holm over the table.",
      {text_column("first"), text_column("second"), integer_column("questions", "questions"),
       real_column("estimate", "unit scale"), real_column("conf_low"), real_column("conf_high"),
       real_column("p_wilcoxon"), real_column("p_wilcoxon_holm"), integer_column("only_first", "questions"),
       integer_column("only_second", "questions"), real_column("p_mcnemar"), real_column("p_mcnemar_holm")},
      {}};
  const auto wilcoxon = holm(comparisons, &RunComparison::p_wilcoxon);
  const auto mcnemar = holm(comparisons, &RunComparison::p_mcnemar);
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const RunComparison& one = comparisons[i];
    table.add({found.runs[one.first], found.runs[one.second], count(one.questions), one.difference.value,
               one.difference.low, one.difference.high, one.p_wilcoxon, wilcoxon[i], one.only_first, one.only_second,
               one.p_mcnemar, mcnemar[i]});
  }
  return table;
}

findings::Figure share_figure(const RunDistances& found, const std::vector<RunShares>& shares) {
  auto figure = findings::make_figure(findings::FigureKind::curves, "shares", "Questions near people's answers");
  figure.x = {.title = "Largest W1 distance", .unit = "unit scale"};
  figure.y = {.title = "Share of questions", .low = 0.0, .high = 1.0};
  figure.sample = fmt::format("{} questions, {} runs and 2 baselines", found.questions.size(), found.runs.size() - 2);
  figure.caption =
      "Share of questions whose distance to people's answers is at most the value on the horizontal axis; "
      "intervals are in the table.";
  figure.alt = "Rising curves, one per run and baseline: share of questions against the distance allowed.";
  for (std::size_t run = 0; run < shares.size(); ++run)
    for (std::size_t t = 0; t < thresholds().size(); ++t)
      figure.add({std::string(), found.runs[run], thresholds()[t], shares[run].at_most[t].value, Cell(), Cell()});
  return figure;
}

findings::Table stratum_table() {
  return {"strata",
          "By stratum of the participants",
          "Mean W1 over questions and the share of questions within 0.2, each with a percentile interval of the "
          "bootstrap over questions; people of the stratum beside the run's answers for them.",
          {text_column("stratum"), text_column("level"), text_column("run"), integer_column("questions", "questions"),
           real_column("mean_w1", "unit scale"), real_column("mean_low"), real_column("mean_high"),
           real_column("share"), real_column("conf_low"), real_column("conf_high")},
          {}};
}

void add_stratum(const Stratum& stratum, const RunDistances& found, const std::vector<RunShares>& shares,
                 findings::Table& table) {
  for (std::size_t run = 0; run < shares.size(); ++run) {
    const Estimate &mean = shares[run].mean, &share = shares[run].at_most[headline()];
    table.add({stratum.first, stratum.second, found.runs[run], count(shares[run].questions), mean.value, mean.low,
               mean.high, share.value, share.low, share.high});
  }
}

}  // namespace meridian::opinions
