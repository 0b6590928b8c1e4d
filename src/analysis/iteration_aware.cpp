#include "analysis/iteration_aware.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "analysis/people_cloud.hpp"
#include "panel/elicitation_noise.hpp"
#include "panel/variants.hpp"

namespace meridian::analysis {
namespace {

using Eigen::VectorXd;
using findings::Kind;

constexpr double kNormal975 = 1.959963984540054;

findings::Table frame() {
  findings::Table table;
  table.name = "iteration_aware";
  table.title = "Similarity corrected for the noise of the iterations";
  table.caption =
      "mean: plain mean cosine; noise_share: noise of the iterations in the squared length of the model's centred "
      "vector; factor: 1 / sqrt(1 - noise_share); corrected = mean x factor. 95 % limits hold the sampling of people "
      "and the noise of the iterations (delta method), these models.";
  for (const char* name : {"llm", "origin", "nation", "language", "persona", "removed"})
    table.columns.push_back({name, Kind::text, ""});
  table.columns.push_back({"n", Kind::integer, "people"});
  table.columns.push_back({"mean", Kind::real, "cosine"});
  table.columns.push_back({"noise_share", Kind::real, ""});
  table.columns.push_back({"factor", Kind::real, ""});
  for (const char* name : {"corrected", "se_people", "se_iterations", "conf_low", "conf_high"})
    table.columns.push_back({name, Kind::real, "cosine"});
  table.columns.push_back({"note", Kind::text, ""});
  return table;
}

std::vector<double> as_list(const VectorXd& vector) { return {vector.data(), vector.data() + vector.size()}; }

class IterationAware {
 public:
  IterationAware(const panel::Panel& panel, const Layout& layout, const std::vector<panel::NamedAnswers>& sources)
      : panel_(panel), layout_(layout), sources_(sources), noise_(panel.conditions.size()) {}

  findings::Table table() {
    findings::Table table = frame();
    for (std::size_t nation = 0; nation < layout_.nations.size(); ++nation) {
      std::map<std::size_t, Cloud> clouds;  // by variant
      for (const Cell& cell : layout_.cells[nation]) {
        const std::vector<std::size_t> items = panel::remaining_items(panel_.variants[cell.variant], panel_.items());
        auto cloud = clouds.find(cell.variant);
        if (cloud == clouds.end()) cloud = clouds.emplace(cell.variant, cloud_of(panel_, layout_, nation, items)).first;
        add_row(table, nation, cell, items, cloud->second);
      }
    }
    return table;
  }

 private:
  const panel::ElicitationNoise& noise_of(std::size_t condition) {
    if (!noise_[condition]) {
      const panel::Condition& wanted = panel_.conditions[condition];
      const auto source = std::find_if(sources_.begin(), sources_.end(),
                                       [&](const panel::NamedAnswers& named) { return named.first == wanted.source; });
      noise_[condition] = std::make_unique<panel::ElicitationNoise>(wanted, source->second, panel_.items());
    }
    return *noise_[condition];
  }

  /// NaN where the model has no vector or a constant one.
  std::vector<double> centred(const Cell& cell, const std::vector<std::size_t>& items) const {
    const double centre =
        panel_.centre[(cell.variant * panel_.conditions.size() + cell.condition) * panel_.models.size() + cell.model];
    std::vector<double> vector;
    for (const std::size_t item : items) vector.push_back(panel_.vector(cell.condition, cell.model)[item] - centre);
    return vector;
  }

  void add_row(findings::Table& table, std::size_t nation, const Cell& cell, const std::vector<std::size_t>& items,
               const Cloud& cloud) {
    const panel::Condition& condition = panel_.conditions[cell.condition];
    const survey::Model& model = panel_.models[cell.model];
    const std::vector<double> vector = centred(cell, items);
    const double noise = noise_of(cell.condition).expected(model.name, items);
    const double plain = corrected_cosine(as_list(cloud.mean), vector, 0).value;
    std::vector<findings::Cell> row = {model.name,         model.origin,      layout_.nations[nation],
                                       condition.language, condition.persona, panel_.variants[cell.variant].name,
                                       cloud.people};
    if (std::isnan(plain)) return;
    row.emplace_back(plain);
    add_correction(row, cell, items, cloud, vector, noise);
    table.add(std::move(row));
  }

  void add_correction(std::vector<findings::Cell>& row, const Cell& cell, const std::vector<std::size_t>& items,
                      const Cloud& cloud, const std::vector<double>& vector, double noise) {
    double square = 0;
    for (const double entry : vector) square += entry * entry;
    const CorrectedCosine corrected = corrected_cosine(as_list(cloud.mean), vector, noise);
    const bool undefined = corrected.gradient.empty();
    row.emplace_back();
    if (!std::isnan(noise)) row.back() = noise / square;
    if (undefined) {
      row.resize(row.size() + 6);
      row.emplace_back(std::isnan(noise) ? "undefined: needs two valid iterations of every item"
                                         : "undefined: as much noise as there is vector");
      return;
    }
    const VectorXd direction =
        Eigen::Map<const VectorXd>(vector.data(), static_cast<Eigen::Index>(vector.size())) / std::sqrt(square - noise);
    const double people = std::sqrt(direction.dot(cloud.covariance * direction));
    const double iterations =
        std::sqrt(noise_of(cell.condition).variance_of(panel_.models[cell.model].name, items, corrected.gradient));
    const double error = std::hypot(people, iterations);
    for (const double value : {corrected.factor, corrected.value, people, iterations,
                               corrected.value - kNormal975 * error, corrected.value + kNormal975 * error})
      row.emplace_back(value);
    row.emplace_back(std::string());
  }

  const panel::Panel& panel_;
  const Layout& layout_;
  const std::vector<panel::NamedAnswers>& sources_;
  std::vector<std::unique_ptr<panel::ElicitationNoise>> noise_;  ///< by condition, made when first needed
};

}  // namespace

CorrectedCosine corrected_cosine(const std::vector<double>& people, const std::vector<double>& vector, double noise) {
  double product = 0, square = 0;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    product += people[i] * vector[i];
    square += vector[i] * vector[i];
  }
  CorrectedCosine corrected;
  const double radicand = square - noise;
  if (!(radicand > 0)) {
    corrected.value = corrected.factor = std::nan("");
    return corrected;
  }
  const double length = std::sqrt(radicand);
  corrected.value = product / length;
  corrected.factor = std::sqrt(square / radicand);
  for (std::size_t i = 0; i < vector.size(); ++i)
    corrected.gradient.push_back(people[i] / length - product * vector[i] / (radicand * length));
  return corrected;
}

findings::Table iteration_aware_table(const panel::Panel& panel, const Layout& layout,
                                      const std::vector<panel::NamedAnswers>& sources) {
  return IterationAware(panel, layout, sources).table();
}

}  // namespace meridian::analysis
