#include "alignment/alignment_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "audit/divergences.hpp"
#include "audit/replicate_limits.hpp"
#include "resampling/weights.hpp"

namespace meridian::alignment {
namespace {

using Eigen::Index;
using Measures = std::array<double, kMeasures>;

const std::string kControl = " [ctrl]";
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Measures of every record of every method; NaN where there is no prediction.
std::vector<std::vector<Measures>> measures_of(const HumanAnswers& humans, const std::vector<Method>& methods) {
  Measures none;
  none.fill(kNaN);
  std::vector<std::vector<Measures>> all(methods.size(), std::vector<Measures>(humans.records.size(), none));
  for (std::size_t m = 0; m < methods.size(); ++m)
    for (std::size_t r = 0; r < humans.records.size(); ++r) {
      const auto& predicted = methods[m].predictions[r];
      const auto& people = humans.records[r].shares;
      if (predicted.empty()) continue;
      const audit::Divergences found = audit::divergences(people, predicted);
      all[m][r] = {found.sim_js,       found.emd_vec, found.sim_js2,
                   found.emd_ord_norm, found.kl,      found.kl / static_cast<double>(people.size())};
    }
  return all;
}

/// Weighted mean per method, cell and measure, and the mean of the test cells behind.
Eigen::VectorXd means(const std::vector<std::vector<Measures>>& measures, const std::vector<SplitCell>& cells,
                      const std::vector<double>& weights) {
  const std::size_t columns = cells.size() + 1;
  Eigen::VectorXd all(static_cast<Index>(measures.size() * columns * kMeasures));
  for (std::size_t m = 0; m < measures.size(); ++m)
    for (std::size_t measure = 0; measure < kMeasures; ++measure) {
      double test = 0, tests = 0;
      for (std::size_t c = 0; c < cells.size(); ++c) {
        double sum = 0, weight = 0;
        for (const std::size_t r : cells[c].records) {
          const double value = measures[m][r][measure];
          if (!std::isfinite(value)) continue;
          sum += weights[r] * value;
          weight += weights[r];
        }
        all[static_cast<Index>((m * columns + c) * kMeasures + measure)] = sum / weight;
        if (cells[c].role != "test" || !(weight > 0)) continue;
        test += sum / weight;
        ++tests;
      }
      all[static_cast<Index>((m * columns + cells.size()) * kMeasures + measure)] = test / tests;
    }
  return all;
}

void count_records(const std::vector<std::vector<Measures>>& measures, const std::vector<SplitCell>& cells,
                   AlignmentScores& scores) {
  constexpr auto kl = static_cast<std::size_t>(Measure::kl);
  for (const auto& method : measures) {
    std::int64_t tests = 0, infinite_tests = 0;
    for (const SplitCell& cell : cells) {
      std::int64_t records = 0, infinite = 0;
      for (const std::size_t r : cell.records) {
        records += std::isnan(method[r][0]) ? 0 : 1;
        infinite += std::isinf(method[r][kl]) ? 1 : 0;
      }
      scores.records.push_back(records);
      scores.infinite.push_back(infinite);
      tests += cell.role == "test" ? records : 0;
      infinite_tests += cell.role == "test" ? infinite : 0;
    }
    scores.records.push_back(tests);
    scores.infinite.push_back(infinite_tests);
  }
}

Estimate with_limits(double value, const Eigen::VectorXd& replicates, double confidence) {
  const inference::Interval limits = audit::replicate_limits(replicates, confidence);
  return {value, limits.low, limits.high};
}

}  // namespace

bool is_control(const Method& method) { return method.name.find(kControl) != std::string::npos; }

std::size_t control_of(const std::vector<Method>& methods, std::size_t method) {
  std::size_t i = 0;
  while (i < methods.size() && !(methods[i].model == methods[method].model && !methods[i].model.empty() &&
                                 methods[i].name == methods[method].name + kControl))
    ++i;
  return i;
}

Index AlignmentScores::column(std::size_t method, std::size_t cell, Measure measure) const {
  return static_cast<Index>((method * cells.size() + cell) * kMeasures + static_cast<std::size_t>(measure));
}

AlignmentScores alignment_scores(const HumanAnswers& humans, const std::vector<SplitCell>& cells,
                                 const std::vector<Method>& methods, const audit::Settings& settings,
                                 const audit::Team& team) {
  AlignmentScores scores;
  for (const SplitCell& cell : cells) scores.cells.push_back(cell.name);
  scores.cells.push_back("mean of test cells");
  scores.methods = methods.size();
  const auto measures = measures_of(humans, methods);
  scores.values = means(measures, cells, std::vector<double>(humans.records.size(), 1.0));
  count_records(measures, cells, scores);
  scores.replicates = audit::shared_rows(
      team, settings.replicates, static_cast<std::size_t>(scores.values.size()), [&](std::size_t replicate) {
        const auto countries =
            resampling::poisson_weights(humans.countries.size(), settings.seed, "countries", replicate);
        const auto questions =
            resampling::poisson_weights(humans.questions.size(), settings.seed, "questions", replicate);
        std::vector<double> weights;
        for (const HumanRecord& record : humans.records)
          weights.push_back(countries[record.country] * questions[record.question]);
        return means(measures, cells, weights);
      });
  return scores;
}

Estimate score(const AlignmentScores& scores, std::size_t method, std::size_t cell, Measure measure,
               double confidence) {
  const Index column = scores.column(method, cell, measure);
  return with_limits(scores.values[column], scores.replicates.col(column), confidence);
}

Estimate difference(const AlignmentScores& scores, std::size_t first, std::size_t second, std::size_t cell,
                    Measure measure, double confidence) {
  const Index a = scores.column(first, cell, measure), b = scores.column(second, cell, measure);
  return with_limits(scores.values[a] - scores.values[b], scores.replicates.col(a) - scores.replicates.col(b),
                     confidence);
}

}  // namespace meridian::alignment
