#include "trials/coverage.hpp"

#include "tables/csv.hpp"

namespace meridian::trials {
namespace {

using findings::Cell;
using findings::Kind;

struct Counts {
  std::int64_t planned = 0, answered = 0, refused = 0, invalid = 0, shares = 0, failed = 0;

  void add(const TrialState& state) {
    if (!state.present) return;
    switch (state.outcome) {
      case Outcome::answered:
        ++answered;
        break;
      case Outcome::refused:
        ++refused;
        break;
      case Outcome::shares:
        ++shares;
        break;
      case Outcome::failed:
        ++failed;
        break;
      case Outcome::no_answer:
      case Outcome::off_scale:
      case Outcome::truncated:
        ++invalid;
        break;
    }
  }
  std::int64_t missing() const { return planned - answered - refused - invalid - shares; }
};

using CountsByCell = std::map<CellKey, Counts>;

CountsByCell count(const TrialCells& cells, const PlannedTrials& planned, bool by_item) {
  const auto place = [&](CellKey key) {
    if (!by_item) key.item.clear();
    return key;
  };
  CountsByCell counts;
  for (const auto& [key, iterations] : planned) counts[place(key)].planned += iterations;
  for (const auto& [key, states] : cells.cells())
    for (const TrialState& state : states) counts[place(key)].add(state);
  return counts;
}

Cell where_planned(bool with_plan, std::int64_t number) {
  Cell cell;
  if (with_plan) cell = number;
  return cell;
}

findings::Table table_of(const CountsByCell& counts, bool by_item, bool with_plan) {
  findings::Table table;
  table.name = by_item ? "coverage" : "coverage_by_condition";
  table.title = by_item ? "What became of the trials, by item" : "What became of the trials, by condition";
  table.caption =
      "Trials by outcome. Invalid: no answer in the text, an answer off the scale, or a text cut off before one. "
      "Missing: planned, but not among the answered, refused and invalid; failed requests are among them.";
  for (const char* name : {"llm", "language", "persona"}) table.columns.push_back({name, Kind::text, ""});
  if (by_item) table.columns.push_back({"item", Kind::text, ""});
  for (const char* name : {"planned", "answered", "refused", "invalid", "shares", "failed", "missing"})
    table.columns.push_back({name, Kind::integer, "trials"});
  for (const auto& [key, count] : counts) {
    std::vector<Cell> row = {key.model, key.language, key.persona};
    if (by_item) row.emplace_back(key.item);
    row.push_back(where_planned(with_plan, count.planned));
    for (const std::int64_t number : {count.answered, count.refused, count.invalid, count.shares, count.failed})
      row.emplace_back(number);
    row.push_back(where_planned(with_plan, count.missing()));
    table.add(std::move(row));
  }
  return table;
}

}  // namespace

PlannedTrials read_plan(const std::filesystem::path& file) {
  tables::CsvReader csv(file);
  PlannedTrials planned;
  while (csv.next()) {
    const auto text = [&](const char* name) { return std::string(csv.text(csv.column(name))); };
    planned[{text("model"), text("language"), text("persona"), text("item")}] +=
        csv.integer(csv.column("iterations"), "a number of iterations");
  }
  return planned;
}

findings::Table coverage_table(const TrialCells& cells, const PlannedTrials& planned) {
  return table_of(count(cells, planned, true), true, !planned.empty());
}

findings::Table coverage_by_condition(const TrialCells& cells, const PlannedTrials& planned) {
  return table_of(count(cells, planned, false), false, !planned.empty());
}

}  // namespace meridian::trials
