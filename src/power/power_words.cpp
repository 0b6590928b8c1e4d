#include "power/power_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace meridian::power {
namespace {

constexpr double kWanted = 0.8;

/// A row of the table as far as words need it.
struct Point {
  std::string term;
  std::int64_t models = 0, people = 0;
  double power = 0, coverage = 0, coverage_high = 0;

  std::string size() const { return fmt::format("{} models and {} people", models, people); }
};

std::vector<Point> points_of(const findings::Table& table) {
  std::vector<Point> points;
  for (const auto& row : table.rows) {
    const auto whole = [&](const char* name) { return std::get<std::int64_t>(row[table.column(name)]); };
    const auto real = [&](const char* name) { return std::get<double>(row[table.column(name)]); };
    points.push_back({std::get<std::string>(row[table.column("term")]), whole("models"), whole("people"), real("power"),
                      real("coverage"), real("coverage_high")});
  }
  return points;
}

std::string sentence(const std::vector<Point>& points) {
  const Point* smallest = nullptr;
  for (const Point& point : points)
    if (point.power >= kWanted &&
        (smallest == nullptr || std::tie(point.models, point.people) < std::tie(smallest->models, smallest->people)))
      smallest = &point;
  if (smallest != nullptr)
    return fmt::format("{}: power {:.2f} with {}, the smallest of the simulated studies that reaches {:.2f}.",
                       smallest->term, smallest->power, smallest->size(), kWanted);
  const auto best =
      std::max_element(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.power < b.power; });
  return fmt::format("{}: no simulated study reaches power {:.2f}; the most is {:.2f} with {}.", best->term, kWanted,
                     best->power, best->size());
}

}  // namespace

std::vector<std::string> power_sentences(const findings::Table& power) {
  const std::vector<Point> points = points_of(power);
  std::vector<std::string> terms, sentences;
  for (const Point& point : points)
    if (std::find(terms.begin(), terms.end(), point.term) == terms.end()) terms.push_back(point.term);
  for (const std::string& term : terms) {
    std::vector<Point> own;
    std::copy_if(points.begin(), points.end(), std::back_inserter(own), [&](const Point& p) { return p.term == term; });
    sentences.push_back(sentence(own));
  }
  return sentences;
}

std::vector<findings::Note> coverage_notes(const findings::Table& power, double alpha) {
  std::vector<Point> low;
  for (const Point& point : points_of(power))
    if (point.coverage_high < 1 - alpha) low.push_back(point);
  if (low.empty()) return {};
  const auto worst =
      std::min_element(low.begin(), low.end(), [](const Point& a, const Point& b) { return a.coverage < b.coverage; });
  return {
      {findings::Severity::caution, "coverage",
       fmt::format("In {} of {} rows limits of {:g} % hold the truth less often than they say: {} with {} in {:.1f} % "
                   "of the replicates. Power is overstated there.",
                   low.size(), power.rows.size(), 100 * (1 - alpha), worst->term, worst->size(), 100 * worst->coverage),
       "Take --ddf kenward-roger, more models, or a model with the slopes that the effect needs."}};
}

}  // namespace meridian::power
