#include "audit/model_registry.hpp"

#include <algorithm>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::audit {
namespace {

const std::string kNothing;

std::size_t place(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

void require_column(const ModelRegistry& registry, const std::string& column, const std::string& where) {
  if (place(registry.columns, column) == registry.columns.size())
    throw InputError(where, "no column " + tables::shown(column) + " in the model registry",
                     registry.columns.empty() ? "a registry of the models, with that column"
                                              : "one of " + tables::shown_list(registry.columns),
                     "Correct the name, the registry, or models = FILE that names it");
}

}  // namespace

const std::string& ModelRegistry::value(const std::string& model, const std::string& column) const {
  const std::size_t row = place(models, model), at = place(columns, column);
  return row < models.size() && at < columns.size() ? values[row][at] : kNothing;
}

bool ModelRegistry::knows(const std::string& model) const { return place(models, model) < models.size(); }

ModelRegistry read_model_registry(const std::filesystem::path& file) {
  tables::CsvReader reader(file);
  const std::size_t name = reader.column("name");
  ModelRegistry registry;
  for (std::size_t column = 0; column < reader.header().size(); ++column)
    if (column != name) registry.columns.push_back(reader.header()[column]);
  while (reader.next()) {
    const std::string model(reader.text(name));
    if (model.empty() || registry.knows(model))
      throw InputError(reader.where(name), model.empty() ? "nothing" : tables::shown(model) + " a second time",
                       "each model once", "Correct the line");
    registry.models.push_back(model);
    auto& row = registry.values.emplace_back();
    for (std::size_t column = 0; column < reader.header().size(); ++column)
      if (column != name) row.emplace_back(reader.missing(column) ? "" : reader.text(column));
  }
  return registry;
}

void check_columns(const ModelRegistry& registry, const std::string& where) {
  for (const std::string& column : registry.groups) require_column(registry, column, where);
  if (!registry.family.empty()) require_column(registry, registry.family, where);
  for (const std::string& column : registry.trends) {
    require_column(registry, column, where);
    for (const std::string& model : registry.models) {
      const std::string& text = registry.value(model, column);
      double number = 0;
      if (!text.empty() && !tables::parse_number(text, number))
        throw InputError(where, tables::shown(text) + " as " + column + " of " + tables::shown(model), "a number",
                         "Correct the registry, or name the column under groups");
    }
  }
}

}  // namespace meridian::audit
