#include "survey/item_index.hpp"

#include <algorithm>

#include "tables/text.hpp"

namespace meridian::survey {

ItemIndex::ItemIndex(const Instrument& instrument) : instrument_(&instrument) {
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    sorted_.emplace_back(instrument.items[i].id, static_cast<int>(i));
  std::sort(sorted_.begin(), sorted_.end());
}

int ItemIndex::find(std::string_view item) const {
  const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), item,
                                      [](const auto& entry, std::string_view name) { return entry.first < name; });
  return found != sorted_.end() && found->first == item ? found->second : -1;
}

std::string ItemIndex::expected() const {
  std::vector<std::string> names;
  for (const Item& item : instrument_->items) names.push_back(item.id);
  return "an item of " + instrument_->name + " (" + tables::shown_list(names, 4) + ")";
}

}  // namespace meridian::survey
