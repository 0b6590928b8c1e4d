#include "opinions/answer_checks.hpp"

#include "error.hpp"
#include "findings/columns.hpp"
#include "inference/proportion.hpp"
#include "opinions/verdict.hpp"
#include "tables/text.hpp"

namespace meridian::opinions {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

enum VerdictField : std::size_t { kModel, kSurvey, kAspect, kVerdict, kJudge };

std::string take_verdict(const tables::MappedReader& record, audit::CellCounts& counts) {
  const std::string &aspect = record.text(kAspect), &text = record.text(kVerdict);
  if (aspect_meaning(aspect).empty())
    throw InputError(record.where(), "the aspect " + tables::shown(aspect), "IU, QC, RP, CV, FF or IR",
                     "Name the aspects (label.aspect.TEXT in the mapping): the authors' numbers differ between forms");
  if (record.text(kModel).empty()) return "verdict without a model";
  const std::string judge = record.text(kJudge).empty() ? "judge" : record.text(kJudge);
  const std::string survey = record.text(kSurvey).empty() ? "all" : record.text(kSurvey);
  counts.add({&judge, &record.text(kModel), &survey, &aspect}, static_cast<std::size_t>(verdict_of(text)));
  return "";
}

Table empty_insensitivity() {
  return {
      "insensitivity",
      "Aspects in which answers fail",
      "Answers that the judge fails (\"No\"), of those with a readable verdict; Wilson's interval. The authors plot "
      "the counts; only the rates compare models with different numbers of answers.",
      {text_column("judge"), text_column("model"), text_column("survey"), text_column("aspect"), text_column("meaning"),
       integer_column("no", "answers"), integer_column("judged", "answers"), integer_column("unreadable", "answers"),
       real_column("rate"), real_column("conf_low"), real_column("conf_high")},
      {}};
}

}  // namespace

const std::vector<audit::RecordField>& verdict_fields() {
  static const std::vector<audit::RecordField> fields{
      {"model"}, {"country", false}, {"aspect"}, {"verdict"}, {"judge", false}};
  return fields;
}

Table insensitivity_table(const audit::RecordFiles& verdicts, double confidence, const audit::Team& team,
                          findings::Ledger& ledger, const std::string& source) {
  const audit::Tally tally = audit::tally_records(verdicts, team, 4, 3, take_verdict);
  tally.faults.into(ledger, source + ": verdicts", "verdicts");
  Table table = empty_insensitivity();
  const auto& names = tally.cells.names;
  for (const auto& cell : tally.cells.cells) {
    const std::int64_t no = cell.counts[0], judged = no + cell.counts[1];
    const auto limits = inference::wilson_interval(no, judged, confidence);
    table.add({names[0][cell.key[0]], names[1][cell.key[1]], names[2][cell.key[2]], names[3][cell.key[3]],
               aspect_meaning(names[3][cell.key[3]]), no, judged, cell.counts[2],
               static_cast<double>(no) / static_cast<double>(judged), limits.low, limits.high});
  }
  return table;
}

findings::Figure insensitivity_figure(const Table& table) {
  auto figure = findings::make_figure(findings::FigureKind::bars, "insensitivity", "Aspects in which answers fail");
  figure.x = {.title = "Aspect"};
  figure.y = {.title = "Share of judged answers", .low = 0.0};
  figure.sample = std::to_string(table.rows.size()) + " combinations of judge, model, survey and aspect";
  figure.interval = "Wilson";
  figure.caption = "Rates, not the counts that the authors plot.";
  figure.alt = "For every aspect and model the share of answers that the judge failed.";
  const auto text = [&](const auto& row, const char* column) {
    return std::get<std::string>(row[table.column(column)]);
  };
  for (const auto& row : table.rows)
    if (std::get<std::int64_t>(row[table.column("judged")]) > 0)
      figure.add({text(row, "judge") + ": " + text(row, "survey"), text(row, "meaning"), text(row, "model"),
                  std::string(), row[table.column("rate")], row[table.column("conf_low")],
                  row[table.column("conf_high")], row[table.column("judged")]});
  return figure;
}

}  // namespace meridian::opinions
