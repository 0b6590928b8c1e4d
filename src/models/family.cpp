#include "models/family.hpp"

#include <fmt/format.h>

#include <cmath>

#include "error.hpp"

namespace meridian::models {

namespace {

[[noreturn]] void refuse_row(const Design& design, Eigen::Index row, double found, const std::string& what,
                             const std::string& expected, const std::string& remedy) {
  throw InputError(fmt::format("{}, row {} of the table", what, design.kept_rows[static_cast<std::size_t>(row)] + 1),
                   fmt::format("{}", found), expected, remedy);
}

bool is_whole(double value) { return std::isfinite(value) && value == std::floor(value); }

void check_trials(const Design& design, Family family) {
  if (design.trials.size() == 0) return;
  if (family == Family::poisson)
    throw InputError("trials", "a Poisson response", "a binomial one", "Leave the trials out, or use family binomial");
  for (Eigen::Index row = 0; row < design.trials.size(); ++row)
    if (!is_whole(design.trials[row]) || design.trials[row] < 1)
      refuse_row(design, row, design.trials[row], "trials", "a whole number, at least 1",
                 "Correct the table, or leave out rows without trials");
}

void check_counts(const Design& design, const Responses& responses) {
  const bool binary = responses.family == Family::binomial && design.trials.size() == 0;
  for (Eigen::Index row = 0; row < responses.counts.size(); ++row) {
    const double count = responses.counts[row];
    if (is_whole(count) && count >= 0 && (responses.family == Family::poisson || count <= responses.trials[row]))
      continue;
    refuse_row(design, row, count, "response",
               responses.family == Family::poisson ? "a whole number, at least 0"
               : binary                            ? "0 or 1"
                        : fmt::format("a whole number from 0 to its {} trials", responses.trials[row]),
               binary ? "Recode it, or name the column of trials if the response counts successes"
                      : "Correct the table; proportions have to be given as counts");
  }
}

void check_variation(const Responses& responses) {
  const double sum = responses.counts.sum();
  if (sum == 0 || (responses.family == Family::binomial && sum == responses.trials.sum()))
    throw InputError("response", sum == 0 ? "0 in every row" : "a success in every trial", "some variation",
                     "Nothing can be estimated from it: the coefficients would be infinite");
}

void check_weights(const Design& design) {
  for (Eigen::Index row = 0; row < design.weights.size(); ++row)
    if (!(design.weights[row] > 0))
      refuse_row(design, row, design.weights[row], "weights", "a positive number", "Leave out rows without weight");
}

}  // namespace

ResponsePoint Responses::point(Eigen::Index row, double eta) const {
  const ResponsePoint one = response_point(family, counts[row], trials[row], eta);
  const double weight = weights[row];
  return {weight * one.loss, weight * one.residual, weight * one.weight, weight * one.slope};
}

double Responses::deviance(Eigen::Index row, double eta) const {
  return weights[row] * unit_deviance(family, counts[row], trials[row], eta);
}

void Responses::reorder(const std::vector<Eigen::Index>& order) {
  for (Eigen::VectorXd* column : {&counts, &trials, &weights, &offset}) *column = (*column)(order).eval();
}

Family parse_family(const std::string& text) {
  if (text == "binomial") return Family::binomial;
  if (text == "poisson") return Family::poisson;
  throw InputError("family", "'" + text + "'", "binomial (logit link) or poisson (log link)",
                   "Leave it out for a normal response");
}

std::string family_name(Family family) { return family == Family::binomial ? "binomial" : "poisson"; }
std::string link_name(Family family) { return family == Family::binomial ? "logit" : "log"; }

Responses read_responses(const Design& design, Family family) {
  Responses responses;
  responses.family = family;
  responses.counts = design.response;
  check_trials(design, family);
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(design.response.size());
  responses.trials = design.trials.size() > 0 ? design.trials : ones;
  responses.weights = design.weights.size() > 0 ? design.weights : ones;
  responses.offset = design.offset.size() > 0 ? design.offset : Eigen::VectorXd(0 * ones);
  check_counts(design, responses);
  check_variation(responses);
  check_weights(design);
  for (Eigen::Index row = 0; row < responses.counts.size(); ++row) {
    const double y = responses.counts[row], n = responses.trials[row];
    double constant = -std::lgamma(y + 1);
    if (family == Family::binomial) constant += std::lgamma(n + 1) - std::lgamma(n - y + 1);
    responses.log_constant += responses.weights[row] * constant;
  }
  return responses;
}

ResponsePoint response_point(Family family, double count, double trials, double eta) {
  if (family == Family::poisson) {
    const double mean = std::exp(eta);
    return {mean - count * eta, count - mean, mean, mean};
  }
  const double small = std::exp(-std::abs(eta));  // never overflows
  const double towards = 1 / (1 + small), away = small / (1 + small);
  const double p = eta > 0 ? towards : away, weight = trials * towards * away;
  const double log_sum = std::max(eta, 0.0) + std::log1p(small);
  return {trials * log_sum - count * eta, count - trials * p, weight,
          weight * (eta > 0 ? away - towards : towards - away)};
}

double unit_deviance(Family family, double count, double trials, double eta) {
  const auto part = [](double y) { return y > 0 ? y * std::log(y) : 0.0; };
  const double loss = response_point(family, count, trials, eta).loss;
  if (family == Family::poisson) return 2 * (loss + part(count) - count);
  return 2 * (loss + part(count) + part(trials - count) - part(trials));
}

}  // namespace meridian::models
