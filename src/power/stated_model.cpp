#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "error.hpp"
#include "power/planned_study.hpp"
#include "tables/csv.hpp"
#include "tables/settings.hpp"

namespace meridian::power {
namespace {

using tables::Section;

double number(const Section& section, const std::string& key, const std::string& text) {
  double value = 0;
  if (!tables::parse_number(text, value))
    throw InputError(section.where(key), "'" + text + "'", "a number", "Mend the value.");
  return value;
}

/// Two levels are the study's codes, +0.5 for the first in code-point order; more are a factor; one is zeros.
void add_covariate(const std::string& name, const std::vector<std::string>& labels, models::Frame& frame) {
  const std::set<std::string> levels(labels.begin(), labels.end());
  if (levels.size() > 2) return frame.add_labels(name, labels);
  std::vector<double> codes;
  for (const std::string& label : labels)
    codes.push_back(levels.size() < 2 ? 0 : label == *levels.begin() ? 0.5 : -0.5);
  frame.add_numeric(name, std::move(codes));
}

/// Every person meets every model under every language and persona.
struct Crossing {
  std::vector<std::string> nations, origins, languages, personas;
  int people = 0, models = 0;
};

std::vector<std::string> levels(Section& section, const std::string& key, std::size_t least) {
  std::vector<std::string> words = section.words(key, {});
  const std::set<std::string> distinct(words.begin(), words.end());
  if (words.size() < least || distinct.size() != words.size())
    throw InputError(section.where(key), fmt::format("'{}'", fmt::join(words, " ")),
                     fmt::format("at least {} different names", least), "Correct it");
  if (words.empty()) words.emplace_back("any");
  return words;
}

Crossing read_crossing(Section& section) {
  Crossing crossing;
  crossing.nations = levels(section, "nations", 2);
  crossing.origins = levels(section, "origins", 1);
  crossing.languages = levels(section, "languages", 0);
  crossing.personas = levels(section, "personas", 0);
  crossing.people = section.integer("people", 500, 2, 100'000'000);
  crossing.models = section.integer("models", 10, 1, 100'000);
  return crossing;
}

CrossedDesign crossed_of(const Crossing& crossing) {
  CrossedDesign crossed;
  std::vector<std::string> nation, origin, language, persona, llm;
  std::vector<std::int32_t> participant, nation_of_class, origin_of_model;
  for (const std::string& nations : crossing.nations) {
    const std::size_t first = nation.size();
    for (const std::string& origins : crossing.origins)
      for (int model = 1; model <= crossing.models; ++model)
        for (const std::string& languages : crossing.languages)
          for (const std::string& personas : crossing.personas) {
            nation.push_back(nations);
            origin.push_back(origins);
            language.push_back(languages);
            persona.push_back(personas);
            llm.push_back(fmt::format("{} {:06}", origins, model));
            participant.push_back(static_cast<std::int32_t>(nation_of_class.size()));
          }
    crossed.blocks.push_back({static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(nation.size() - first)});
    crossed.people.push_back(crossing.people);
    nation_of_class.push_back(static_cast<std::int32_t>(nation_of_class.size()));
  }
  add_covariate("nation", nation, crossed.frame);
  add_covariate("origin", origin, crossed.frame);
  add_covariate("language", language, crossed.frame);
  add_covariate("persona", persona, crossed.frame);
  crossed.frame.add_labels("llm", llm);
  crossed.frame.add_factor("participant", participant, crossing.nations);
  crossed.nations = resampling::strata_of(nation_of_class);
  for (const std::string& level : crossed.frame.find("llm").levels)
    origin_of_model.push_back(static_cast<std::int32_t>(
        std::find(crossing.origins.begin(), crossing.origins.end(), level.substr(0, level.rfind(' '))) -
        crossing.origins.begin()));
  crossed.origins = resampling::strata_of(origin_of_model);
  return crossed;
}

/// The name of the model's part is the key, so that its line can be told.
template <class Set>
void set_each(Section& section, const std::vector<std::string>& required, const Set& set) {
  const std::map<std::string, std::string> given = section.with_prefix("");
  for (const auto& [key, value] : given) {
    number(section, key, value);
    if (std::find(required.begin(), required.end(), key) == required.end())
      throw InputError(section.where(key), "no such part of the model", fmt::format("{}", fmt::join(required, ", ")),
                       "Mend the name.");
    set(key + "=" + value);
  }
  for (const std::string& key : required)
    if (given.count(key) == 0)
      throw InputError(section.where(key), "nothing", "a number", fmt::format("Add '{} = ...'.", key));
}

/// "llm.nation,(Intercept) = -0.3".
std::vector<Correlation> read_correlations(Section& section, const Truth& truth) {
  std::vector<Correlation> correlations;
  for (const auto& [key, text] : section.with_prefix("")) {
    Correlation one;
    const auto comma = key.find(',');
    for (const models::GroupingFactor& factor : truth.structure.factors)
      if (comma != std::string::npos && key.rfind(factor.name + ".", 0) == 0)
        one = {factor.name, key.substr(factor.name.size() + 1, comma - factor.name.size() - 1), key.substr(comma + 1),
               0};
    one.value = number(section, key, text);
    bool together = false;
    for (const models::TermBlock& term : truth.structure.terms) {
      const models::GroupingFactor& factor = truth.structure.factors[term.factor];
      const auto first = factor.columns.begin() + term.offset;
      const auto has = [&](const std::string& name) { return std::count(first, first + term.width, name) == 1; };
      together = together || (factor.name == one.group && has(one.column) && has(one.other) && one.column != one.other);
    }
    if (!together || std::abs(one.value) > 1)
      throw InputError(section.where(key), fmt::format("'{} = {}'", key, text),
                       "GROUP.COLUMN,COLUMN of one random term and a number from -1 to 1", "Mend the line.");
    correlations.push_back(std::move(one));
  }
  return correlations;
}

Elicitation read_elicitation(Section& section) {
  Elicitation elicitation;
  elicitation.iterations = section.integer("iterations", 20, 1, 1'000'000);
  elicitation.noise_share = number(section, "noise_share", section.text("noise_share", "0"));
  elicitation.homogeneity = number(section, "homogeneity", section.text("homogeneity", "0"));
  elicitation.items = section.integer("items", 0, 0, 1'000'000);
  section.finish();
  return elicitation;
}

Section named(const std::vector<Section>& sections, const std::string& name, const std::string& file) {
  const auto found =
      std::find_if(sections.begin(), sections.end(), [&](const Section& section) { return section.name() == name; });
  return found == sections.end() ? Section(name, file) : *found;
}

void check_names(const std::vector<Section>& sections, const std::string& file) {
  const std::vector<std::string> known = {"design", "fixed", "sd", "correlation", "elicitation"};
  for (const Section& section : sections)
    if (std::find(known.begin(), known.end(), section.name()) == known.end())
      throw InputError(file, "section [" + section.name() + "]", fmt::format("one of {}", fmt::join(known, ", ")),
                       "Correct the name");
}

}  // namespace

PlannedStudy stated_in(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  const std::vector<Section> sections = tables::read_settings(file, overrides);
  check_names(sections, file.string());
  const auto section = [&](const char* name) { return named(sections, name, file.string()); };
  Section design = section("design"), fixed = section("fixed"), sd = section("sd"),
          correlation = section("correlation"), elicitation = section("elicitation");
  PlannedStudy planned;
  planned.title = design.text("title", file.stem().string());
  planned.crossed = crossed_of(read_crossing(design));
  planned.crossed.formula = models::parse_formula(design.required("formula", "the mixed model, cosine ~ ..."));
  planned.maximum_likelihood = design.yes("ml", false);
  design.finish();
  const models::Design built = design_of(planned.crossed);
  Truth& truth = planned.truth;
  truth.terms = built.names;
  truth.beta = Eigen::VectorXd::Zero(built.x.cols());
  truth.structure = models::random_structure(built.random);
  truth.theta = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(truth.structure.theta.size()));
  set_each(fixed, truth.terms, [&](const std::string& text) { set_effect(text, truth); });
  set_each(sd, deviation_names(truth), [&](const std::string& text) { set_deviation(text, truth); });
  set_correlations(read_correlations(correlation, truth), truth);
  planned.elicitation = read_elicitation(elicitation);
  for (const Section& one : sections)
    for (const auto& entry : one.entries()) planned.fingerprint.push_back(entry);
  return planned;
}

}  // namespace meridian::power
