#include "uncertainty/analysis_subject.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "analysis/analysis_design.hpp"
#include "analysis/fits.hpp"
#include "error.hpp"
#include "uncertainty/cell_statistics.hpp"
#include "uncertainty/item_jackknife.hpp"
#include "uncertainty/tiles.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

/// Responses of a class as they come, block by block.
struct Gathered {
  std::vector<MatrixXd> cosines;
  std::vector<std::uint32_t> members;
};

struct Cosines {
  analysis::Moments moments;
  std::map<analysis::PersonClass, Gathered> classes;
};

Cosines compute_cosines(const analysis::Study& study, const analysis::Layout& layout, int threads) {
  Cosines all;
  each_tile(study, layout, threads, [&](const similarity::Tile& tile) {
    analysis::merge(all.moments, analysis::gather_block(study.panel, layout, tile));
    analysis::visit_classes(
        study.panel, layout, tile,
        [&](const analysis::PersonClass& key, const MatrixXd& cosines, const std::vector<std::size_t>& persons) {
          Gathered& own = all.classes[key];
          own.cosines.push_back(cosines);
          for (const std::size_t person : persons)
            own.members.push_back(static_cast<std::uint32_t>(person - layout.people.first));
        });
  });
  return all;
}

SampleClass make_class(const models::ClassBlock& block, const models::ClassMoments& moments, const Gathered& gathered) {
  SampleClass one{block, moments.mean, MatrixXd(static_cast<Index>(gathered.members.size()), block.rows),
                  gathered.members};
  Index row = 0;
  for (const MatrixXd& part : gathered.cosines) {
    one.deviations.middleRows(row, part.rows()) = part.rowwise() - one.mean.transpose();
    row += part.rows();
  }
  return one;
}

/// People of the analysis by nation; models by origin; each row of the template by its model.
void set_units(const analysis::Study& study, const analysis::Layout& layout, const analysis::AnalysisDesign& design,
               Sample& sample) {
  const auto nation = study.panel.people.nation.begin() + static_cast<std::ptrdiff_t>(layout.people.first);
  sample.people = resampling::strata_of({nation, nation + static_cast<std::ptrdiff_t>(layout.people.count)});
  sample.people_strata = layout.nations;
  std::vector<std::int32_t> origin_of_model;
  for (const std::size_t model : layout.models) {
    const std::string& origin = study.panel.models[model].origin;
    const auto known = std::find(sample.column_strata.begin(), sample.column_strata.end(), origin);
    origin_of_model.push_back(static_cast<std::int32_t>(known - sample.column_strata.begin()));
    if (known == sample.column_strata.end()) sample.column_strata.push_back(origin);
    sample.column_names.push_back(study.panel.models[model].name);
  }
  sample.columns = resampling::strata_of(origin_of_model);
  sample.column_factor = "llm";
  const models::Variable& llm = design.table.frame.find("llm");
  for (const std::size_t row : design.design.kept_rows) {
    const std::string& name = llm.levels[static_cast<std::size_t>(llm.codes[row])];
    const auto found = std::find(sample.column_names.begin(), sample.column_names.end(), name);
    sample.column_of_row.push_back(static_cast<std::int32_t>(found - sample.column_names.begin()));
  }
}

/// Centred two-level covariates: the first level in code-point order is the higher code.
std::vector<CodeLabels> code_labels(const analysis::Study& study, const analysis::Layout& layout) {
  std::map<std::string, std::vector<std::string>> levels;
  levels["nation"] = layout.nations;
  for (const std::size_t model : layout.models) levels["origin"].push_back(study.panel.models[model].origin);
  for (const analysis::Cell& cell : layout.cells.front()) {
    levels["language"].push_back(study.panel.conditions[cell.condition].language);
    levels["persona"].push_back(study.panel.conditions[cell.condition].persona);
  }
  std::vector<CodeLabels> labels;
  for (auto& [variable, names] : levels) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.size() == 2) labels.push_back({variable, names[1], names[0]});
  }
  return labels;
}

/// A coefficient that varies within models or people without a slope there has a standard error from single rows.
std::vector<bool> has_slopes(const models::Design& design, const analysis::Adequacy& adequacy) {
  std::vector<bool> slopes(design.names.size(), true);
  for (const analysis::EffectAdequacy& effect : adequacy.effects)
    for (std::size_t i = 0; i < slopes.size(); ++i)
      if (design.names[i] == effect.term && !effect.slope && effect.doubtful()) slopes[i] = false;
  return slopes;
}

/// Settings that change what is shown or how many replicates there are, not a replicate.
bool shows_only(const std::string& key) {
  for (const char* name : {".title", ".published", ".tables", ".compare_with", ".bootstrap", ".permute", ".replicates",
                           ".seed", ".bca", ".contrast.", ".like"})
    if (key.find(name) != std::string::npos) return true;
  return false;
}

}  // namespace

std::size_t analysis_index(const analysis::Study& study, const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t a = 0; a < study.job.analyses.size(); ++a) {
    names.push_back(study.job.analyses[a].name);
    if (names.back() == name) return a;
  }
  throw InputError("--analysis", "'" + name + "'", fmt::format("one of {}", fmt::join(names, ", ")),
                   "Name an analysis of the run's job.");
}

std::vector<std::pair<std::string, std::string>> analysis_fingerprint(const analysis::Study& study,
                                                                      const analysis::AnalysisJob& job) {
  auto entries = analysis::input_digests(study.job);
  for (const auto& [key, value] : study.job.settings)
    if (shows_only(key))
      continue;
    else if (key.rfind(job.name + ".", 0) == 0 || key.rfind("study.", 0) == 0 || key.rfind("people.", 0) == 0)
      entries.emplace_back(key, value);
  entries.emplace_back("people per block", std::to_string(study.job.block));
  entries.emplace_back("numerics version", analysis::kNumericsVersion);
  return entries;
}

namespace {

void set_statistics(const AnalysisSample& own, Scheme scheme, Subject& subject) {
  if (scheme == Scheme::items) {
    subject.groups = {variant_statistics(own, 0)};
    subject.left_out = left_out_parts(own);
    return;
  }
  const bool these_models = scheme == Scheme::people || scheme == Scheme::parametric || scheme == Scheme::iterations;
  subject.groups = {model_statistics(own.sample, *subject.refitter, subject.functions),
                    similarity_statistics(own, these_models)};
  if (scheme != Scheme::parametric) subject.groups.push_back(gap_statistics(own, these_models));
}

}  // namespace

std::shared_ptr<const Subject> analysis_subject(const analysis::Study& study, const std::string& name, Scheme scheme,
                                                const std::vector<std::string>& contrasts, int threads) {
  const std::size_t a = analysis_index(study, name);
  const analysis::AnalysisJob& job = study.job.analyses[a];
  const analysis::Layout& layout = study.layouts[a];
  const Cosines cosines = compute_cosines(study, layout, threads);
  const auto design =
      std::make_shared<const analysis::AnalysisDesign>(make_analysis_design(study.panel, layout, job, cosines.moments));
  if (design->design.random.empty())
    throw InputError("--analysis", "'" + name + "' without a mixed model", "an analysis with random terms",
                     "Give it a formula with (... | llm) or (... | participant).");
  auto subject = std::make_shared<Subject>();
  Sample& sample = subject->sample;
  sample.design = design->design;
  sample.pooled = "participant";
  sample.method = job.maximum_likelihood ? models::Method::ml : models::Method::reml;
  set_units(study, layout, *design, sample);
  for (std::size_t k = 0; k < design->classes.size(); ++k)
    sample.classes.push_back(make_class(design->blocks[k], design->moments[k], cosines.classes.at(design->classes[k])));
  models::FitOptions options;
  options.method = sample.method;
  subject->model = std::make_unique<models::MixedModel>(
      models::estimate_mixed(sample.design, sample.pooled, design->blocks, design->moments, options));
  const models::Fit& fit = subject->model->fit();
  subject->refitter = std::make_unique<models::Refitter>(
      sample.design, sample.pooled, full_classes(sample, models::random_structure(sample.design.random)), sample.method,
      fit.theta);
  const std::vector<std::int32_t> llm = design->table.frame.find("llm").codes;
  subject->slopes = has_slopes(
      sample.design,
      analysis::design_adequacy(design->formula, {design->design, design->blocks, design->moments}, llm, fit));
  subject->functions =
      cell_functions(sample.design, design->formula, design->table.frame, design->options, code_labels(study, layout));
  for (const std::string& text : contrasts) subject->functions.push_back(parse_contrast(text, sample.design.names));
  const AnalysisSample own{study.panel, layout, design->classes, sample};
  set_statistics(own, scheme, *subject);
  if (scheme == Scheme::iterations) {
    subject->iterations =
        std::make_shared<const IterationSampler>(study, a, sample, design->classes, subject->refitter->structure());
    if (const auto single = subject->iterations->single_answers(); single > 0)
      subject->remark = fmt::format(" {} cells have a single valid answer, which cannot vary.", single);
  }
  subject->fingerprint = analysis_fingerprint(study, job);
  subject->fingerprint.emplace_back("analysis", name);
  subject->fingerprint.emplace_back("contrasts", fmt::format("{}", fmt::join(contrasts, "; ")));
  subject->data = design;
  return subject;
}

}  // namespace meridian::uncertainty
