// CPU time of generalized mixed models: meridian's side; beside it tests/benchmark/peer_glmer.R on the same tables,
// which this program writes into the folder of its first argument.
#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "models/formula.hpp"
#include "models/generalized.hpp"

namespace {

using namespace meridian::models;

struct Shape {
  std::string name;
  int rows, persons, items;  ///< one item: no second factor
};

/// Rows meet persons and items at random; logit: -0.5 + 0.4 x + person + item, both standard normal.
Frame make_table(const Shape& shape) {
  std::mt19937_64 engine(20260103);
  std::normal_distribution<double> normal;
  std::vector<double> person(static_cast<std::size_t>(shape.persons)), item(static_cast<std::size_t>(shape.items));
  for (double& effect : person) effect = normal(engine);
  for (double& effect : item) effect = normal(engine);
  std::vector<std::int32_t> persons, items;
  std::vector<double> x, y;
  const auto choose = [&](int row, std::size_t of) {
    return row < static_cast<int>(of) ? static_cast<std::size_t>(row) : engine() % of;
  };
  for (int row = 0; row < shape.rows; ++row) {
    const std::size_t a = choose(row, person.size()), b = choose(row, item.size());
    persons.push_back(static_cast<std::int32_t>(a));
    items.push_back(static_cast<std::int32_t>(b));
    x.push_back(std::round(1e4 * normal(engine)) / 1e4);
    const double eta = -0.5 + 0.4 * x.back() + person[a] + (shape.items > 1 ? item[b] : 0.0);
    y.push_back(std::bernoulli_distribution(1 / (1 + std::exp(-eta)))(engine) ? 1 : 0);
  }
  const auto labels = [](const char* prefix, int count) {
    std::vector<std::string> names;
    for (int level = 0; level < count; ++level) names.push_back(prefix + std::to_string(level));
    return names;
  };
  Frame frame;
  frame.add_numeric("y", y);
  frame.add_numeric("x", x);
  frame.add_factor("person", persons, labels("p", shape.persons));
  frame.add_factor("item", items, labels("i", shape.items));
  return frame;
}

void write_table(const Frame& frame, const std::filesystem::path& file) {
  std::ofstream stream(file);
  stream << "y,x,person,item\n";
  for (std::size_t row = 0; row < frame.rows(); ++row)
    stream << fmt::format("{},{},p{},i{}\n", frame.variables[0].numeric[row], frame.variables[1].numeric[row],
                          frame.variables[2].codes[row], frame.variables[3].codes[row]);
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
  for (const Shape& shape :
       {Shape{"small", 400, 20, 1}, Shape{"crossed", 50000, 2500, 20}, Shape{"wide", 50000, 3000, 1100}}) {
    const Frame frame = make_table(shape);
    write_table(frame, folder / (shape.name + ".csv"));
    const std::string formula = shape.items > 1 ? "y ~ x + (1 | person) + (1 | item)" : "y ~ x + (1 | person)";
    const Design design = build_design(parse_formula(formula), frame);
    const double start = cpu_seconds();
    const GeneralizedFit result = fit_generalized(design, {});
    fmt::print("{:<8} {:>6} rows {:>5} x {:>4} levels: {:8.4f} s CPU, {} evaluations, -2 log likelihood {:.6f}\n",
               shape.name, shape.rows, shape.persons, shape.items, cpu_seconds() - start, result.fit.evaluations,
               result.fit.criterion);
  }
}
