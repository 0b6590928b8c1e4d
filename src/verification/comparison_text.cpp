#include <fmt/core.h>

#include "tables/csv.hpp"
#include "verification/comparison.hpp"

namespace meridian::verification {
namespace {

std::string table_line(const TableCount& table) {
  std::string line =
      fmt::format("{} {} {}: {} of {}", table.survey, table.analysis, table.table, table.matched, table.printed);
  if (table.known > 0) line += fmt::format(", {} known difference{}", table.known, table.known == 1 ? "" : "s");
  return line + "\n";
}

std::string distance(const Mismatch& mismatch) {
  const PrintedNumber& printed = mismatch.cell.printed;
  if (printed.form == Form::below) return "not below the printed bound";
  if (printed.form == Form::zero) return "not zero";
  return fmt::format("{:.2f}", last_digit_difference(printed, mismatch.ours.value));
}

// The words of docs/replication.md, with commas: survey, analysis, table, key, quantity, printed, ours, difference.
std::string mismatch_line(const Mismatch& mismatch) {
  const PrintedCell& cell = mismatch.cell;
  std::string line = fmt::format("  {}, {}, {}, {}, {}, {}, ", cell.survey, cell.analysis, cell.table, cell.key,
                                 cell.quantity, cell.printed.text);
  if (!mismatch.ours.missing.empty()) return line + "not computed (" + mismatch.ours.missing + ")\n";
  line += tables::format_number(mismatch.ours.value) + ", " + distance(mismatch);
  if (!mismatch.remark.empty()) line += " (" + mismatch.remark + ")";
  return line + "\n";
}

}  // namespace

std::string to_text(const Comparison& comparison) {
  std::string text;
  for (const TableCount& table : comparison.tables) text += table_line(table);
  for (const std::string& analysis : comparison.without_print)
    text += analysis + ": nothing about it in these printed tables\n";
  if (!comparison.mismatches.empty())
    text += fmt::format(
        "{} mismatch{} (survey, analysis, table, key, quantity, printed, ours, difference in the last printed "
        "digit):\n",
        comparison.mismatches.size(), comparison.mismatches.size() == 1 ? "" : "es");
  for (const Mismatch& mismatch : comparison.mismatches) text += mismatch_line(mismatch);
  return text + fmt::format("matched {} of {} printed numbers, {} known differences\n", comparison.matched,
                            comparison.printed, comparison.known);
}

}  // namespace meridian::verification
