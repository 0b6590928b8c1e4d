#include "report/figure_style.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <tuple>

using namespace meridian;

TEST_CASE("nations keep their look in every figure, other series take what is free") {
  const auto both = report::series_styles({"People of USA", "People of China"});
  const auto one = report::series_styles({"China"});
  CHECK(std::string(both[1].colour) == one[0].colour);
  CHECK(std::string(both[0].colour) != both[1].colour);
  const auto mixed = report::series_styles({"uniform", "USA", "China"});
  CHECK(std::string(mixed[1].colour) == both[0].colour);
  CHECK(std::string(mixed[0].colour) != mixed[1].colour);
}

TEST_CASE("sixteen series can be told apart by colour and, most of them, without") {
  std::vector<std::string> names;
  for (int i = 0; i < 16; ++i) names.push_back("series " + std::to_string(i));
  std::set<std::string> colours;
  std::set<std::tuple<int, int>> shapes;
  for (const report::SeriesStyle& style : report::series_styles(names)) {
    colours.insert(style.colour);
    shapes.insert({style.filled, style.dash});
  }
  CHECK(colours.size() == 16);
  CHECK(shapes.size() >= 13);
}

TEST_CASE("bars that stand side by side differ in grey") {
  const auto luminance = [](const std::string& colour) {
    double sum = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (std::size_t i = 0; i < 3; ++i)
      sum += weights[i] * std::pow(std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16) / 255.0, 2.2);
    return sum;
  };
  for (const auto& names : std::vector<std::vector<std::string>>{{"CN", "US"}, {"a", "b", "c", "d"}}) {
    const auto styles = report::series_styles(names);
    for (std::size_t i = 1; i < styles.size(); ++i) {
      const double one = luminance(report::bar_look(styles[i - 1], 0, 1).fill);
      const double other = luminance(report::bar_look(styles[i], 0, 1).fill);
      CHECK((std::max(one, other) + 0.05) / (std::min(one, other) + 0.05) > 1.8);
    }
  }
  const auto style = report::series_styles({"CN"})[0];
  CHECK(std::string(report::bar_look(style, 0, 2).fill) == style.colour);
  CHECK(std::string(report::bar_look(style, 1, 2).fill) == style.tint);
}

TEST_CASE("text is broken between words, a long word stands alone") {
  CHECK(report::wrapped("Deviation from the mean effect", 120) ==
        std::vector<std::string>{"Deviation from the", "mean effect"});
  CHECK(report::wrapped("nation:origin:removedProportionality", 50).size() == 1);
  CHECK(report::text_width("MMM") > report::text_width("iii"));
}
