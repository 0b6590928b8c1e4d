#include "analysis/fit_sections.hpp"

#include "analysis/fit_figures.hpp"
#include "analysis/fit_findings.hpp"
#include "analysis/fit_tables.hpp"
#include "analysis/side_by_side.hpp"

namespace meridian::analysis {
findings::Section mixed_section(const Analysed& analysis) {
  const models::Fit& fit = analysis.fits->mixed->fit();
  const std::string& name = analysis.job->name;
  findings::Section section{
      name + "-model", analysis.job->title + ": mixed model", "models/" + name, {fitted_sentence(fit)}, {}, {}};
  add_fit(fit, name, section);
  section.tables = mixed_tables(fit, analysis.fits->mixed_statistics, analysis.fits->mixed_tests);
  for (const std::string& note : analysis.fits->test_notes)
    section.notes.push_back({findings::Severity::info, "type III tests of " + name, note, ""});
  for (const findings::Table& table : analysis.fits->answers) section.tables.push_back(table);
  add_adequacy(*analysis.fits->adequacy, name, section);
  for (const findings::Figure& figure : analysis.residual_figures->figures()) section.figures.push_back(figure);
  return section;
}

findings::Section linear_section(const Analysed& analysis) {
  const models::LinearFit& linear = analysis.fits->linear;
  const std::string& name = analysis.job->name;
  return {name + "-lm",
          analysis.job->title + ": least squares",
          "models/" + name + "-lm",
          {fitted_sentence(linear) + " Rows are treated as independent here: for comparison with print only."},
          {},
          {coefficients_table(linear.fit)},
          {},
          {},
          {},
          true};
}

void add_family(const std::vector<Analysed>& all, const Analysed& head, std::vector<findings::Section>& sections) {
  std::vector<NamedFit> fits;
  std::vector<std::pair<std::string, const models::Fit*>> named;
  for (const Analysed& other : all)
    if ((&other == &head || other.job->compare_with == head.job->name) && other.fits && other.fits->mixed) {
      fits.push_back({other.job->name, &other.fits->mixed->fit(), &other.fits->mixed_statistics});
      named.emplace_back(other.job->name, fits.back().fit);
    }
  if (fits.size() < 2) return;
  const std::string& name = head.job->name;
  findings::Section section{
      name + "-side-by-side",    head.job->title + ": models side by side", "models/" + name + "-family", {}, {},
      {side_by_side_table(fits)}};
  if (auto figure = coefficients_figure(named)) section.figures.push_back(*figure);
  sections.push_back(std::move(section));
}

}  // namespace meridian::analysis
