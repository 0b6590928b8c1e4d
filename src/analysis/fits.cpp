#include "analysis/fits.hpp"

#include "analysis/analysis_design.hpp"
#include "analysis/answers.hpp"
#include "models/profile_intervals.hpp"

namespace meridian::analysis {
namespace {

void keep_residual_maps(const AnalysisDesign& analysis, AnalysisFits& fits) {
  for (std::size_t k = 0; k < analysis.classes.size(); ++k) {
    const models::ClassBlock& block = analysis.blocks[k];
    const Eigen::MatrixXd x = analysis.design.x.middleRows(block.first_row, block.rows);
    fits.linear_residuals[analysis.classes[k]] = {{}, x * fits.linear.fit.beta};
    if (!fits.mixed) continue;
    models::PersonMaps maps = fits.mixed->person_maps(k);
    fits.mixed_residuals[analysis.classes[k]] = {std::move(maps.residual_map), std::move(maps.residual_offset)};
  }
}

/// "cosine ~ nation + origin + nation:origin".
std::string fixed_part(const models::Formula& formula) {
  std::string text = "cosine ~ ";
  for (std::size_t term = 0; term < formula.fixed.terms.size(); ++term)
    text += (term ? " + " : "") + formula.fixed.label(term);
  return formula.fixed.terms.empty() ? text + "1" : text;
}

std::vector<findings::Table> answers_of(const AnalysisDesign& analysis, const AnalysisJob& job,
                                        const models::MixedModel& mixed) {
  const models::Design& design = analysis.design;
  const auto profile = [&](double level) {
    return models::profile_intervals(
        models::ModelData{design, "participant",
                          models::project_moments(design, models::random_structure(design.random), "participant",
                                                  analysis.blocks, analysis.moments)},
        level);
  };
  const RefitSource source{
      profile, models::class_criterion("participant", analysis.blocks, analysis.moments, mixed.fit().method)};
  FitQuestions questions = job.questions;
  questions.means_of_terms = questions.means.empty();
  return answer(questions,
                {analysis.formula,
                 analysis.table.frame,
                 analysis.options,
                 design,
                 mixed.fit(),
                 [&](const Eigen::VectorXd& l) { return mixed.contrast_df(l); },
                 {},
                 analysis.table.code_names},
                source);
}

}  // namespace

AnalysisFits fit_analysis(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                          const Moments& moments) {
  const AnalysisDesign analysis = make_analysis_design(panel, layout, job, moments);
  const models::Design& design = analysis.design;
  AnalysisFits fits;
  fits.linear = models::fit_linear(design, analysis.blocks, analysis.moments);
  fits.linear.fit.formula = fixed_part(analysis.formula);
  fits.linear_statistics = models::fit_statistics(design, analysis.table.multiplicity, fits.linear.fit);
  if (!design.random.empty()) {
    models::FitOptions options;
    options.method = job.maximum_likelihood ? models::Method::ml : models::Method::reml;
    options.formula = job.formula;
    fits.mixed.emplace(models::estimate_mixed(design, "participant", analysis.blocks, analysis.moments, options));
    fits.mixed_statistics = models::fit_statistics(design, analysis.table.multiplicity, fits.mixed->fit());
    const auto df = [&](const Eigen::VectorXd& l) { return fits.mixed->contrast_df(l); };
    const auto hypotheses = models::type3_contrasts(design, analysis.formula, analysis.table.frame, analysis.options);
    fits.mixed_tests = models::term_tests(hypotheses, fits.mixed->fit(), df);
    for (const models::TermHypothesis& hypothesis : hypotheses)
      if (!hypothesis.note.empty()) fits.test_notes.push_back(hypothesis.note);
    fits.answers = answers_of(analysis, job, *fits.mixed);
    fits.adequacy = design_adequacy(analysis.formula, {design, analysis.blocks, analysis.moments},
                                    analysis.table.frame.find("llm").codes, fits.mixed->fit());
  }
  keep_residual_maps(analysis, fits);
  return fits;
}

}  // namespace meridian::analysis
