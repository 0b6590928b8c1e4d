#include "analysis/descriptives.hpp"

#include <cmath>
#include <functional>
#include <map>

namespace meridian::analysis {
namespace {

using findings::Kind;

const std::string kUnit = "cosine";

/// Groups in the order in which they are first met.
class Grouped {
 public:
  void add(const std::vector<std::string>& key, const Summary& summary) {
    const auto [found, fresh] = index_.emplace(key, keys_.size());
    if (fresh) {
      keys_.push_back(key);
      summaries_.emplace_back();
    }
    summaries_[found->second].merge(summary);
  }
  void write(findings::Table& table) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      std::vector<findings::Cell> row;
      for (const std::string& text : keys_[i]) row.push_back(text.empty() ? findings::Cell{} : findings::Cell{text});
      row.emplace_back(summaries_[i].mean);
      row.emplace_back(std::sqrt(summaries_[i].variance()));
      row.emplace_back(static_cast<std::int64_t>(summaries_[i].count));
      table.add(row);
    }
  }

 private:
  std::map<std::vector<std::string>, std::size_t> index_;
  std::vector<std::vector<std::string>> keys_;
  std::vector<Summary> summaries_;
};

using Key = std::function<std::vector<std::string>(std::int32_t nation, const Cell& cell)>;

findings::Table summarised(const Layout& layout, const Moments& moments, const Key& key, findings::Table table) {
  Grouped groups;
  for (std::size_t nation = 0; nation < layout.nations.size(); ++nation)
    for (std::size_t row = 0; row < layout.rows(); ++row) {
      const auto code = static_cast<std::int32_t>(nation);
      groups.add(key(code, layout.cells[nation][row]), summarise_row(layout, moments, code, row));
    }
  groups.write(table);
  return table;
}

std::vector<findings::Column> columns_of(std::initializer_list<const char*> keys) {
  std::vector<findings::Column> columns;
  for (const char* key : keys) columns.push_back({key, Kind::text, ""});
  columns.push_back({"mean", Kind::real, kUnit});
  columns.push_back({"sd", Kind::real, kUnit});
  columns.push_back({"n", Kind::integer, ""});
  return columns;
}

/// Language and persona are told only where an analysis has several conditions per person.
struct ConditionNames {
  bool language, persona, removed;
  ConditionNames(const Layout& layout, const AnalysisJob& job)
      : language(!job.own_language && job.languages.size() != 1),
        persona(job.personas.size() > 1),
        removed(layout.variants.size() > 1) {}
};

}  // namespace

void Summary::merge(const Summary& other) {
  if (other.count == 0) return;
  const double total = count + other.count, difference = other.mean - mean;
  mean += difference * other.count / total;
  squares += other.squares + difference * difference * count * other.count / total;
  count = total;
}

Summary summarise_row(const Layout& layout, const Moments& moments, std::int32_t nation, std::size_t row) {
  Summary summary;
  const auto index = static_cast<Eigen::Index>(row);
  for (const auto& [key, moment] : moments)
    if (key.nation == nation && key.present[row / layout.rows_per_variant()] == '1')
      summary.merge({moment.count, moment.mean[index], moment.scatter(index, index)});
  return summary;
}

findings::Table by_llm_table(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                             const Moments& moments) {
  const ConditionNames names(layout, job);
  findings::Table table;
  table.name = "by_llm";
  table.title = "Similarity of each model with the people of each nation";
  table.caption = "Mean and standard deviation (n - 1) of the cosine over people.";
  table.columns = columns_of({"llm", "llm_name", "origin", "nation", "language", "persona", "removed"});
  return summarised(
      layout, moments,
      [&](std::int32_t nation, const Cell& cell) -> std::vector<std::string> {
        const survey::Model& model = panel.models[cell.model];
        const panel::Condition& condition = panel.conditions[cell.condition];
        return {model.name,
                model.display_name,
                model.origin,
                layout.nations[static_cast<std::size_t>(nation)],
                names.language ? condition.language : "",
                names.persona ? condition.persona : "",
                names.removed ? panel.variants[cell.variant].name : ""};
      },
      table);
}

findings::Table by_origin_table(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                                const Moments& moments) {
  const ConditionNames names(layout, job);
  findings::Table table;
  table.name = "by_origin";
  table.title = "Similarity of the models of each origin with the people of each nation";
  table.caption = "Mean and standard deviation (n - 1) of the cosine over people and models.";
  table.columns = columns_of({"llm", "llm_name", "origin", "nation", "language", "persona", "removed"});
  return summarised(
      layout, moments,
      [&](std::int32_t nation, const Cell& cell) -> std::vector<std::string> {
        const panel::Condition& condition = panel.conditions[cell.condition];
        return {"",
                "",
                panel.models[cell.model].origin,
                layout.nations[static_cast<std::size_t>(nation)],
                names.language ? condition.language : "",
                names.persona ? condition.persona : "",
                names.removed ? panel.variants[cell.variant].name : ""};
      },
      table);
}

findings::Table change_by_removed_table(const panel::Panel& panel, const Layout& layout, const Moments& moments) {
  findings::Table table;
  table.name = "change_by_removed";
  table.title = "Change of the similarity when a part of the questionnaire is left out";
  table.caption = "Cosine with the part left out minus cosine with all items, over people and models who have both.";
  table.columns = columns_of({"origin", "nation", "removed"});
  Grouped groups;
  const std::size_t per_variant = layout.rows_per_variant();
  for (const auto& [key, moment] : moments) {
    const auto nation = static_cast<std::size_t>(key.nation);
    for (std::size_t row = per_variant; row < layout.rows(); ++row) {
      if (key.present[0] != '1' || key.present[row / per_variant] != '1') continue;
      const auto with = static_cast<Eigen::Index>(row), without = static_cast<Eigen::Index>(row % per_variant);
      const double squares =
          moment.scatter(with, with) + moment.scatter(without, without) - 2 * moment.scatter(with, without);
      const Cell& cell = layout.cells[nation][row];
      groups.add({panel.models[cell.model].origin, layout.nations[nation], panel.variants[cell.variant].name},
                 {moment.count, moment.mean[with] - moment.mean[without], squares});
    }
  }
  groups.write(table);
  return table;
}

}  // namespace meridian::analysis
