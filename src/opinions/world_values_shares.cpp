#include "opinions/world_values_shares.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "audit/replicate_limits.hpp"
#include "inference/exact_binomial.hpp"
#include "inference/signed_rank.hpp"
#include "resampling/weights.hpp"

namespace meridian::opinions {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
const char* const kDraws = "questions of WorldValuesBench";

using Answers = std::map<std::string, WeightedValues>;  // by run

double total(const WeightedValues& values) {
  double sum = 0;
  for (const auto& [value, weight] : values) sum += weight;
  return sum;
}

/// Q2 before Q10.
bool by_number(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::vector<std::string> names_of_runs(const std::map<std::string, Answers>& by_question) {
  std::set<std::string> names;
  for (const auto& [question, answers] : by_question)
    for (const auto& [run, scores] : answers)
      if (run != kPeople) names.insert(run);
  return {names.begin(), names.end()};
}

void add_question(const std::string& question, const Answers& answers, Scale scale, OutOfRange rule,
                  RunDistances& found) {
  const WeightedValues people = on_unit_scale(answers.at(kPeople), scale, rule);
  found.questions.push_back(question);
  found.people.push_back(total(people));
  for (std::size_t run = 0; run < found.runs.size(); ++run) {
    const auto given = answers.find(found.runs[run]);
    const WeightedValues scores = given == answers.end() ? WeightedValues() : given->second;
    WeightedValues unit = on_unit_scale(scores, scale, rule);
    if (run + 2 == found.runs.size()) unit = uniform_answers(scale);
    if (run + 1 == found.runs.size()) unit = majority_answer(people);
    found.distances[run].push_back(wasserstein(people, unit));
    found.answers[run].push_back(total(scores));
    found.outside[run].push_back(weight_outside(scores, scale));
  }
}

Eigen::MatrixXd question_draws(std::size_t questions, const audit::Settings& settings) {
  const resampling::Strata one = resampling::strata_of(std::vector<std::int32_t>(questions, 0));
  return resampling::weight_rows(0, settings.replicates, questions, [&](std::size_t replicate) {
    return resampling::multinomial_weights(one, resampling::DrawSize::all, settings.seed, kDraws, replicate);
  });
}

/// `statistic` of weights, with a percentile interval over the draws.
template <class Statistic>
Estimate estimate(const Eigen::MatrixXd& draws, std::size_t questions, double confidence, const Statistic& statistic) {
  Eigen::VectorXd replicates(draws.rows());
  std::vector<double> weights(questions);
  for (Eigen::Index row = 0; row < draws.rows(); ++row) {
    for (std::size_t q = 0; q < questions; ++q) weights[q] = draws(row, static_cast<Eigen::Index>(q));
    replicates[row] = statistic(weights);
  }
  const inference::Interval limits = audit::replicate_limits(replicates, confidence);
  return {statistic(std::vector<double>(questions, 1.0)), limits.low, limits.high};
}

RunComparison compare(const RunDistances& found, std::size_t first, std::size_t second, const Eigen::MatrixXd& draws,
                      double confidence) {
  RunComparison result{first, second, 0, {}, kNaN, 0, 0, kNaN};
  std::vector<double> differences, present;
  for (std::size_t q = 0; q < found.questions.size(); ++q) {
    const double a = found.distances[first][q], b = found.distances[second][q];
    differences.push_back(a - b);
    if (std::isnan(a - b)) continue;
    present.push_back(a - b);
    const bool near_a = share_within({a}, {1}, kHeadlineThreshold).at_most > 0;
    const bool near_b = share_within({b}, {1}, kHeadlineThreshold).at_most > 0;
    result.only_first += near_a && !near_b ? 1 : 0;
    result.only_second += near_b && !near_a ? 1 : 0;
  }
  result.questions = present.size();
  result.difference = estimate(draws, differences.size(), confidence,
                               [&](const std::vector<double>& weights) { return mean_distance(differences, weights); });
  const inference::SignedRank test = inference::signed_rank(present);
  result.p_wilcoxon = std::isnan(test.p_exact) ? test.p_value : test.p_exact;
  result.p_mcnemar = inference::exact_mcnemar_p(result.only_first, result.only_second);
  return result;
}

}  // namespace

RunDistances run_distances(const ScoreCounts& counts, const Stratum& stratum,
                           const std::map<std::string, Scale>& scales, OutOfRange rule) {
  RunDistances found;
  const auto& by_question = counts.at(stratum);
  found.runs = names_of_runs(by_question);
  found.runs.insert(found.runs.end(), {"uniform", "majority"});
  found.distances.resize(found.runs.size());
  found.answers = found.outside = found.distances;
  std::vector<std::string> questions;
  for (const auto& [question, answers] : by_question)
    if (answers.count(kPeople) > 0 && total(answers.at(kPeople)) > 0) questions.push_back(question);
  std::sort(questions.begin(), questions.end(), by_number);
  for (const std::string& question : questions)
    add_question(question, by_question.at(question), scales.at(question), rule, found);
  return found;
}

std::vector<RunShares> run_shares(const RunDistances& found, const audit::Settings& settings) {
  const std::size_t questions = found.questions.size();
  const Eigen::MatrixXd draws = question_draws(questions, settings);
  std::vector<RunShares> all;
  for (const auto& distances : found.distances) {
    RunShares run;
    run.questions = static_cast<std::size_t>(
        std::count_if(distances.begin(), distances.end(), [](double value) { return !std::isnan(value); }));
    for (const double threshold : thresholds()) {
      run.below.push_back(estimate(draws, questions, settings.confidence, [&](const std::vector<double>& weights) {
        return share_within(distances, weights, threshold).below;
      }));
      run.at_most.push_back(estimate(draws, questions, settings.confidence, [&](const std::vector<double>& weights) {
        return share_within(distances, weights, threshold).at_most;
      }));
    }
    run.mean = estimate(draws, questions, settings.confidence,
                        [&](const std::vector<double>& weights) { return mean_distance(distances, weights); });
    all.push_back(std::move(run));
  }
  return all;
}

std::vector<RunComparison> compare_runs(const RunDistances& found, const audit::Settings& settings) {
  const Eigen::MatrixXd draws = question_draws(found.questions.size(), settings);
  std::vector<RunComparison> all;
  for (std::size_t first = 0; first + 2 < found.runs.size(); ++first)
    for (std::size_t second = first + 1; second < found.runs.size(); ++second)
      all.push_back(compare(found, first, second, draws, settings.confidence));
  return all;
}

}  // namespace meridian::opinions
