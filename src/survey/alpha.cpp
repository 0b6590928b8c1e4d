#include "survey/alpha.hpp"

#include <cmath>
#include <limits>

namespace meridian::survey {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

std::int64_t item_scatter(const AnswerMatrix& answers, std::size_t item) {
  return scatter(answers.by_item().data() + item * answers.people(), answers.people());
}

}  // namespace

double cronbach_alpha(const AnswerMatrix& answers) {
  const std::vector<std::int32_t> totals = answers.totals();
  const std::int64_t of_totals = scatter(totals.data(), totals.size());
  if (answers.items() < 2 || of_totals == 0) return undefined;
  std::int64_t of_items = 0;  // both scatters carry the same factor n (n - 1)
  for (std::size_t item = 0; item < answers.items(); ++item) of_items += item_scatter(answers, item);
  const auto k = static_cast<double>(answers.items());
  return k / (k - 1) * (1 - static_cast<double>(of_items) / static_cast<double>(of_totals));
}

double mean_correlation(const AnswerMatrix& answers) {
  const auto n = static_cast<double>(answers.people()), k = static_cast<double>(answers.items());
  if (answers.people() < 2 || answers.items() < 2) return undefined;
  std::vector<double> standardised(answers.people(), 0);
  for (std::size_t item = 0; item < answers.items(); ++item) {
    const double sd = std::sqrt(static_cast<double>(item_scatter(answers, item)) / (n * (n - 1)));
    if (sd == 0) return undefined;
    double sum = 0;
    for (std::size_t person = 0; person < answers.people(); ++person) sum += answers.at(item, person);
    for (std::size_t person = 0; person < answers.people(); ++person)
      standardised[person] += (answers.at(item, person) - sum / n) / sd;
  }
  double squares = 0;  // the mean of each standardised item, and so of their sum, is zero
  for (const double value : standardised) squares += value * value;
  return (squares / (n - 1) - k) / (k * (k - 1));
}

double spread_of_means(const AnswerMatrix& answers) {
  const auto n = static_cast<double>(answers.people()), k = static_cast<double>(answers.items());
  const std::vector<std::int32_t> totals = answers.totals();
  if (totals.size() < 2) return undefined;
  return std::sqrt(static_cast<double>(scatter(totals.data(), totals.size())) / (n * (n - 1))) / k;
}

}  // namespace meridian::survey
