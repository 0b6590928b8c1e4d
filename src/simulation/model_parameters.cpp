// models.csv, model_conditions.csv, model_spread.csv, model_common.csv, refused_items.csv, answer_texts.csv.
#include <algorithm>

#include "error.hpp"
#include "simulation/parameters.hpp"
#include "tables/csv.hpp"

namespace meridian::simulation {
namespace {

std::string text(const tables::CsvReader& csv, std::string_view column) {
  return std::string(csv.text(csv.column(column)));
}

double number(const tables::CsvReader& csv, std::string_view column) { return csv.number(csv.column(column)); }

SurveyParameters& survey_of(Parameters& parameters, const tables::CsvReader& csv) {
  for (auto& survey : parameters.surveys)
    if (survey.name == text(csv, "survey")) return survey;
  throw InputError(csv.where(csv.column("survey")), text(csv, "survey"), "a survey of people.csv", "Add it there.");
}

void remember(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

ConditionKey condition_key(const tables::CsvReader& csv) {
  return {text(csv, "model"), text(csv, "language"), text(csv, "persona")};
}

void read_models(const std::filesystem::path& file, Parameters& parameters) {
  for (tables::CsvReader csv(file); csv.next();)
    parameters.models.push_back(
        {text(csv, "model"), text(csv, "display_name"), text(csv, "origin"), text(csv, "style")});
}

void read_conditions(const std::filesystem::path& file, Parameters& parameters) {
  for (tables::CsvReader csv(file); csv.next();) {
    SurveyParameters& survey = survey_of(parameters, csv);
    ConditionParameters& condition = survey.conditions[condition_key(csv)];
    condition.level = number(csv, "level");
    for (const auto& nation : survey.nations) condition.lean.push_back(number(csv, "lean_" + nation.nation));
    condition.refusal_rate = csv.number(csv.column("refusal_rate"), "a rate between 0 and 1");
    remember(parameters.languages, text(csv, "language"));
    remember(parameters.personas, text(csv, "persona"));
  }
}

void read_spreads(const std::filesystem::path& file, Parameters& parameters) {
  for (tables::CsvReader csv(file); csv.next();)
    survey_of(parameters, csv).spreads[text(csv, "model")] = {number(csv, "deviation_sd"), number(csv, "condition_sd"),
                                                              number(csv, "iteration_sd")};
}

void read_common_deviations(const std::filesystem::path& file, Parameters& parameters) {
  for (tables::CsvReader csv(file); csv.next();) {
    SurveyParameters& survey = survey_of(parameters, csv);
    std::vector<double>& deviations = survey.common_deviation[text(csv, "language")];
    if (deviations.size() >= survey.items().size() || survey.items()[deviations.size()] != text(csv, "item"))
      throw InputError(csv.where(csv.column("item")), text(csv, "item"),
                       "the items in the order of people_marginals.csv", "Sort the file.");
    deviations.push_back(number(csv, "deviation"));
  }
}

void read_refused_items(const std::filesystem::path& file, Parameters& parameters) {
  for (tables::CsvReader csv(file); csv.next();)
    survey_of(parameters, csv).refused.insert({condition_key(csv), text(csv, "item")});
}

/// "\n" in the file stands for a line break.
std::string with_line_breaks(std::string_view value) {
  std::string result;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const bool line_break = value.substr(at, 2) == "\\n";
    result += line_break ? '\n' : value[at];
    at += line_break;
  }
  return result;
}

void read_texts(const std::filesystem::path& file, Parameters& parameters) {
  constexpr std::string_view mark = "{answer}";
  for (tables::CsvReader csv(file); csv.next();) {
    const std::string wording = with_line_breaks(text(csv, "text"));
    const std::size_t at = wording.find(mark);
    if ((at == std::string::npos) != (text(csv, "style") == "refusal"))
      throw InputError(csv.where(csv.column("text")), wording, "{answer} once, in refusals never", "");
    AnswerText entry{number(csv, "weight"), wording.substr(0, at), ""};
    if (at != std::string::npos) entry.after = wording.substr(at + mark.size());
    parameters.texts[{text(csv, "style"), text(csv, "language")}].push_back(entry);
  }
}

}  // namespace

void read_model_parameters(const std::filesystem::path& folder, Parameters& parameters) {
  read_models(folder / "models.csv", parameters);
  read_conditions(folder / "model_conditions.csv", parameters);
  read_spreads(folder / "model_spread.csv", parameters);
  read_common_deviations(folder / "model_common.csv", parameters);
  read_refused_items(folder / "refused_items.csv", parameters);
  read_texts(folder / "answer_texts.csv", parameters);
}

}  // namespace meridian::simulation
