#include "verification/comparison.hpp"

namespace meridian::verification {
namespace {

enum class Verdict { matched, known, mismatch };

struct Judged {
  Verdict verdict;
  std::string remark;
};

Judged judge(const PrintedCell& cell, const Found& ours, const KnownDifferences& known_differences) {
  if (!ours.missing.empty()) return {Verdict::mismatch, ""};
  if (agrees(cell.printed, ours.value)) return {Verdict::matched, ""};
  const KnownDifference* known = known_differences.find(cell);
  if (known == nullptr) return {Verdict::mismatch, ""};
  if (excused(*known, ours.value)) return {Verdict::known, ""};
  return {Verdict::mismatch, "a known difference, but ours is not the number known for it"};
}

TableCount& count_of(const PrintedCell& cell, std::vector<TableCount>& tables, std::size_t first) {
  for (std::size_t i = first; i < tables.size(); ++i)
    if (tables[i].table == cell.table) return tables[i];
  tables.push_back({cell.survey, cell.analysis, cell.table});
  return tables.back();
}

void compare_analysis(const std::vector<PrintedCell>& cells, const RunFolder& run, const Declared& declared,
                      const KnownDifferences& known_differences, Comparison& comparison) {
  const std::size_t first = comparison.tables.size();
  for (const PrintedCell& cell : cells) {
    if (cell.survey != declared.survey || cell.analysis != declared.analysis) continue;
    const Found ours = run.find(cell.place, declared.folder);
    const Judged judged = judge(cell, ours, known_differences);
    if (judged.verdict == Verdict::mismatch) comparison.mismatches.push_back({cell, ours, judged.remark});
    if (!cell.counted) continue;
    TableCount& table = count_of(cell, comparison.tables, first);
    ++table.printed;
    if (judged.verdict == Verdict::matched) ++table.matched;
    if (judged.verdict == Verdict::known) ++table.known;
  }
  if (comparison.tables.size() == first) comparison.without_print.push_back(declared.survey + " " + declared.analysis);
}

}  // namespace

Comparison compare(const std::vector<PrintedCell>& cells, const std::vector<RunFolder>& runs,
                   const KnownDifferences& known) {
  Comparison comparison;
  for (const RunFolder& run : runs)
    for (const Declared& declared : run.declared()) compare_analysis(cells, run, declared, known, comparison);
  for (const TableCount& table : comparison.tables) {
    comparison.printed += table.printed;
    comparison.matched += table.matched;
    comparison.known += table.known;
  }
  return comparison;
}

bool verified(const Comparison& comparison) { return comparison.printed > 0 && comparison.mismatches.empty(); }

}  // namespace meridian::verification
