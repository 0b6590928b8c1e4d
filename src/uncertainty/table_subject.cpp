#include "uncertainty/table_subject.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "uncertainty/table_sample.hpp"

namespace meridian::uncertainty {

std::shared_ptr<const Subject> table_subject(const models::Frame& frame, const TableModel& model) {
  const models::Formula formula = models::parse_formula(model.formula);
  const models::Design design = models::build_design(formula, frame, model.design);
  const models::Method method = model.maximum_likelihood ? models::Method::ml : models::Method::reml;
  auto subject = std::make_shared<Subject>();
  subject->sample = table_sample(design, method, model.columns);
  const Sample& sample = subject->sample;
  models::FitOptions options;
  options.method = method;
  subject->model = std::make_unique<models::MixedModel>(models::estimate_mixed(design, options));
  subject->refitter = std::make_unique<models::Refitter>(
      sample.design, sample.pooled, full_classes(sample, models::random_structure(sample.design.random)), method,
      subject->model->fit().theta);
  subject->functions = cell_functions(design, formula, frame, model.design, {});
  for (const std::string& text : model.contrasts)
    subject->functions.push_back(parse_contrast(text, sample.design.names));
  // Which slopes a table of unknown origin needs cannot be told: studentized limits are left out.
  subject->slopes.assign(sample.design.names.size(), false);
  subject->groups = {model_statistics(sample, *subject->refitter, subject->functions)};
  subject->fingerprint = {{"table", model.digest},
                          {"formula", model.formula},
                          {"method", model.maximum_likelihood ? "ML" : "REML"},
                          {"drawn as people", sample.pooled},
                          {"drawn as models", model.columns},
                          {"analysis", "table"},
                          {"contrasts", fmt::format("{}", fmt::join(model.contrasts, "; "))}};
  if (!model.design.weights.empty()) subject->fingerprint.emplace_back("weights", model.design.weights);
  if (!model.codings.empty())
    subject->fingerprint.emplace_back("codings", fmt::format("{}", fmt::join(model.codings, "; ")));
  return subject;
}

}  // namespace meridian::uncertainty
