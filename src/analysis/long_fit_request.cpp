#include "analysis/long_fit_request.hpp"

#include <algorithm>

#include "error.hpp"
#include "models/contrasts.hpp"

namespace meridian::analysis {
namespace {

std::string kind_of(const LongFitRequest& request) {
  return request.family.empty() ? "no random terms" : "--family " + request.family;
}

void check_family(const LongFitRequest& request) {
  if (request.family.empty()) {
    const std::string option = request.trials.empty() ? "--quadrature" : "--trials";
    if (!request.trials.empty() || request.quadrature != 1)
      throw InputError(option, "no --family",
                       "--family binomial" + std::string(request.trials.empty() ? " or poisson" : ""),
                       "Name the family, or leave " + option + " out");
    return;
  }
  if (request.maximum_likelihood)
    throw InputError("--ml", "--family " + request.family, "one of the two",
                     "Leave --ml out: with a family the fit is maximum likelihood always");
  if (!request.trials.empty() && request.family != "binomial")
    throw InputError("--trials", "--family " + request.family, "--family binomial", "Leave --trials out");
}

void check_random_tests(const LongFitRequest& request, const models::Formula& formula) {
  if (request.questions.random_tests && formula.random.empty())
    throw InputError("--test-random", "no random terms", "at least one term (columns | group)",
                     "Leave --test-random out");
}

/// What only linear mixed models have.
void check_linear_mixed(const LongFitRequest& request, const models::Formula& formula) {
  if (request.family.empty() && !formula.random.empty()) return;
  const std::string expected = "a linear mixed model";
  if (request.likelihood_ratio)
    throw InputError("--lrt", kind_of(request), expected,
                     request.family.empty() ? "Leave --lrt out: the F tests of least squares are exact"
                                            : "Leave --lrt out: with a family the tests are made always");
  if (request.kenward_roger) throw InputError("--ddf kenward-roger", kind_of(request), expected, "Leave --ddf out");
  if (request.questions.intervals == IntervalKind::profile && request.family.empty())
    throw InputError("--intervals profile", kind_of(request), "random terms or a family",
                     "Take --intervals wald, which is exact for least squares");
}

/// A misspelt name would leave the default contrasts in place without a word.
void check_contrast_names(const models::ContrastChoices& contrasts, const models::Formula& formula) {
  std::vector<std::string> known = formula.fixed.names;
  for (const models::RandomPart& part : formula.random)
    known.insert(known.end(), part.columns.names.begin(), part.columns.names.end());
  for (const auto& [name, choice] : contrasts)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw InputError("--contrast", "'" + name + "'", "a factor of the formula",
                       "Write it as the formula does: nation, factor(dose)");
}

}  // namespace

void check_request(const LongFitRequest& request, const models::Formula& formula) {
  check_family(request);
  check_linear_mixed(request, formula);
  check_random_tests(request, formula);
  check_contrast_names(design_options(request).contrasts, formula);
}

models::DesignOptions design_options(const LongFitRequest& request) {
  models::DesignOptions options;
  options.weights = request.weights;
  options.trials = request.trials;
  options.offset_in_predictor = !request.family.empty();
  for (const std::string& choice : request.contrasts) {
    const std::size_t equals = choice.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw InputError("--contrast", "'" + choice + "'", "NAME=treatment:LEVEL, NAME=sum or NAME=centred",
                       "NAME is a factor as the formula writes it");
    options.contrasts[choice.substr(0, equals)] = models::parse_contrast(choice.substr(equals + 1));
  }
  return options;
}

}  // namespace meridian::analysis
