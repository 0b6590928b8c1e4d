// people.csv, people_marginals.csv, people_loadings.csv, people_factors.csv.
#include <algorithm>
#include <cmath>

#include "error.hpp"
#include "simulation/parameters.hpp"
#include "tables/csv.hpp"

namespace meridian::simulation {
namespace {

std::string text(const tables::CsvReader& csv, std::string_view column) {
  return std::string(csv.text(csv.column(column)));
}

double number(const tables::CsvReader& csv, std::string_view column) { return csv.number(csv.column(column)); }

NationParameters& nation_of(std::vector<SurveyParameters>& surveys, const tables::CsvReader& csv) {
  for (auto& survey : surveys)
    for (auto& nation : survey.nations)
      if (survey.name == text(csv, "survey") && nation.nation == text(csv, "nation")) return nation;
  throw InputError(csv.where(csv.column("nation")), text(csv, "survey") + " " + text(csv, "nation"),
                   "a survey and nation of people.csv", "Add it there.");
}

/// Position of the row's value of `column` in `values`.
std::size_t position(const std::vector<std::string>& values, const tables::CsvReader& csv, std::string_view column) {
  const auto found = std::find(values.begin(), values.end(), text(csv, column));
  if (found == values.end())
    throw InputError(csv.where(csv.column(column)), text(csv, column), "a name used in the files read before",
                     "Compare the parameter files.");
  return static_cast<std::size_t>(found - values.begin());
}

void read_nations(const std::filesystem::path& file, std::vector<SurveyParameters>& surveys) {
  for (tables::CsvReader csv(file); csv.next();) {
    const std::string survey = text(csv, "survey");
    if (surveys.empty() || surveys.back().name != survey) {
      surveys.emplace_back();
      surveys.back().name = survey;
      surveys.back().code = survey == "MFQ2" ? "mfq" : "wvs";
    }
    NationParameters nation;
    nation.nation = text(csv, "nation");
    nation.people = csv.integer(csv.column("people"));
    nation.incomplete = number(csv, "incomplete");
    nation.non_national = number(csv, "non_national");
    nation.careless = number(csv, "careless");
    nation.country_code = text(csv, "country_code");
    nation.country_alpha = text(csv, "country_alpha");
    nation.year = text(csv, "year");
    surveys.back().nations.push_back(std::move(nation));
  }
}

void read_marginals(const std::filesystem::path& file, std::vector<SurveyParameters>& surveys) {
  for (tables::CsvReader csv(file); csv.next();) {
    NationParameters& nation = nation_of(surveys, csv);
    const std::string item = text(csv, "item");
    if (nation.items.empty() || nation.items.back() != item) {
      nation.items.push_back(item);
      nation.shares.emplace_back();
    }
    const double share = csv.number(csv.column("share"), "a share between 0 and 1");
    if (!(share >= 0 && share <= 1))
      throw InputError(csv.where(csv.column("share")), text(csv, "share"), "a share between 0 and 1", "");
    nation.shares.back().push_back(share);
  }
  for (auto& survey : surveys)  // written with six digits
    for (auto& nation : survey.nations)
      for (auto& shares : nation.shares) {
        double sum = 0;
        for (const double share : shares) sum += share;
        for (double& share : shares) share /= sum;
      }
}

void read_loadings(const std::filesystem::path& file, std::vector<SurveyParameters>& surveys) {
  for (tables::CsvReader csv(file); csv.next();) {
    NationParameters& nation = nation_of(surveys, csv);
    nation.loadings.resize(nation.items.size());
    nation.factor_of_item.resize(nation.items.size());
    const std::size_t item = position(nation.items, csv, "item");
    const std::string factor = text(csv, "factor");
    nation.loadings[item] = number(csv, "loading");
    if (std::abs(nation.loadings[item]) >= 1)
      throw InputError(csv.where(csv.column("loading")), text(csv, "loading"), "a loading between -1 and 1", "");
    nation.factor_of_item[item] = factor;
    if (std::find(nation.factors.begin(), nation.factors.end(), factor) == nation.factors.end())
      nation.factors.push_back(factor);
  }
}

void read_factors(const std::filesystem::path& file, std::vector<SurveyParameters>& surveys) {
  for (auto& survey : surveys)
    for (auto& nation : survey.nations) {
      const std::size_t n = nation.factors.size();
      nation.correlations.assign(n * n, 0);
      for (std::size_t i = 0; i < n; ++i) nation.correlations[i * n + i] = 1;
    }
  for (tables::CsvReader csv(file); csv.next();) {
    NationParameters& nation = nation_of(surveys, csv);
    const std::size_t i = position(nation.factors, csv, "factor"), j = position(nation.factors, csv, "other");
    const std::size_t n = nation.factors.size();
    nation.correlations[i * n + j] = nation.correlations[j * n + i] = number(csv, "correlation");
  }
}

}  // namespace

void read_people_parameters(const std::filesystem::path& folder, std::vector<SurveyParameters>& surveys) {
  read_nations(folder / "people.csv", surveys);
  read_marginals(folder / "people_marginals.csv", surveys);
  read_loadings(folder / "people_loadings.csv", surveys);
  read_factors(folder / "people_factors.csv", surveys);
}

}  // namespace meridian::simulation
