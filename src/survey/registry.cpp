#include "survey/registry.hpp"

#include <algorithm>
#include <set>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

std::string named(const tables::CsvReader& csv, std::size_t column, const std::string& what) {
  if (csv.text(column).empty())
    throw InputError(csv.where(column), "nothing", what, "Fill in this field or remove the line.");
  return std::string(csv.text(column));
}

void require_new(const tables::CsvReader& csv, std::size_t column, std::set<std::string>& seen) {
  if (!seen.insert(std::string(csv.text(column))).second)
    throw InputError(csv.where(column), tables::shown(csv.text(column)) + " a second time", "each name once",
                     "Remove one of the two lines.");
}

void require_rows(const tables::CsvReader& csv, bool any, const std::string& what) {
  if (!any)
    throw InputError(csv.file().string(), "a header without rows", "at least one " + what,
                     "Check that the file is complete.");
}

/// Bound of an item's answers; answers are stored in 16 bits.
int bound(const tables::CsvReader& csv, std::size_t column) {
  const std::string expected = "a whole number between -9999 and 9999";
  const std::int64_t value = csv.integer(column, expected);
  if (value < -9999 || value > 9999)
    throw InputError(csv.where(column), tables::shown(csv.text(column)), expected, "Correct this field.");
  return static_cast<int>(value);
}

Item read_item(const tables::CsvReader& csv) {
  Item item;
  item.id = named(csv, csv.column("item"), "an item's name");
  item.dimension = csv.text(csv.column("dimension"));
  item.gloss = csv.text(csv.column("gloss"));
  item.lowest = bound(csv, csv.column("lowest"));
  item.highest = bound(csv, csv.column("highest"));
  if (item.lowest >= item.highest)
    throw InputError(csv.where(csv.column("highest")), tables::shown(csv.text(csv.column("highest"))),
                     "more than lowest = " + std::to_string(item.lowest), "Correct the range of this item.");
  return item;
}

Model read_authors_model(const tables::CsvReader& csv) {
  return {named(csv, csv.column("LLM"), "the model's name in the answer files"),
          named(csv, csv.column("llm_name"), "the model's display name"),
          named(csv, csv.column("llm_nation"), "the model's origin"), ""};
}

Model read_model(const tables::CsvReader& csv) {
  return {named(csv, csv.column("name"), "the model's name in the answer files"),
          named(csv, csv.column("display_name"), "the model's display name"),
          named(csv, csv.column("origin"), "the model's origin"), std::string(csv.text(csv.column("company")))};
}

}  // namespace

Instrument read_instrument(const std::filesystem::path& file, const std::string& name) {
  tables::CsvReader csv(file);
  for (const char* column : {"item", "dimension", "gloss", "lowest", "highest"}) csv.column(column);
  Instrument instrument{name, {}, 0, 0};
  std::set<std::string> seen;
  while (csv.next()) {
    instrument.items.push_back(read_item(csv));
    require_new(csv, csv.column("item"), seen);
  }
  require_rows(csv, !instrument.items.empty(), "item");
  instrument.lowest = instrument.items.front().lowest;
  instrument.highest = instrument.items.front().highest;
  for (const Item& item : instrument.items) {
    instrument.lowest = std::min(instrument.lowest, item.lowest);
    instrument.highest = std::max(instrument.highest, item.highest);
  }
  return instrument;
}

std::vector<Model> read_registry(const std::filesystem::path& file) {
  tables::CsvReader csv(file);
  const bool authors = csv.find_column("llm_nation") != tables::CsvReader::npos;
  for (const char* column : {"name", "display_name", "origin", "company"})
    if (!authors) csv.column(column);
  for (const char* column : {"LLM", "llm_name", "group"})
    if (authors) csv.column(column);
  std::vector<Model> models;
  std::set<std::string> seen;
  while (csv.next()) {
    if (authors && csv.text(csv.column("group")) != "LLM") continue;  // means over people, for the authors' figures
    models.push_back(authors ? read_authors_model(csv) : read_model(csv));
    require_new(csv, csv.column(authors ? "LLM" : "name"), seen);
  }
  require_rows(csv, !models.empty(), "model");
  return models;
}

std::vector<Country> read_countries(const std::filesystem::path& file) {
  tables::CsvReader csv(file);
  const std::size_t code = csv.column("code"), nation = csv.column("nation");
  std::vector<Country> countries;
  std::set<std::string> seen;
  while (csv.next()) {
    countries.push_back({named(csv, code, "a country code as in B_COUNTRY_ALPHA"), named(csv, nation, "a label")});
    require_new(csv, code, seen);
  }
  require_rows(csv, !countries.empty(), "country");
  return countries;
}

}  // namespace meridian::survey
