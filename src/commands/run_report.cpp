#include "commands/run_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/share.hpp"
#include "findings/files.hpp"
#include "findings/json_text.hpp"
#include "runtime/log.hpp"
#include "verification/comparison.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using findings::Kind;

verification::Comparison compare_with_print(const fs::path& run, const fs::path& published) {
  std::vector<verification::RunFolder> runs;
  runs.emplace_back(run);
  const auto cells = verification::read_published(published, verification::Terms(published / "terms.csv"));
  return verification::compare(cells, runs, verification::KnownDifferences(published / "known_differences.csv"));
}

std::string verdict(const verification::Comparison& comparison) {
  return fmt::format(
      "Published numbers: {} of {} printed numbers are reproduced to the last printed digit, {} differ for known "
      "reasons that are listed cell by cell, {} do not agree.",
      comparison.matched, comparison.printed, comparison.known, comparison.mismatches.size());
}

findings::Section published_section(const verification::Comparison& comparison) {
  findings::Section section{"published", "Comparison with the published numbers", "", {verdict(comparison)}, {}, {}};
  findings::Table table{
      "published",
      "Printed numbers that this run reproduces",
      "A number is reproduced when ours rounds to the printed digits. Known: listed with the right number and "
      "the reason in known_differences.csv. The command meridian verify lists every mismatch.",
      {{"survey", Kind::text, ""},
       {"analysis", Kind::text, ""},
       {"table", Kind::text, ""},
       {"printed", Kind::integer, ""},
       {"reproduced", Kind::integer, ""},
       {"known", Kind::integer, ""}},
      {}};
  const auto whole = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  for (const verification::TableCount& line : comparison.tables)
    table.add({line.survey, line.analysis, line.table, whole(line.printed), whole(line.matched), whole(line.known)});
  section.tables.push_back(std::move(table));
  if (!verification::verified(comparison))
    section.notes.push_back({findings::Severity::warning, "published numbers",
                             "Some printed numbers are not reproduced.", "meridian verify --run lists them."});
  return section;
}

/// The verdict stands in the summary, the table right behind it.
void add_published(const fs::path& run, const fs::path& published, findings::Document& document) {
  const verification::Comparison comparison = compare_with_print(run, published);
  if (comparison.printed == 0) return;
  auto at = std::find_if(document.sections.begin(), document.sections.end(),
                         [](const findings::Section& section) { return section.id == "summary"; });
  if (at != document.sections.end()) (at++)->paragraphs.push_back(verdict(comparison));
  document.sections.insert(at, published_section(comparison));
}

/// Of a fit it is what the fit was made from; a store of trials has none.
nlohmann::ordered_json provenance_of(const fs::path& run) {
  for (const char* name : {"run.json", "source.json"})
    if (fs::exists(run / name)) return findings::read_json(run / name);
  return nlohmann::json::object();
}

}  // namespace

report::ReportFormats formats_of_a_run() { return {{.pdf = false, .png = false}, true, true, false}; }

void make_report(const fs::path& run, const report::ReportFormats& formats) {
  findings::Document document = findings::read_document(run);
  const nlohmann::ordered_json provenance = provenance_of(run);
  // Tables without the data folder are compared with nothing.
  const fs::path published = fs::path(share_folder()) / "data/published";
  if (!document.synthetic && fs::is_directory(published) &&
      !provenance.value("declared", nlohmann::ordered_json::array()).empty())
    add_published(run, published, document);
  for (const std::string& problem : report::write_report(document, provenance.dump(), run, formats))
    runtime::info("report: " + problem);
  runtime::info("report: " + (run / "report" / "index.html").string());
}

}  // namespace meridian::commands
