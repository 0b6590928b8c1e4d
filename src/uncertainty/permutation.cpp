#include "uncertainty/permutation.hpp"

#include <algorithm>
#include <memory>

#include "analysis/analysis_design.hpp"
#include "error.hpp"
#include "uncertainty/analysis_subject.hpp"
#include "uncertainty/permuted_models.hpp"
#include "uncertainty/permuted_people.hpp"

namespace meridian::uncertainty {
namespace {

struct Named {
  PermutationKind kind;
  const char* name;
  const char* exchanged;
  const char* null_hypothesis;
};
constexpr Named kKinds[] = {
    {PermutationKind::origin, "origin", "the origins of whole models are exchanged",
     "models of both origins have the same distribution of this contrast"},
    {PermutationKind::max_t, "max-t", "the origins of whole models are exchanged",
     "models of both origins have the same distribution of what the removal changes"},
    {PermutationKind::language, "language", "the two prompt languages of whole models are exchanged",
     "exchanging the two prompt languages of a model changes no distribution"},
    {PermutationKind::persona, "persona", "the two personas of whole models are exchanged",
     "exchanging the two personas of a model changes no distribution"},
    {PermutationKind::nation, "nation",
     "the nationalities of people are exchanged and each meets what the new one meets",
     "people of both nations answer alike; whoever is labelled with a nation meets what that nation meets"},
    {PermutationKind::nation_with_language, "nation-with-language",
     "the nationalities of people are exchanged and their cosines go with them",
     "cosines of people of both nations have the same distribution, each with the models prompted in their language"}};

const Named& named(PermutationKind kind) {
  for (const Named& known : kKinds)
    if (known.kind == kind) return known;
  throw Error(ExitCode::bug, "a permutation test without a name");
}

bool of_people(PermutationKind kind) {
  return kind == PermutationKind::nation || kind == PermutationKind::nation_with_language;
}

void check_options(const PermutationOptions& options) {
  const std::string test = named(options.kind).name;
  const bool adjusted = !options.adjustment.formula.empty();
  if (options.refit && of_people(options.kind))
    throw InputError("--refit", "--test " + test, "a test that permutes models", "Leave --refit out.");
  if (options.refit && adjusted)
    throw InputError("--adjust", "together with --refit", "one of them",
                     "Put covariates into the model's formula, or leave --refit out.");
  if (adjusted && (options.kind == PermutationKind::language || options.kind == PermutationKind::persona))
    throw InputError("--adjust", "--test " + test, "a test of two groups of units",
                     "Leave --adjust out: this test compares every model with itself.");
}

}  // namespace

PermutationKind parse_permutation(const std::string& name) {
  for (const Named& known : kKinds)
    if (name == known.name) return known.kind;
  throw InputError("--test", "'" + name + "'", "origin, max-t, language, persona, nation or nation-with-language",
                   "Mend the name.");
}

std::string permutation_name(const PermutationOptions& options) {
  const char* const more = options.refit ? "-refit" : options.adjustment.formula.empty() ? "" : "-adjusted";
  return named(options.kind).name + std::string(more);
}

std::string exchange_words(const std::string& test) {
  for (const Named& known : kKinds) {
    const std::string name = known.name;
    if (test == name || test == name + "-refit") return known.exchanged;
    if (test == name + "-adjusted")
      return std::string("what covariates leave unexplained is exchanged among ") +
             (of_people(known.kind) ? "people" : "models");
  }
  throw Error(ExitCode::bug, "a permutation test of an unknown name: " + test);
}

PermutationTest permutation_test(const analysis::Study& study, const std::string& analysis,
                                 const PermutationOptions& options) {
  check_options(options);
  const std::size_t index = analysis_index(study, analysis);
  PermutationTest test =
      of_people(options.kind) ? permuted_people(study, index, options) : permuted_models(study, index, options);
  for (std::vector<findings::Cell>& row : test.observed.rows) row.emplace_back(named(options.kind).null_hypothesis);
  auto fingerprint = analysis_fingerprint(study, study.job.analyses[index]);
  fingerprint.emplace_back("analysis", analysis);
  fingerprint.emplace_back("test", permutation_name(options));
  if (!options.adjustment.formula.empty()) {
    fingerprint.emplace_back("adjusted for", options.adjustment.formula);
    fingerprint.emplace_back("covariates", options.adjustment.digest);
  }
  if (test.study.limit == 0) fingerprint.emplace_back("seed", std::to_string(options.seed));
  test.study.kind = "permutation";
  test.study.fingerprint = std::move(fingerprint);
  return test;
}

}  // namespace meridian::uncertainty
