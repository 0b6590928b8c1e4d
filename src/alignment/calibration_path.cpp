#include "alignment/calibration_path.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "error.hpp"
#include "random/stream.hpp"

namespace meridian::alignment {
namespace {

/// A fold per example, so that examples of one unit (country, question) stay together.
std::vector<std::size_t> folds_of(const std::vector<std::size_t>& units, std::size_t folds, std::uint64_t seed,
                                  std::string_view purpose) {
  const std::set<std::size_t> distinct(units.begin(), units.end());
  std::vector<std::size_t> order(distinct.begin(), distinct.end());
  random::Stream(seed, purpose, 0).shuffle(order);
  std::map<std::size_t, std::size_t> fold;
  for (std::size_t i = 0; i < order.size(); ++i) fold[order[i]] = i % folds;
  std::vector<std::size_t> all;
  for (const std::size_t unit : units) all.push_back(fold.at(unit));
  return all;
}

/// Sum and number of the divergences of the examples left out.
Eigen::VectorXd left_out_error(const Terms& terms, const std::vector<Example>& examples,
                               const std::vector<std::size_t>& folds, std::size_t left_out, double ridge) {
  std::vector<Example> kept, out;
  for (std::size_t i = 0; i < examples.size(); ++i) (folds[i] == left_out ? out : kept).push_back(examples[i]);
  if (out.empty() || kept.empty()) return Eigen::Vector2d::Zero();
  const Calibration fit = calibrate(terms, kept, ridge);
  return Eigen::Vector2d(mean_divergence(terms, fit.theta, out) * static_cast<double>(out.size()),
                         static_cast<double>(out.size()));
}

}  // namespace

std::vector<PathPoint> cross_validate(const Terms& terms, const TrainingSet& training, const PathOptions& options,
                                      const audit::Team& team) {
  std::vector<std::size_t> countries;
  for (const Example& example : training.examples) countries.push_back(example.country);
  const std::vector<std::vector<std::size_t>> folds{
      folds_of(countries, options.folds, options.seed, "folds of countries"),
      folds_of(training.questions, options.folds, options.seed, "folds of questions")};
  const std::size_t per_ridge = 2 * options.folds;
  const Eigen::MatrixXd errors =
      audit::shared_rows(team, options.ridges.size() * per_ridge, 2, [&](std::size_t row) -> Eigen::VectorXd {
        const std::size_t fold = row % per_ridge;
        return left_out_error(terms, training.examples, folds[fold / options.folds], fold % options.folds,
                              options.ridges[row / per_ridge]);
      });
  std::vector<PathPoint> path;
  const auto count = static_cast<Eigen::Index>(options.folds);
  for (std::size_t i = 0; i < options.ridges.size(); ++i) {
    const auto first = static_cast<Eigen::Index>(i * per_ridge);
    const auto of_countries = errors.middleRows(first, count).colwise().sum();
    const auto of_questions = errors.middleRows(first + count, count).colwise().sum();
    path.push_back({options.ridges[i], of_countries[0] / of_countries[1], of_questions[0] / of_questions[1]});
  }
  return path;
}

double chosen_ridge(const std::vector<PathPoint>& path) {
  if (path.empty()) throw Error(ExitCode::bug, "no path of ridges");
  return std::min_element(path.begin(), path.end(),
                          [](const PathPoint& a, const PathPoint& b) {
                            return a.mean() != b.mean() ? a.mean() < b.mean() : a.ridge > b.ridge;
                          })
      ->ridge;
}

}  // namespace meridian::alignment
