#include "dilemmas/dilemma_figures.hpp"

#include <fmt/format.h>

namespace meridian::dilemmas {
namespace {

using findings::Figure;
using findings::FigureKind;

const std::string kNone;

Figure share_figure(FigureKind kind, const std::string& name, const std::string& title, const std::string& axis,
                    const DilemmaResults& results) {
  Figure figure = findings::make_figure(kind, name, title);
  figure.x = {.title = "Model"};
  figure.y = {.title = axis, .low = 0.0, .high = 1.0};
  figure.sample = fmt::format("{} models, {} dilemmas", results.choices.models.size(), results.corpus.dilemmas.size());
  figure.interval = "Wilson";
  return figure;
}

Figure preference_figure(const DilemmaResults& results) {
  Figure figure = share_figure(FigureKind::intervals, "preferences", "Shares of the preferred values",
                               "Share choosing the value", results);
  figure.y.reference = 0.5;
  figure.caption = "One panel per pair of values, answers under the first template; the line is no preference.";
  figure.alt = "For every pair of values the models' shares of dilemmas decided for the first value, with intervals.";
  for (const Preference& one : results.preferences) {
    const auto& values = results.corpus.pairs[one.pair].values;
    if (one.rule == ChoiceRule::one_template && one.first + one.second > 0)
      figure.add({values[0] + " over " + values[1], results.choices.models[one.model], kNone, kNone, one.share, one.low,
                  one.high, one.first + one.second});
  }
  return figure;
}

Figure agreement_figure(const DilemmaResults& results) {
  Figure figure = share_figure(FigureKind::bars, "agreement", "The same choice under several templates",
                               "Share of dilemmas", results);
  figure.caption = "Share of dilemmas with the same valid choice under the first two templates and under all.";
  figure.alt = "For every model bars of its agreement over templates, with intervals.";
  for (const Agreement& one : results.agreements)
    if (one.scope == results.corpus.pairs.size() && one.rule == InvalidRule::disagrees && one.dilemmas > 0)
      figure.add({kNone, results.choices.models[one.model], fmt::format("{} templates", one.templates), kNone,
                  one.ratio, one.low, one.high, one.dilemmas});
  return figure;
}

Figure flip_figure(const DilemmaResults& results) {
  Figure figure = share_figure(FigureKind::bars, "consequence_flips", "Choices changed for consequences",
                               "Share of dilemmas", results);
  figure.caption = "Short bars: the choice stands whatever follows from it.";
  figure.alt = "For every model a bar of how often it changed its choice when consequences spoke against it.";
  for (const Flips& one : results.flips)
    if (one.scope == results.corpus.pairs.size() && one.dilemmas > 0)
      figure.add({kNone, results.choices.models[one.model], kNone, kNone, one.rate, one.low, one.high, one.dilemmas});
  return figure;
}

}  // namespace

std::vector<Figure> dilemma_figures(const DilemmaResults& results) {
  std::vector<Figure> figures;
  for (Figure& figure :
       std::vector<Figure>{preference_figure(results), agreement_figure(results), flip_figure(results)})
    if (!figure.data.rows.empty()) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace meridian::dilemmas
