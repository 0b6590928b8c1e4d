#include "analysis/fits.hpp"

#include <algorithm>

#include "error.hpp"
#include "models/design.hpp"

namespace meridian::analysis {
namespace {

/// What the model stage needs to know of the people: classes, their blocks of rows and their moments.
struct People {
  std::vector<PersonClass> classes;
  std::vector<double> counts;
  std::vector<models::ClassMoments> moments;
};

People people_of(const Layout& layout, const Moments& moments) {
  People people;
  for (const auto& [key, moment] : moments) {
    people.classes.push_back(key);
    people.counts.push_back(moment.count);
    people.moments.push_back(present_rows(layout, key, moment));
  }
  return people;
}

std::vector<models::ClassBlock> blocks_of(const ClassTable& table) {
  std::vector<models::ClassBlock> blocks;
  for (std::size_t k = 0; k < table.rows.size(); ++k)
    blocks.push_back({static_cast<Eigen::Index>(table.first_row[k]), static_cast<Eigen::Index>(table.rows[k])});
  return blocks;
}

void keep_residual_maps(const People& people, const std::vector<models::ClassBlock>& blocks,
                        const models::Design& design, AnalysisFits& fits) {
  for (std::size_t k = 0; k < people.classes.size(); ++k) {
    const Eigen::MatrixXd x = design.x.middleRows(blocks[k].first_row, blocks[k].rows);
    fits.linear_residuals[people.classes[k]] = {{}, x * fits.linear.fit.beta};
    if (!fits.mixed) continue;
    models::PersonMaps maps = fits.mixed->person_maps(k);
    fits.mixed_residuals[people.classes[k]] = {std::move(maps.residual_map), std::move(maps.residual_offset)};
  }
}

/// "cosine ~ nation + origin + nation:origin".
std::string fixed_part(const models::Formula& formula) {
  std::string text = "cosine ~ ";
  for (std::size_t term = 0; term < formula.fixed.terms.size(); ++term)
    text += (term ? " + " : "") + formula.fixed.label(term);
  return formula.fixed.terms.empty() ? text + "1" : text;
}

[[noreturn]] void refuse(const AnalysisJob& job, const std::string& found, const std::string& expected) {
  throw InputError("[" + job.name + "] formula", found + " in '" + job.formula + "'", expected,
                   "Mend the formula, or use meridian fit on a long table of your own.");
}

bool names_participant(const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), "participant") != names.end();
}

/// People are pooled in classes before the fit: the response is the cosine itself, and a person can only be a group.
void check_formula(const AnalysisJob& job, const models::Formula& formula) {
  const bool cosine = formula.response && formula.response->kind == models::Expression::Kind::name &&
                      formula.response->text == "cosine";
  if (!cosine)
    refuse(job, formula.response ? "the response " + models::deparse(*formula.response) : "no response",
           "cosine ~ ...");
  if (names_participant(formula.fixed.names)) refuse(job, "participant as a fixed effect", "(... | participant)");
  for (const models::RandomPart& part : formula.random) {
    const bool within = part.factors.size() > 1 && part.group.find("participant") != std::string::npos;
    if (within || names_participant(part.columns.names)) refuse(job, "'" + part.group + "'", "(... | participant)");
  }
}

}  // namespace

AnalysisFits fit_analysis(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                          const Moments& moments) {
  const models::Formula formula = models::parse_formula(job.formula);
  check_formula(job, formula);
  const People people = people_of(layout, moments);
  const ClassTable table = make_class_table(panel, layout, people.classes, people.counts);
  models::DesignOptions design_options;
  design_options.response_required = false;
  design_options.multiplicity = table.multiplicity;
  const models::Design design = models::build_design(formula, table.frame, design_options);
  const std::vector<models::ClassBlock> blocks = blocks_of(table);

  AnalysisFits fits;
  fits.linear = models::fit_linear(design, blocks, people.moments);
  fits.linear.fit.formula = fixed_part(formula);
  fits.linear_statistics = models::fit_statistics(design, table.multiplicity, fits.linear.fit);
  if (!design.random.empty()) {
    models::FitOptions options;
    options.method = job.maximum_likelihood ? models::Method::ml : models::Method::reml;
    options.formula = job.formula;
    fits.mixed.emplace(models::estimate_mixed(design, "participant", blocks, people.moments, options));
    fits.mixed_statistics = models::fit_statistics(design, table.multiplicity, fits.mixed->fit());
    fits.mixed_tests =
        models::term_tests(models::type3_contrasts(design, formula, table.frame, design_options), fits.mixed->fit(),
                           [&](const Eigen::VectorXd& l) { return fits.mixed->contrast_df(l); });
    fits.adequacy =
        design_adequacy(formula, {design, blocks, people.moments}, table.frame.find("llm").codes, fits.mixed->fit());
  }
  keep_residual_maps(people, blocks, design, fits);
  return fits;
}

}  // namespace meridian::analysis
