#include "report/report_files.hpp"

#include <future>

#include "findings/files.hpp"
#include "report/html.hpp"
#include "report/table_files.hpp"

namespace meridian::report {

std::vector<std::string> write_report(const findings::Document& document, const std::string& provenance,
                                      const std::filesystem::path& run, const ReportFormats& formats) {
  const std::filesystem::path folder = run / "report";
  // pandoc and gnuplot work at the same time
  std::future<std::string> tables = std::async(std::launch::async, [&] {
    return write_tables(document, folder / "tables", {formats.latex, formats.markdown, formats.docx});
  });
  const DrawnFigures drawn = write_figures(document, folder / "figures", formats.pictures);
  findings::write_text(folder / "index.html", html_page(document, provenance, drawn));
  std::vector<std::string> problems;
  if (!drawn.problem.empty()) problems.push_back(drawn.problem);
  const std::string table_problem = tables.get();
  if (!table_problem.empty()) problems.push_back(table_problem);
  return problems;
}

}  // namespace meridian::report
