#include "commands/fit_folder.hpp"

#include "error.hpp"
#include "findings/files.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;

/// Everything this command may have written into a folder before.
const char* const kOwn[] = {"coefficients",       "variance_components",
                            "fixed_correlations", "random_effects",
                            "fit_statistics",     "anova",
                            "likelihood_ratio",   "adequacy",
                            "intervals",          "random_tests",
                            "cell_means",         "contrasts"};

/// What `meridian report` makes a page of.
findings::Document document_of(analysis::LongFit fit, const std::string& formula) {
  findings::Document document;
  document.title = formula;
  document.synthetic = fit.synthetic;
  document.exclusions = std::move(fit.exclusions);
  document.sections.push_back({"summary", "Summary", ".", std::move(fit.section.paragraphs), {}, {}});
  fit.section.paragraphs.clear();
  document.sections.push_back(std::move(fit.section));
  return document;
}

}  // namespace

void write_fit(analysis::LongFit fit, const std::string& formula, const fs::path& folder) {
  if (fs::exists(folder / "run.json"))
    throw InputError("--out", "the run folder '" + folder.string() + "'", "a folder of its own for the fit",
                     "Name another folder.");
  for (const char* name : kOwn)
    for (const char* ending : {".csv", ".json"}) fs::remove(folder / (std::string(name) + ending));
  fs::remove(folder / "source.json");
  if (fs::exists(folder / "findings.json"))  // else these are not ours
    for (const char* name : {"figures", "findings", "report"}) fs::remove_all(folder / name);
  findings::write_text(folder / "fit.json", fit.fit_json);
  findings::write_document(document_of(std::move(fit), formula), folder);
}

}  // namespace meridian::commands
