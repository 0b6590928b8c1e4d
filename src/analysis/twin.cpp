#include "analysis/twin.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meridian::analysis {
namespace {

constexpr double kLevel = 0.05;

std::string changed_conclusion(const models::Coefficient& now, const models::Coefficient& before) {
  const bool significant = now.p_value < kLevel, was = before.p_value < kLevel;
  if (significant && was && (now.estimate > 0) != (before.estimate > 0)) return "sign";
  if (significant != was) return significant ? "now significant" : "no longer significant";
  return "no";
}

findings::Table twin_table(const std::string& name, const std::string& other_name) {
  using findings::Kind;
  findings::Table table;
  table.name = "twin";
  table.title = name + " beside " + other_name;
  table.caption =
      fmt::format("1: {}; 2: {}. Conclusion: significance at .05 and sign of significant effects.", other_name, name);
  table.columns = {{"term", Kind::text, ""}};
  for (const char* column :
       {"estimate_1", "std_error_1", "p_value_1", "estimate_2", "std_error_2", "p_value_2", "difference"})
    table.columns.push_back({column, Kind::real, ""});
  table.columns.push_back({"conclusion_changes", Kind::text, ""});
  return table;
}

}  // namespace

void compare_twins(const std::string& name, const models::Fit& fit, const std::string& other_name,
                   const models::Fit& other, findings::Section& section) {
  findings::Table table = twin_table(name, other_name);
  std::vector<std::string> changes;
  for (const models::Coefficient& now : fit.coefficients) {
    const auto before = std::find_if(other.coefficients.begin(), other.coefficients.end(),
                                     [&](const models::Coefficient& c) { return c.term == now.term; });
    if (before == other.coefficients.end()) continue;
    const std::string change = changed_conclusion(now, *before);
    if (change != "no") changes.push_back(fmt::format("{} ({})", now.term, change));
    table.add({now.term, before->estimate, before->std_error, before->p_value, now.estimate, now.std_error, now.p_value,
               now.estimate - before->estimate, change});
  }
  const std::size_t terms = table.rows.size();
  section.tables.push_back(std::move(table));
  findings::Note note;
  note.about = name + " beside " + other_name;
  note.severity = changes.empty() ? findings::Severity::info : findings::Severity::caution;
  note.text = changes.empty()
                  ? fmt::format("None of {} fixed effects changes its sign or its significance at .05.", terms)
                  : fmt::format("{} of {} fixed effects change their conclusion: {}.", changes.size(), terms,
                                fmt::join(changes, ", "));
  section.notes.push_back(note);
}

}  // namespace meridian::analysis
