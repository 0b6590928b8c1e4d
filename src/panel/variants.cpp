#include "panel/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "error.hpp"

namespace meridian::panel {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

int item_index(const survey::Instrument& instrument, const std::string& id, const std::string& definition) {
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    if (instrument.items[i].id == id) return static_cast<int>(i);
  throw InputError("removal variant '" + definition + "'", "item '" + id + "'",
                   fmt::format("an item of {} ({} ... {})", instrument.name, instrument.items.front().id,
                               instrument.items.back().id),
                   "Name the set as 'name = item, item'.");
}

void check_variant(const Variant& variant, const survey::Instrument& instrument) {
  const auto items = static_cast<int>(instrument.items.size());
  const std::string where = "removal variant '" + variant.name + "'";
  for (std::size_t i = 0; i < variant.removed.size(); ++i) {
    const int item = variant.removed[i];
    if (item < 0 || item >= items || (i > 0 && variant.removed[i - 1] >= item))
      throw Error(ExitCode::bug, where + ": its items are not ascending indices of " + instrument.name);
  }
  const auto left = instrument.items.size() - variant.removed.size();
  if (left < 2)
    throw InputError(where, fmt::format("{} of {} items left", left, items), "at least two",
                     "A cosine of centred answers needs two items: leave out fewer.");
}

}  // namespace

Variant variant_none() { return {"none", {}}; }

std::vector<Variant> item_variants(const survey::Instrument& instrument) {
  std::vector<Variant> variants;
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    variants.push_back({instrument.items[i].id, {static_cast<int>(i)}});
  return variants;
}

std::vector<Variant> dimension_variants(const survey::Instrument& instrument) {
  std::map<std::string, std::vector<int>> dimensions;
  for (std::size_t i = 0; i < instrument.items.size(); ++i) {
    if (instrument.items[i].dimension.empty())
      throw InputError("item " + instrument.items[i].id + " of " + instrument.name, "no dimension",
                       "a dimension for every item", "Fill the item dictionary, or leave out items one by one.");
    dimensions[instrument.items[i].dimension].push_back(static_cast<int>(i));
  }
  std::vector<Variant> variants;
  for (const auto& [name, removed] : dimensions) variants.push_back({name, removed});
  return variants;
}

Variant named_variant(const survey::Instrument& instrument, const std::string& definition) {
  const std::size_t equals = definition.find('=');
  Variant variant{trimmed(definition.substr(0, equals)), {}};
  if (equals == std::string::npos || variant.name.empty())
    throw InputError("removal variant", "'" + definition + "'", "'name = item, item'", "Write the set in this form.");
  for (std::size_t start = equals + 1; start <= definition.size();) {
    const std::size_t comma = std::min(definition.find(',', start), definition.size());
    variant.removed.push_back(item_index(instrument, trimmed(definition.substr(start, comma - start)), definition));
    start = comma + 1;
  }
  std::sort(variant.removed.begin(), variant.removed.end());
  if (std::adjacent_find(variant.removed.begin(), variant.removed.end()) != variant.removed.end())
    throw InputError("removal variant '" + definition + "'", "an item twice", "each item once", "Remove one of them.");
  return variant;
}

std::vector<std::size_t> remaining_items(const Variant& variant, std::size_t items) {
  std::vector<std::size_t> remaining;
  for (std::size_t item = 0; item < items; ++item)
    if (!std::binary_search(variant.removed.begin(), variant.removed.end(), static_cast<int>(item)))
      remaining.push_back(item);
  return remaining;
}

void check_variants(const std::vector<Variant>& variants, const survey::Instrument& instrument) {
  if (variants.empty() || variants.front().name != "none" || !variants.front().removed.empty())
    throw InputError("removal variants", variants.empty() ? "nothing" : "'" + variants.front().name + "' first",
                     "'none' first, leaving out nothing", "The other variants are compared with it.");
  std::set<std::string> names;
  for (const Variant& variant : variants) {
    if (!names.insert(variant.name).second)
      throw InputError("removal variants", "'" + variant.name + "' twice", "one meaning per name", "Rename one.");
    check_variant(variant, instrument);
  }
}

}  // namespace meridian::panel
