#include "analysis/refusals.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "analysis/fit_findings.hpp"
#include "analysis/refusal_figures.hpp"
#include "analysis/refusal_tables.hpp"
#include "analysis/twin.hpp"
#include "error.hpp"
#include "models/design.hpp"

namespace meridian::analysis {
namespace {

using Labels = std::vector<std::string>;

Labels labels_of(const RefusalCounts& counts, std::string RefusalCell::*label) {
  Labels labels;
  for (const RefusalCell& cell : counts.cells) labels.push_back(cell.*label);
  return labels;
}

/// Two labels enter as +0.5 and -0.5 as the paper codes them: not centred, so that the intercept is a plain mean.
void add_half_codes(models::Frame& frame, const std::string& name, const Labels& labels) {
  const std::set<std::string> levels(labels.begin(), labels.end());
  if (levels.size() != 2) return frame.add_labels(name, labels);
  std::vector<double> codes;
  for (const std::string& label : labels) codes.push_back(label == *levels.begin() ? 0.5 : -0.5);
  frame.add_numeric(name, codes);
}

GeneralizedResult fit_model(const RefusalJob& job, const models::Formula& formula, const RefusalCounts& counts) {
  const models::Frame frame = refusal_frame(counts);
  models::DesignOptions coding;
  coding.trials = "trials";
  if (std::find(formula.fixed.names.begin(), formula.fixed.names.end(), "persona") != formula.fixed.names.end()) {
    const std::vector<std::string>& personas = frame.find("persona").levels;
    if (std::find(personas.begin(), personas.end(), "none") != personas.end())
      coding.contrasts["persona"] = {models::ContrastKind::treatment, "none"};
  }
  const models::Design design = models::build_design(formula, frame, coding);
  models::GeneralizedOptions options;
  options.formula = job.formula;
  GeneralizedResult result{models::fit_generalized(design, options), {}};
  result.ratios = models::likelihood_ratio_tests({formula, frame, coding}, design, options, result.model);
  return result;
}

std::string counts_sentence(const RefusalCounts& counts) {
  std::int64_t trials = 0, fewest = 0, most = 0;
  for (const RefusalCell& cell : counts.cells) {
    trials += cell.trials;
    fewest += cell.fewest;
    most += cell.most;
  }
  const auto percent = [&](std::int64_t count) {
    return 100 * static_cast<double>(count) / static_cast<double>(trials);
  };
  if (counts.exact)
    return fmt::format("{} of {} trials ({:.2f} %) in {} cells gave no valid answer ({}).", fewest, trials,
                       percent(fewest), counts.cells.size(), counts.file);
  return fmt::format(
      "{} holds one mean per cell, not the trials: between {} and {} of {} trials ({:.2f} to {:.2f} %) in {} cells "
      "gave no valid answer. The number of valid trials must make the mean a whole sum, and trials before the first "
      "one kept were not valid. Cells that are missing from the file because every trial was refused are not counted.",
      counts.file, fewest, most, trials, percent(fewest), percent(most), counts.cells.size());
}

findings::Section model_section(const RefusalResult& result, const RefusalResult* twin) {
  const RefusalJob& job = *result.job;
  findings::Section section{
      job.name + "-model", job.title + ": logistic mixed model", "models/" + job.name, {}, {}, {}};
  if (!result.model) {
    section.notes.push_back({findings::Severity::caution, job.name, "No model was fitted: " + result.no_model, ""});
    return section;
  }
  const models::Fit& fit = result.model->model.fit;
  section.paragraphs = {
      fitted_sentence(result.model->model) +
      (result.counts.exact ? "" : " The response is the lower bound of the refusals: not the published model.")};
  add_fit(fit, job.name, section);
  section.tables = generalized_tables(*result.model);
  if (twin && twin->model) compare_twins(job.name, fit, twin->job->name, twin->model->model.fit, section);
  return section;
}

/// What the cells have besides counts and trials (refusal_frame).
const std::set<std::string> kVariables{"origin", "language", "persona", "llm", "item", "dimension"};

}  // namespace

void check_formula(const RefusalJob& job) {
  if (job.formula.empty()) return;
  const models::Formula formula = models::parse_formula(job.formula);
  const auto refuse = [&](const std::string& found, const std::string& expected) {
    throw InputError("[" + job.name + "] formula", found + " in '" + job.formula + "'", expected, "Mend the formula.");
  };
  const bool refused = formula.response && models::deparse(*formula.response) == "refused";
  if (!refused)
    refuse(formula.response ? "the response " + models::deparse(*formula.response) : "no response", "refused ~ ...");
  for (const std::string& column : models::columns_in(formula))
    if (kVariables.count(column) == 0)
      refuse("the variable '" + column + "'", fmt::format("one of {}", fmt::join(kVariables, ", ")));
}

models::Frame refusal_frame(const RefusalCounts& counts) {
  std::vector<double> refused, trials;
  for (const RefusalCell& cell : counts.cells) {
    refused.push_back(static_cast<double>(cell.fewest));
    trials.push_back(static_cast<double>(cell.trials));
  }
  models::Frame frame;
  frame.add_numeric("refused", refused);
  frame.add_numeric("trials", trials);
  add_half_codes(frame, "origin", labels_of(counts, &RefusalCell::origin));
  add_half_codes(frame, "language", labels_of(counts, &RefusalCell::language));
  frame.add_labels("persona", labels_of(counts, &RefusalCell::persona));
  frame.add_labels("llm", labels_of(counts, &RefusalCell::llm));
  frame.add_labels("item", labels_of(counts, &RefusalCell::item));
  frame.add_labels("dimension", labels_of(counts, &RefusalCell::dimension));
  return frame;
}

RefusalResult analyse_refusals(const RefusalJob& job, const survey::ModelAnswers& answers,
                               const survey::Instrument& instrument) {
  RefusalResult result;
  result.job = &job;
  try {
    result.counts = count_refusals(answers, instrument, job.iterations);
  } catch (const InputError& error) {
    result.no_counts = error.what();
    return result;
  }
  if (job.formula.empty()) return result;
  try {
    result.model = fit_model(job, models::parse_formula(job.formula), result.counts);
  } catch (const InputError& error) {
    result.no_model = error.what();
  }
  return result;
}

std::vector<findings::Section> refusal_sections(const RefusalResult& result, const RefusalResult* twin) {
  const RefusalJob& job = *result.job;
  std::vector<findings::Section> sections;
  if (!result.no_counts.empty()) {
    sections.push_back({job.name, job.title, "", {}, {}, {}});
    sections.back().notes.push_back(
        {findings::Severity::warning, job.name, "Refusals cannot be told: " + result.no_counts, ""});
    return sections;
  }
  if (job.tables) {
    sections.push_back({job.name,
                        job.title,
                        "tables/" + job.name,
                        {counts_sentence(result.counts)},
                        {},
                        refusal_tables(result.counts)});
    sections.back().figures = refusal_figures(sections.back().tables);
  }
  if (!job.formula.empty()) sections.push_back(model_section(result, twin));
  for (findings::Section& section : sections) {
    section.aside = !job.compare_with.empty();
    if (section.aside || section.id != job.name) section.under = section.aside ? job.compare_with : job.name;
  }
  return sections;
}

}  // namespace meridian::analysis
