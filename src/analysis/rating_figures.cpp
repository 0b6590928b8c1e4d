#include "analysis/rating_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/descriptives.hpp"

namespace meridian::analysis {
namespace {

constexpr double kNormal95 = 1.959963984540054;

/// Standardised ratings of one respondent, or of a group of them.
struct Ratings {
  std::vector<Summary> items, dimensions;
};

/// "people of China", "models from USA"; in the order of the legend.
struct Group {
  std::string where;
  bool models = false;
  Ratings ratings;
};

std::vector<std::string> dimensions_of(const survey::Instrument& instrument) {
  std::vector<std::string> names;
  for (const survey::Item& item : instrument.items)
    if (!item.dimension.empty() && std::find(names.begin(), names.end(), item.dimension) == names.end())
      names.push_back(item.dimension);
  return names;
}

/// Mean 0 and SD 1 over the answers of one respondent; empty if all are equal.
std::vector<double> standardised(std::vector<double> answers) {
  double mean = 0, squares = 0;
  const auto count = static_cast<double>(answers.size());
  for (const double answer : answers) mean += answer / count;
  for (const double answer : answers) squares += (answer - mean) * (answer - mean);
  if (!(squares > 0)) return {};
  for (double& answer : answers) answer = (answer - mean) / std::sqrt(squares / (count - 1));
  return answers;
}

/// Means count once, whatever they are means of.
void merge_means(const std::vector<Summary>& of_one, std::vector<Summary>& of_all) {
  for (std::size_t i = 0; i < of_one.size(); ++i)
    if (of_one[i].count > 0) of_all[i].merge({1, of_one[i].mean, 0});
}

void add_answers(const panel::Panel& panel, const std::vector<std::string>& dimensions, std::vector<double> answers,
                 Ratings& respondent) {
  const std::vector<double> ratings = standardised(std::move(answers));
  std::vector<Summary> own(dimensions.size());
  for (std::size_t item = 0; item < ratings.size(); ++item) {
    respondent.items[item].merge({1, ratings[item], 0});
    const auto at = std::find(dimensions.begin(), dimensions.end(), panel.instrument.items[item].dimension);
    if (at != dimensions.end()) own[static_cast<std::size_t>(at - dimensions.begin())].merge({1, ratings[item], 0});
  }
  merge_means(own, respondent.dimensions);
}

class Groups {
 public:
  Groups(const panel::Panel& panel, const Layout& layout)
      : panel_(panel), dimensions_(dimensions_of(panel.instrument)) {
    for (const std::string& nation : layout.nations)
      for (const bool models : {false, true}) group(nation, models);
    for (std::size_t i = 0; i < layout.people.count; ++i) add_person(layout.people.first + i, layout);
    std::map<std::size_t, std::set<std::size_t>> conditions;
    for (const std::vector<Cell>& cells : layout.cells)
      for (const Cell& cell : cells) conditions[cell.model].insert(cell.condition);
    for (const auto& [model, met] : conditions) add_model(model, met);
  }
  const std::vector<Group>& all() const { return groups_; }
  const std::vector<std::string>& dimensions() const { return dimensions_; }

 private:
  void add_person(std::size_t person, const Layout& layout) {
    const std::int16_t* answers = panel_.people.answers.data() + person * panel_.items();
    Ratings own = no_ratings();
    add_answers(panel_, dimensions_, {answers, answers + panel_.items()}, own);
    add_respondent(own, group(layout.nations[static_cast<std::size_t>(panel_.people.nation[person])], false));
  }
  /// Answers of one model under several conditions are no independent respondents.
  void add_model(std::size_t model, const std::set<std::size_t>& conditions) {
    Ratings own = no_ratings();
    for (const std::size_t condition : conditions) {
      const double* values = panel_.vector(condition, model);
      add_answers(panel_, dimensions_, {values, values + panel_.items()}, own);
    }
    add_respondent(own, group(panel_.models[model].origin, true));
  }
  static void add_respondent(const Ratings& own, Group& group) {
    merge_means(own.items, group.ratings.items);
    merge_means(own.dimensions, group.ratings.dimensions);
  }
  Ratings no_ratings() const {
    return {std::vector<Summary>(panel_.items()), std::vector<Summary>(dimensions_.size())};
  }
  Group& group(const std::string& where, bool models) {
    for (Group& known : groups_)
      if (known.where == where && known.models == models) return known;
    return groups_.emplace_back(Group{where, models, no_ratings()});
  }
  const panel::Panel& panel_;
  std::vector<std::string> dimensions_;
  std::vector<Group> groups_;
};

void add_means(const std::vector<std::string>& names, std::vector<Summary> Ratings::*values, const Groups& groups,
               findings::Figure& figure) {
  for (std::size_t i = 0; i < names.size(); ++i)
    for (const Group& group : groups.all()) {
      const Summary& rating = (group.ratings.*values)[i];
      if (rating.count == 0) continue;  // nobody, or an item without a dimension
      const double half = kNormal95 * std::sqrt(rating.variance() / rating.count);
      const bool spread = std::isfinite(half);
      figure.add({{},
                  names[i],
                  group.where,
                  group.models ? "models" : "people",
                  rating.mean,
                  spread ? findings::Cell{rating.mean - half} : findings::Cell{},
                  spread ? findings::Cell{rating.mean + half} : findings::Cell{},
                  static_cast<std::int64_t>(rating.count)});
    }
}

void describe(const Groups& groups, const std::string& by, findings::Figure& figure) {
  std::vector<std::string> sizes;
  for (const Group& group : groups.all())
    if (const double count = group.ratings.items.front().count; count > 0)
      sizes.push_back(fmt::format("{:.0f} {} {}", count, group.models ? "models from" : "people of", group.where));
  figure.sample = fmt::format("{}", fmt::join(sizes, ", "));
  figure.interval = "95 % limits, normal, over people or models";
  figure.x.title = by;
  figure.y = {.title = "Standardised rating", .unit = "SD", .reference = 0.0};
  figure.caption =
      "Every respondent's answers have mean 0 and standard deviation 1; a model counts once, with the mean of its "
      "ratings over the conditions of its prompts. Hue: nation of the people and origin of the "
      "models; filled: people, open: models.";
  figure.alt = fmt::format("Mean standardised ratings of people and models by {}.", by);
}

}  // namespace

std::vector<findings::Figure> rating_figures(const panel::Panel& panel, const Layout& layout) {
  const Groups groups(panel, layout);
  std::vector<findings::Figure> figures;
  if (!groups.dimensions().empty()) {
    figures.push_back(
        findings::make_figure(findings::FigureKind::intervals, "ratings_by_dimension", "Ratings by dimension"));
    add_means(groups.dimensions(), &Ratings::dimensions, groups, figures.back());
    describe(groups, "Dimension", figures.back());
  }
  std::vector<std::string> items;
  for (const survey::Item& item : panel.instrument.items)
    items.push_back(item.gloss.empty() ? item.id : fmt::format("{} {}", item.id, item.gloss));
  figures.push_back(findings::make_figure(findings::FigureKind::forest, "ratings_by_item", "Ratings by item"));
  add_means(items, &Ratings::items, groups, figures.back());
  describe(groups, "item", figures.back());
  std::swap(figures.back().x, figures.back().y);
  figures.back().y.title.clear();
  return figures;
}

}  // namespace meridian::analysis
