#include "analysis/rating_figures.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "small_study.hpp"

using Catch::Contains;
using namespace meridian;
using findings::Cell;

namespace {

/// The first item in units of the vector's own standard deviation.
double first_rating(const double* values, std::size_t items) {
  const double mean = std::accumulate(values, values + items, 0.0) / static_cast<double>(items);
  double squares = 0;
  for (std::size_t i = 0; i < items; ++i) squares += std::pow(values[i] - mean, 2);
  return (values[0] - mean) / std::sqrt(squares / static_cast<double>(items - 1));
}

}  // namespace

TEST_CASE("a model counts once in the ratings of its origin, with its mean over conditions") {
  const analysis::SmallStudy study = analysis::make_small_study(30);
  const findings::Figure figure = analysis::rating_figures(study.panel, study.layout).back();
  CHECK_NOTHROW(findings::check_figure(figure));
  for (const std::string origin : {"China", "USA"}) {
    std::vector<double> means;
    for (std::size_t model = 0; model < study.panel.models.size(); ++model)
      if (study.panel.models[model].origin == origin)
        means.push_back((first_rating(study.panel.vector(0, model), study.panel.items()) +
                         first_rating(study.panel.vector(1, model), study.panel.items())) /
                        2);
    REQUIRE(means.size() == 2);
    const auto row = std::find_if(figure.data.rows.begin(), figure.data.rows.end(), [&](const auto& each) {
      return each[2] == Cell{origin} && each[3] == Cell{"models"};
    });
    REQUIRE(row != figure.data.rows.end());
    const double mean = (means[0] + means[1]) / 2, deviation = std::abs(means[0] - means[1]) / std::sqrt(2.0);
    CHECK(std::get<double>((*row)[4]) == Approx(mean));
    CHECK(std::get<double>((*row)[6]) == Approx(mean + 1.959963984540054 * deviation / std::sqrt(2.0)));
    CHECK((*row)[7] == Cell{std::int64_t{2}});
    CHECK_THAT(figure.sample, Contains("2 models from " + origin));
  }
}
