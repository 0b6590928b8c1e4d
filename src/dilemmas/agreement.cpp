#include "dilemmas/agreement.hpp"

#include <algorithm>
#include <set>

#include "inference/proportion.hpp"

namespace meridian::dilemmas {
namespace {

struct Answered {
  bool asked = true, all_valid = true, same = true;
};

Answered answered(const Choices& choices, std::size_t model, std::size_t dilemma, std::size_t templates) {
  Answered found;
  const Choice first = choices.base(model, dilemma);
  for (std::size_t t = 0; t < templates; ++t) {
    const Choice choice = choices.base(model, dilemma, t);
    found.asked = found.asked && choice != Choice::absent;
    found.all_valid = found.all_valid && valid(choice);
    found.same = found.same && choice == first;
  }
  return found;
}

Agreement agreement(const Choices& choices, const Corpus& corpus, Agreement wanted, double confidence) {
  for (std::size_t d = 0; d < choices.dilemmas; ++d) {
    if (!in_scope(corpus, d, wanted.scope)) continue;
    const Answered found = answered(choices, wanted.model, d, wanted.templates);
    if (!found.asked || (wanted.rule == InvalidRule::excluded && !found.all_valid)) continue;
    ++wanted.dilemmas;
    wanted.agreeing += found.all_valid && found.same ? 1 : 0;
  }
  wanted.ratio = static_cast<double>(wanted.agreeing) / static_cast<double>(wanted.dilemmas);
  const inference::Interval limits = inference::wilson_interval(wanted.agreeing, wanted.dilemmas, confidence);
  wanted.low = limits.low;
  wanted.high = limits.high;
  return wanted;
}

}  // namespace

std::vector<Agreement> agreements(const Choices& choices, const Corpus& corpus, double confidence) {
  std::set<std::size_t> counts{std::min<std::size_t>(2, choices.templates.size()), choices.templates.size()};
  counts.erase(1);
  std::vector<Agreement> all;
  for (const std::size_t templates : counts)
    for (const InvalidRule rule : {InvalidRule::disagrees, InvalidRule::excluded})
      for (std::size_t model = 0; model < choices.models.size(); ++model)
        for (std::size_t scope = 0; scope < scope_count(corpus); ++scope)
          all.push_back(agreement(choices, corpus, {model, scope, templates, rule}, confidence));
  return all;
}

TemplateAnswers::TemplateAnswers(const Choices& choices, const Corpus& corpus)
    : corpus_(corpus),
      models_(choices.models.size()),
      templates_(static_cast<int>(choices.templates.size())),
      cells_(choices.models.size() * choices.dilemmas) {
  for (std::size_t m = 0; m < models_; ++m)
    for (std::size_t d = 0; d < choices.dilemmas; ++d) {
      Cell& cell = cells_[m * choices.dilemmas + d];
      for (std::size_t t = 0; t < choices.templates.size(); ++t) {
        const Choice choice = choices.base(m, d, t);
        const Choice listed = choices.lists_second_first[t] ? Choice::second : Choice::first;
        cell.valid += valid(choice) ? 1 : 0;
        cell.first += choice == Choice::first ? 1 : 0;
        cell.first_listed += choice == listed ? 1 : 0;
      }
    }
  for (const Guided& guided : choices.guided) {
    if (!valid(guided.choice)) continue;
    Cell& cell = cells_[guided.model * choices.dilemmas + guided.dilemma];
    ++cell.guided;
    const std::size_t chosen = corpus.dilemmas[guided.dilemma].value[guided.choice == Choice::first ? 0 : 1];
    cell.followed += chosen == guided.requested ? 1 : 0;
  }
}

TemplateStatistics TemplateAnswers::of(std::size_t model, std::size_t scope, const std::vector<double>& weights) const {
  double agreeing = 0, first = 0, dilemmas = 0, listed = 0, answers = 0, followed = 0, guided = 0;
  for (std::size_t d = 0; d < weights.size(); ++d) {
    if (!in_scope(corpus_, d, scope)) continue;
    const Cell& cell = cells_[model * weights.size() + d];
    listed += weights[d] * cell.first_listed;
    answers += weights[d] * cell.valid;
    followed += weights[d] * cell.followed;
    guided += weights[d] * cell.guided;
    if (cell.valid < templates_) continue;
    const int second = templates_ - cell.first;
    agreeing += weights[d] * (cell.first * (cell.first - 1) + second * (second - 1));
    first += weights[d] * cell.first;
    dilemmas += weights[d];
  }
  const double raters = templates_;
  const double observed = agreeing / (dilemmas * raters * (raters - 1));
  const double share = first / (dilemmas * raters);
  const double expected = share * share + (1 - share) * (1 - share);
  return {(observed - expected) / (1 - expected), listed / answers, followed / guided, dilemmas, answers, guided};
}

std::vector<TemplateStatistics> TemplateAnswers::statistics(const std::vector<double>& weights) const {
  std::vector<TemplateStatistics> all;
  for (std::size_t model = 0; model < models_; ++model)
    for (std::size_t scope = 0; scope < scope_count(corpus_); ++scope) all.push_back(of(model, scope, weights));
  return all;
}

Eigen::VectorXd TemplateAnswers::resampled(const std::vector<double>& weights) const {
  const std::vector<TemplateStatistics> found = statistics(weights);
  Eigen::VectorXd values(static_cast<Eigen::Index>(3 * found.size()));
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(3 * i);
    values[at] = found[i].kappa;
    values[at + 1] = found[i].first_listed;
    values[at + 2] = found[i].adherence;
  }
  return values;
}

}  // namespace meridian::dilemmas
