#include "survey/table_people.hpp"

#include "error.hpp"
#include "survey/item_index.hpp"
#include "survey/long_people.hpp"
#include "survey/mapping.hpp"
#include "survey/wide_people.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

void set_scale(const Mapping& mapping, const std::filesystem::path& mapping_file, Instrument& instrument) {
  if (mapping.lowest) instrument.lowest = *mapping.lowest;
  if (mapping.highest) instrument.highest = *mapping.highest;
  for (Item& item : instrument.items) {
    if (mapping.lowest) item.lowest = *mapping.lowest;
    if (mapping.highest) item.highest = *mapping.highest;
    if (item.lowest >= item.highest)
      throw InputError(mapping_file.string(),
                       "a scale from " + std::to_string(item.lowest) + " to " + std::to_string(item.highest),
                       "lowest below highest for item " + item.id, "Correct lowest and highest.");
  }
}

std::vector<std::string> item_columns(const Mapping& mapping, const std::filesystem::path& mapping_file,
                                      const Instrument& instrument) {
  const ItemIndex items(instrument);
  for (const auto& [item, column] : mapping.item_columns)
    if (items.find(item) < 0)
      throw InputError(mapping_file.string(), "a line 'item." + item + "'", items.expected(),
                       "Correct the item's name, or add it to the dictionary.");
  std::vector<std::string> columns;
  for (const Item& item : instrument.items) {
    const auto named = mapping.item_columns.find(item.id);
    columns.push_back(named == mapping.item_columns.end() ? item.id : named->second);
  }
  return columns;
}

}  // namespace

People read_table_people(const std::filesystem::path& file, const std::filesystem::path& mapping_file,
                         Instrument& instrument, findings::Ledger& ledger) {
  const Mapping mapping = read_mapping(mapping_file);
  set_scale(mapping, mapping_file, instrument);
  const Groups groups(mapping.groups, mapping.groups.empty() ? Groups::Others::accept : Groups::Others::exclude);
  const std::vector<std::string> columns = item_columns(mapping, mapping_file, instrument);
  if (mapping.shape == Shape::long_form)
    return read_long_people(file,
                            {mapping.item,
                             mapping.response,
                             mapping.id,
                             mapping.group,
                             "",
                             mapping.participant_id,
                             groups,
                             {false, mapping.missing}},
                            instrument, ledger);
  WideLayout layout;
  layout.id = mapping.id;
  layout.group = mapping.group;
  layout.groups = groups;
  layout.items = columns;
  layout.missing.values = mapping.missing;
  return read_wide_people({file}, layout, instrument, ledger);
}

}  // namespace meridian::survey
