#include "alignment/splits.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::alignment {
namespace {

const std::string kNone = "-", kRest = "*";

struct Groups {
  std::map<std::string, std::set<std::string>> countries, questions;
  std::vector<SplitCell> cells;
  std::string rest;  ///< group of the countries that no other names
};

constexpr std::int64_t kLongestRange = 100'000;

/// "1-163" as all the numbers, any other text as itself.
std::vector<std::string> members(const tables::CsvReader& csv, std::size_t column) {
  const std::string text(csv.text(column));
  const std::size_t dash = text.find('-');
  std::int64_t first = 0, last = 0;
  if (dash == std::string::npos || !tables::parse_integer(text.substr(0, dash), first) ||
      !tables::parse_integer(text.substr(dash + 1), last))
    return {text};
  if (last < first || last - first >= kLongestRange)
    throw InputError(csv.where(column), "'" + text + "'",
                     "FIRST-LAST, upwards, " + std::to_string(kLongestRange) + " numbers at most", "Correct the range");
  std::vector<std::string> all;
  for (std::int64_t number = first; number <= last; ++number) all.push_back(std::to_string(number));
  return all;
}

void take(const tables::CsvReader& csv, std::size_t group, std::size_t part, std::size_t member, Groups& groups) {
  const std::string name(csv.text(group)), kind(csv.text(part)), what(csv.text(member));
  if (kind == "country" && what == kRest)
    groups.rest = name;
  else if (kind == "country")
    groups.countries[name].insert(what);
  else if (kind == "question")
    for (const std::string& question : members(csv, member)) groups.questions[name].insert(question);
  else if (kind != "cell")
    throw InputError(csv.where(part), "'" + kind + "'", "country, question or cell", "Correct it");
  else if (what != "train" && what != "valid" && what != "test")
    throw InputError(csv.where(member), "'" + what + "'", "train, valid or test", "Correct it");
  else
    groups.cells.push_back({name, what, {}});
}

/// The rest group receives who is in no other group.
void settle_rest(const HumanAnswers& humans, Groups& groups) {
  if (groups.rest.empty()) return;
  std::set<std::string> named;
  for (const auto& [group, countries] : groups.countries) named.insert(countries.begin(), countries.end());
  auto& rest = groups.countries[groups.rest];
  for (const std::string& country : humans.countries)
    if (named.count(country) == 0) rest.insert(country);
}

void fill(const HumanAnswers& humans, const Groups& groups, const std::filesystem::path& file, SplitCell& cell) {
  const std::size_t dash = cell.name.find('-');
  const auto countries = groups.countries.find(cell.name.substr(0, dash));
  const auto questions =
      dash == std::string::npos ? groups.questions.end() : groups.questions.find(cell.name.substr(dash + 1));
  if (countries == groups.countries.end() || questions == groups.questions.end() || dash == 0)
    throw InputError(file.string(), "cell '" + cell.name + "'", "COUNTRIES-QUESTIONS, both groups of this table",
                     "Correct the name or add the group");
  for (std::size_t r = 0; r < humans.records.size(); ++r)
    if (countries->second.count(humans.countries[humans.records[r].country]) > 0 &&
        questions->second.count(humans.questions[humans.records[r].question].name) > 0)
      cell.records.push_back(r);
}

}  // namespace

std::vector<SplitCell> read_splits(const std::filesystem::path& file, const HumanAnswers& humans) {
  tables::CsvReader csv(file);
  const std::size_t group = csv.column("group"), part = csv.column("part"), member = csv.column("member");
  Groups groups;
  while (csv.next()) take(csv, group, part, member, groups);
  settle_rest(humans, groups);
  groups.countries.erase(kNone);
  groups.questions.erase(kNone);
  for (SplitCell& cell : groups.cells) fill(humans, groups, file, cell);
  if (groups.cells.empty())
    throw InputError(file.string(), "no row with part 'cell'", "cells with their roles", "Add them");
  return groups.cells;
}

std::vector<std::string> unknown_countries(const std::filesystem::path& file, const HumanAnswers& humans) {
  tables::CsvReader csv(file);
  const std::size_t group = csv.column("group"), part = csv.column("part"), member = csv.column("member");
  std::set<std::string> unknown;
  while (csv.next())
    if (csv.text(part) == "country" && csv.text(group) != kNone && csv.text(member) != kRest)
      unknown.emplace(csv.text(member));
  for (const std::string& country : humans.countries) unknown.erase(country);
  return {unknown.begin(), unknown.end()};
}

std::vector<std::size_t> records_of(const std::vector<SplitCell>& cells, const std::string& role) {
  std::set<std::size_t> records;
  for (const SplitCell& cell : cells)
    if (cell.role == role) records.insert(cell.records.begin(), cell.records.end());
  return {records.begin(), records.end()};
}

}  // namespace meridian::alignment
