#include "collection/prompt_items.hpp"

#include <fmt/format.h>

#include <set>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::collection {
namespace {

std::string optional_text(const PromptItem& item, const char* column) {
  const auto found = item.columns.find(column);
  return found == item.columns.end() ? std::string() : found->second;
}

int bound(const tables::CsvReader& csv, const char* column, int otherwise) {
  const std::size_t index = csv.find_column(column);
  if (index == tables::CsvReader::npos || csv.text(index).empty()) return otherwise;
  return static_cast<int>(csv.integer(index));
}

PromptItem item_of_row(const tables::CsvReader& csv, bool steps, int lowest, int highest) {
  PromptItem item;
  for (std::size_t column = 0; column < csv.header().size(); ++column)
    item.columns[csv.header()[column]] = std::string(csv.text(column));
  item.item = item.columns.at("item");
  item.language = item.columns.at("language");
  item.prompt = item.columns.at("prompt");
  item.lowest = bound(csv, "lowest", lowest);
  item.highest = bound(csv, "highest", highest);
  if (item.item.empty() || item.language.empty() || item.prompt.empty())
    throw InputError(fmt::format("{}:{}", csv.file().string(), csv.line()), "an empty item, language or prompt",
                     "all three", "Fill it in.");
  if (!steps) return item;
  item.sequence = csv.text(csv.column("sequence"));
  item.step = static_cast<int>(csv.integer(csv.column("step"), "the number of the step, from 1"));
  item.if_answer = optional_text(item, "if_answer");
  return item;
}

}  // namespace

std::vector<PromptItem> read_prompt_items(const std::filesystem::path& file, bool steps, int lowest, int highest) {
  tables::CsvReader csv(file);
  for (const char* column : {"item", "language", "prompt"}) csv.column(column);
  std::vector<PromptItem> items;
  std::set<std::vector<std::string>> seen;
  while (csv.next()) {
    items.push_back(item_of_row(csv, steps, lowest, highest));
    const PromptItem& item = items.back();
    if (!seen.insert({item.item, item.language, item.if_answer}).second)
      throw InputError(fmt::format("{}:{}", file.string(), csv.line()),
                       fmt::format("item '{}' in {} twice", item.item, item.language), "each once per language",
                       "Remove one of the two rows.");
  }
  if (items.empty()) throw InputError(file.string(), "no rows", "at least one item", "Check the file.");
  return items;
}

}  // namespace meridian::collection
