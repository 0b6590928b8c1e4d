// CPU time of linear mixed models on tables made here. Usage: mixed_benchmark crossed FOLDER | people | storage
//   crossed  73 000 rows of 3 000 x 1 100 levels, unbalanced: our fit; FOLDER gets the table for peer_study.R
//   people   one evaluation of criterion and gradient against the number of people behind the same classes
//   storage  the same evaluation with the rest dense and sparse, for factors that share more and more levels
#include <fmt/os.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "cpu_clock.hpp"
#include "models/criterion.hpp"
#include "models/formula.hpp"
#include "models/mixed_model.hpp"

namespace {

using namespace meridian;
using namespace meridian::models;
using Eigen::Index;

/// SplitMix64 (Steele, Lea & Flood 2014): the same table on every platform.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  double uniform() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }
  /// Variance 1, symmetric.
  double bell() { return (uniform() + uniform() + uniform() - 1.5) * 2; }
  std::int32_t below(std::int32_t n) { return static_cast<std::int32_t>(uniform() * n); }

 private:
  std::uint64_t state_;
};

struct Table {
  std::vector<double> y, x;
  std::vector<std::int32_t> person, item;
};

/// y = 1 + 0.5 x + person + item + noise; every level is there, the others come as `choose` says.
Table make_table(Index rows, std::int32_t persons, std::int32_t items,
                 const std::function<std::int32_t(Draws&, std::int32_t)>& choose) {
  Draws draws(20261121);
  std::vector<double> person, item;
  for (std::int32_t p = 0; p < persons; ++p) person.push_back(0.6 * draws.bell());
  for (std::int32_t i = 0; i < items; ++i) item.push_back(0.4 * draws.bell());
  Table table;
  for (Index r = 0; r < rows; ++r) {
    const std::int32_t p = r < persons ? static_cast<std::int32_t>(r) : draws.below(persons);
    const std::int32_t i = r < items ? static_cast<std::int32_t>(r) : choose(draws, p);
    table.person.push_back(p);
    table.item.push_back(i);
    table.x.push_back(std::round(1e4 * draws.bell()) / 1e4);
    const double mean =
        1 + 0.5 * table.x.back() + person[static_cast<std::size_t>(p)] + item[static_cast<std::size_t>(i)];
    table.y.push_back(std::round(1e6 * (mean + 1.2 * draws.bell())) / 1e6);
  }
  return table;
}

std::vector<std::string> labels(const char* prefix, const std::vector<std::int32_t>& codes) {
  std::vector<std::string> names;
  for (std::int32_t level = 0; level <= *std::max_element(codes.begin(), codes.end()); ++level)
    names.push_back(prefix + std::to_string(level));
  return names;
}

const char* const kFormula = "y ~ x + (1 | person) + (1 | item)";

Design design_of(const Table& table) {
  Frame frame;
  frame.add_numeric("y", table.y);
  frame.add_numeric("x", table.x);
  frame.add_factor("person", table.person, labels("p", table.person));
  frame.add_factor("item", table.item, labels("i", table.item));
  return build_design(parse_formula(kFormula), frame);
}

void crossed(const std::string& folder) {
  const Table table = make_table(73000, 3000, 1100, [](Draws& draws, std::int32_t) { return draws.below(1100); });
  std::filesystem::create_directories(folder);
  auto out = fmt::output_file(folder + "/crossed.csv");
  out.print("y,x,person,item\n");
  for (std::size_t r = 0; r < table.y.size(); ++r)
    out.print("{},{},p{},i{}\n", table.y[r], table.x[r], table.person[r], table.item[r]);
  fmt::output_file(folder + "/crossed.formula").print("{}\n", kFormula);
  const Design design = design_of(table);
  Fit fit;
  const double seconds = benchmark::median_cpu_seconds(3, [&] { fit = fit_mixed(design); });
  fmt::print("73 000 rows, 3 000 x 1 100 levels: {:.3f} s CPU, {} evaluations, criterion {:.6f}\n", seconds,
             fit.evaluations, fit.criterion);
}

struct Evaluation {
  RandomStructure structure;
  ReducedTable table;
  Problem problem;
};

double evaluation_seconds(const Problem& problem, int repeats) {
  Criterion criterion(problem, Method::reml);
  Eigen::VectorXd gradient;
  const Eigen::VectorXd theta = 0.5 * problem.structure.start();
  return benchmark::median_cpu_seconds(repeats, [&] { criterion.value(theta, gradient); });
}

/// Two classes of people who meet the same 20 models: RQ1 with any number of people.
void people() {
  const Index cells = 20;
  Table table;
  Eigen::VectorXd nation(2 * cells), origin(2 * cells);
  Frame frame;
  std::vector<double> nations, origins;
  for (Index r = 0; r < 2 * cells; ++r) {
    table.person.push_back(static_cast<std::int32_t>(r / cells));
    table.item.push_back(static_cast<std::int32_t>(r % cells));
    nations.push_back(r < cells ? 0.5 : -0.5);
    origins.push_back(r % 2 ? 0.5 : -0.5);
  }
  frame.add_numeric("nation", nations);
  frame.add_numeric("origin", origins);
  frame.add_factor("person", table.person, labels("p", table.person));
  frame.add_factor("item", table.item, labels("i", table.item));
  DesignOptions coding;
  coding.response_required = false;
  const Design design =
      build_design(parse_formula("y ~ nation*origin + (nation+1|item) + (origin+1|person)"), frame, coding);
  for (const Index count : {1000, 10000, 100000, 1000000}) {
    Draws draws(1);
    std::vector<ClassMoments> moments(2);
    Eigen::VectorXd answers(cells);
    for (Index person = 0; person < count; ++person) {
      const double level = draws.bell(), slope = 0.5 * draws.bell();
      for (Index i = 0; i < cells; ++i)
        answers[i] = level + slope * origins[static_cast<std::size_t>(i)] + draws.bell();
      moments[static_cast<std::size_t>(person % 2)].add(answers);
    }
    const std::vector<ClassBlock> blocks = {{0, cells}, {cells, cells}};
    const RandomStructure structure = random_structure(design.random, "person", static_cast<std::size_t>(count));
    const ReducedTable reduced =
        reduce_table(design, structure, "person", project_moments(design, structure, "person", blocks, moments));
    const Problem problem = build_problem(structure, reduced);
    fmt::print("{:>8} people: {:.2f} us CPU per evaluation with gradient\n", count,
               1e6 * evaluation_seconds(problem, 2001));
  }
}

void storage() {
  for (const std::int32_t items : {500, 1000, 2000, 4000})
    for (const std::int32_t reach : {2, 8, 32, 128, 512}) {
      if (reach * 4 > items) continue;
      const std::int32_t persons = 3 * items;
      const Table made = make_table(10 * static_cast<Index>(persons), persons, items,
                                    [&](Draws& draws, std::int32_t p) { return (p / 3 + draws.below(reach)) % items; });
      const Design design = design_of(made);
      const RandomStructure structure = random_structure(design.random);
      const PooledDesign pooled = pool_levels(design, structure);
      const ReducedTable table = reduce_table(pooled.design, structure, pooled.factor, pooled.classes);
      const Problem sparse = build_problem(structure, table, RestStorage::sparse);
      const Problem dense = build_problem(structure, table, RestStorage::dense);
      const FactorSize size = factor_size(scalar_pattern(*sparse.pattern), sparse.fixed_columns, 1e18);
      const double columns = static_cast<double>(sparse.columns());
      const double s = evaluation_seconds(sparse, 1), d = evaluation_seconds(dense, 1);
      fmt::print("{:>5} columns, reach {:>3}: operations dense/sparse {:8.1f}, CPU sparse {:9.4f} s, dense {:9.4f} s\n",
                 sparse.columns(), reach, columns * columns * columns / 3 / size.operations, s, d);
    }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "crossed" && argc > 2)
    crossed(argv[2]);
  else if (what == "people")
    people();
  else if (what == "storage")
    storage();
  else
    fmt::print(stderr, "usage: mixed_benchmark crossed FOLDER | people | storage\n");
  return 0;
}
