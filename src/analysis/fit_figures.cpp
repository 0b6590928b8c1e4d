#include "analysis/fit_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace meridian::analysis {
namespace {

using findings::Cell;
using findings::Figure;

constexpr std::size_t kMostLevels = 60;
constexpr std::size_t kMostOfAPage = 84;  ///< rows, two panels side by side
constexpr double kNormal95 = 1.959963984540054;

std::string sample_of(const models::Fit& fit) {
  std::string text = fmt::format("{} rows", fit.nobs);
  for (const models::GroupSize& group : fit.groups) text += fmt::format(", {} levels of {}", group.levels, group.name);
  return text;
}

/// How the limits of coefficients_table were made.
const char* limits_words(const models::Fit& fit) {
  if (fit.method == models::Method::lm) return "95 % limits of the t distribution";
  if (fit.method == models::Method::generalized) return "95 % Wald limits of the normal distribution";
  return fit.small_sample == models::SmallSample::kenward_roger
             ? "95 % limits of the t distribution with Kenward-Roger standard errors and degrees of freedom"
             : "95 % limits of the t distribution with Satterthwaite's degrees of freedom";
}

/// Terms of all fits in the order in which they first stand.
std::vector<std::string> terms_of(const std::vector<std::pair<std::string, const models::Fit*>>& fits) {
  std::vector<std::string> terms;
  for (const auto& [name, fit] : fits)
    for (const models::Coefficient& c : fit->coefficients)
      if (c.term != "(Intercept)" && std::find(terms.begin(), terms.end(), c.term) == terms.end())
        terms.push_back(c.term);
  return terms;
}

using Panels = std::map<std::pair<std::string, std::string>, std::vector<models::RandomEffect>>;

/// By factor and term, ascending by value. A factor may have millions of levels.
Panels panels_of(const models::Fit& fit) {
  Panels panels;
  for (const models::RandomEffect& effect : fit.random_effects) {
    std::vector<models::RandomEffect>& levels = panels[{effect.group, effect.term}];
    if (levels.size() <= kMostLevels) levels.push_back(effect);
  }
  std::erase_if(panels, [](const auto& panel) { return panel.second.size() > kMostLevels; });
  for (auto& [key, effects] : panels)
    std::stable_sort(effects.begin(), effects.end(), [](const auto& a, const auto& b) { return a.value > b.value; });
  return panels;
}

/// Names the factors without a panel.
std::string left_out(const models::Fit& fit) {
  std::string text;
  for (const models::GroupSize& group : fit.groups)
    if (group.levels > kMostLevels)
      text += fmt::format(" {} has {} levels, more than {}, and is not drawn.", group.name, group.levels, kMostLevels);
  return text;
}

Figure empty_caterpillar(const models::Fit& fit, std::size_t number) {
  const bool first = number == 1;
  Figure figure = findings::make_figure(findings::FigureKind::forest,
                                        first ? "random_effects" : fmt::format("random_effects_{}", number),
                                        first ? "Predicted random effects" : "Predicted random effects (continued)");
  figure.x = {.title = "Deviation from the mean effect",
              .unit = unit_of_effects(fit),
              .reference = 0.0,
              .panel_ends = true};  // slopes are per unit of their column
  figure.sample = sample_of(fit);
  figure.interval = "conditional mode and 1.96 conditional standard deviations";
  figure.caption = "How far each level lies from the fixed effect, sorted." + left_out(fit);
  return figure;
}

}  // namespace

std::string unit_of_effects(const models::Fit& fit) {
  const std::string response = fit.formula.substr(0, fit.formula.find('~'));
  return response.substr(0, response.find_last_not_of(' ') + 1) +
         (fit.method == models::Method::generalized ? ", scale of the link" : "");
}

std::optional<Figure> coefficients_figure(const std::vector<std::pair<std::string, const models::Fit*>>& fits) {
  Figure figure = findings::make_figure(findings::FigureKind::forest, "coefficients", "Fixed effects with 95 % limits");
  for (const std::string& term : terms_of(fits))
    for (const auto& [name, fit] : fits)
      for (const models::Coefficient& c : fit->coefficients)
        if (c.term == term)
          figure.add({{},
                      term,
                      fits.size() > 1 ? Cell{name} : Cell{},
                      {},
                      c.estimate,
                      c.conf_low,
                      c.conf_high,
                      static_cast<std::int64_t>(fit->nobs)});
  if (figure.data.rows.empty()) return std::nullopt;
  figure.x = {.title = "Estimate", .unit = unit_of_effects(*fits.front().second), .reference = 0.0};
  figure.sample = sample_of(*fits.front().second);
  figure.interval = limits_words(*fits.front().second);
  figure.caption = "Each mark is an estimate of the model" +
                   std::string(fits.size() > 1 ? " named in the legend" : "") +
                   "; the dashed line is no effect. The intercept is left out.";
  figure.alt = fmt::format("Forest plot of {} fixed effects; the table of coefficients holds the same numbers.",
                           terms_of(fits).size());
  return figure;
}

std::vector<Figure> random_effects_figures(const models::Fit& fit) {
  std::vector<Figure> figures;
  for (const auto& [key, effects] : panels_of(fit)) {
    if (figures.empty() || figures.back().data.rows.size() + effects.size() > kMostOfAPage)
      figures.push_back(empty_caterpillar(fit, figures.size() + 1));
    for (const models::RandomEffect& e : effects)
      figures.back().add({key.first + ": " + key.second,
                          e.level,
                          {},
                          {},
                          e.value,
                          e.value - kNormal95 * e.conditional_sd,
                          e.value + kNormal95 * e.conditional_sd,
                          {}});
  }
  for (Figure& figure : figures)
    figure.alt =
        fmt::format("Caterpillar plot of {} predicted random effects; the table of random effects holds the numbers.",
                    figure.data.rows.size());
  return figures;
}

}  // namespace meridian::analysis
