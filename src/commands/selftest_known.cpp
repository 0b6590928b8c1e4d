#include "commands/selftest_known.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "commands/text_table.hpp"
#include "error.hpp"
#include "models/formula.hpp"
#include "models/mixed_model.hpp"
#include "random/stream.hpp"
#include "tables/csv.hpp"

namespace meridian::commands {
namespace {

using Printed = std::map<std::pair<std::string, std::string>, double>;  ///< (what, term)

Printed read_printed(const std::filesystem::path& file) {
  tables::CsvReader reader(file);
  const std::size_t what = reader.column("what"), term = reader.column("term"), number = reader.column("value");
  Printed printed;
  while (reader.next())
    printed[{std::string(reader.text(what)), std::string(reader.text(term))}] = reader.number(number);
  return printed;
}

double value(const Printed& printed, const std::string& what, const std::string& term) {
  const auto found = printed.find({what, term});
  if (found != printed.end()) return found->second;
  throw InputError("lme4.csv", "no row '" + what + "," + term + "'", "the file as it was installed", "Install again.");
}

double relative(double ours, double printed) { return std::abs(ours / printed - 1); }

double coefficient_distance(const models::Coefficient& ours, const Printed& printed) {
  const auto of = [&](const char* what) { return value(printed, what, ours.term); };
  return std::max({std::abs(ours.estimate - of("estimate")) / of("std_error"),
                   relative(ours.std_error, of("std_error")), relative(ours.df, of("df")),
                   relative(ours.p_value, of("p_value"))});
}

}  // namespace

bool draws_known_numbers() {
  random::Stream stream(0x0123456789abcdefULL, "foobar", 0xfedcba9876543210ULL);
  constexpr std::array<std::uint32_t, 4> known = {0x89590164U, 0xd825d27fU, 0x3d54850cU, 0xa036609fU};
  std::array<std::uint32_t, 4> drawn{};
  for (std::uint32_t& word : drawn) word = stream.bits32();
  return drawn == known;
}

double distance_from_lme4(const std::filesystem::path& folder) {
  const models::Frame frame = read_frame(folder / "answers.csv", {});
  const Printed printed = read_printed(folder / "lme4.csv");
  const models::Fit fit = models::fit_mixed(
      models::build_design(models::parse_formula("answer ~ nation + (1 | person) + (1 + nation | item)"), frame));
  double largest = std::max(std::abs(fit.criterion - value(printed, "criterion", "")),
                            relative(fit.sigma, value(printed, "sigma", "")));
  for (const models::Coefficient& row : fit.coefficients)
    largest = std::max(largest, coefficient_distance(row, printed));
  return largest;
}

}  // namespace meridian::commands
