#include "audit/cell_counts.hpp"

#include <algorithm>
#include <numeric>

#include "audit/bytes.hpp"
#include "error.hpp"

namespace meridian::audit {
namespace {

/// Place of each name when all are sorted.
std::vector<std::uint32_t> sorted_places(const std::vector<std::string>& names) {
  std::vector<std::uint32_t> order(names.size()), places(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return names[a] < names[b]; });
  for (std::uint32_t place = 0; place < order.size(); ++place) places[order[place]] = place;
  return places;
}

}  // namespace

std::size_t CellTable::find(std::size_t field, const std::string& name) const {
  const auto& sorted = names[field];
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), name);
  return found != sorted.end() && *found == name ? static_cast<std::size_t>(found - sorted.begin()) : npos;
}

CellCounts::CellCounts(std::size_t fields, std::size_t categories)
    : categories_(categories), names_(fields), indices_(fields) {}

std::uint32_t CellCounts::index_of(std::size_t field, const std::string& name) {
  const auto found = indices_[field].find(name);
  if (found != indices_[field].end()) return found->second;
  const auto index = static_cast<std::uint32_t>(names_[field].size());
  names_[field].push_back(name);
  indices_[field].emplace(name, index);
  return index;
}

std::int64_t* CellCounts::counts_of(const std::u32string& key) {
  const auto found = places_.find(key);
  if (found != places_.end()) return counts_.data() + found->second * categories_;
  places_.emplace(key, keys_.size());
  keys_.push_back(key);
  counts_.resize(counts_.size() + categories_);
  return counts_.data() + (keys_.size() - 1) * categories_;
}

void CellCounts::add(const std::vector<const std::string*>& key, std::size_t category, std::int64_t count) {
  if (key.size() != names_.size() || category >= categories_)
    throw Error(ExitCode::bug, "a cell of another shape than its table");
  scratch_.resize(key.size());
  for (std::size_t field = 0; field < key.size(); ++field) scratch_[field] = index_of(field, *key[field]);
  counts_of(scratch_)[category] += count;
}

std::string CellCounts::bytes() const {
  ByteWriter writer;
  for (const auto& names : names_) {
    writer.number(static_cast<std::int64_t>(names.size()));
    for (const std::string& name : names) writer.text(name);
  }
  writer.number(static_cast<std::int64_t>(keys_.size()));
  for (std::size_t cell = 0; cell < keys_.size(); ++cell) {
    for (const char32_t index : keys_[cell]) writer.number(index);
    for (std::size_t c = 0; c < categories_; ++c) writer.number(counts_[cell * categories_ + c]);
  }
  return writer.bytes();
}

void CellCounts::add_bytes(const std::string& bytes) {
  ByteReader reader(bytes);
  std::vector<std::vector<std::uint32_t>> own(names_.size());  // the other rank's index -> ours
  for (std::size_t field = 0; field < names_.size(); ++field) {
    own[field].resize(static_cast<std::size_t>(reader.number()));
    for (std::uint32_t& index : own[field]) index = index_of(field, reader.text());
  }
  std::u32string key(names_.size(), U'\0');
  for (std::int64_t cells = reader.number(); cells > 0; --cells) {
    for (std::size_t field = 0; field < key.size(); ++field)
      key[field] = own[field].at(static_cast<std::size_t>(reader.number()));
    std::int64_t* counts = counts_of(key);
    for (std::size_t c = 0; c < categories_; ++c) counts[c] += reader.number();
  }
}

CellTable CellCounts::table() const {
  CellTable table;
  std::vector<std::vector<std::uint32_t>> places;
  for (const auto& names : names_) {
    places.push_back(sorted_places(names));
    table.names.push_back(names);
    std::sort(table.names.back().begin(), table.names.back().end());
  }
  for (std::size_t cell = 0; cell < keys_.size(); ++cell) {
    CellTable::Cell made;
    for (std::size_t field = 0; field < names_.size(); ++field) made.key.push_back(places[field][keys_[cell][field]]);
    const auto first = counts_.begin() + static_cast<std::ptrdiff_t>(cell * categories_);
    made.counts.assign(first, first + static_cast<std::ptrdiff_t>(categories_));
    table.cells.push_back(std::move(made));
  }
  std::sort(table.cells.begin(), table.cells.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return table;
}

}  // namespace meridian::audit
