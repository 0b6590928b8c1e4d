#include "ranking/catalog.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <sstream>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::ranking {
namespace {

/// "a|b" as {"a", "b"}.
std::vector<std::string> spellings(const std::string& text) {
  std::vector<std::string> names;
  std::stringstream stream(text);
  for (std::string name; std::getline(stream, name, '|');)
    if (!name.empty()) names.push_back(name);
  return names;
}

template <class Entry>
std::size_t find(const std::vector<Entry>& entries, const std::string& name) {
  const std::string wanted = folded(name);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (folded(entries[i].name) == wanted) return i;
    for (const std::string& other : entries[i].names)
      if (folded(other) == wanted) return i;
  }
  return kUnknown;
}

std::size_t index_of(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

std::string required_text(const tables::CsvReader& reader, std::size_t column) {
  const std::string text(reader.text(column));
  if (text.empty()) throw InputError(reader.where(column), "nothing", "a name", "Fill the field");
  return text;
}

template <class Entry>
void require_new(const tables::CsvReader& reader, std::size_t column, const std::vector<Entry>& entries,
                 const Entry& entry) {
  std::vector<std::string> names = entry.names;
  names.push_back(entry.name);
  for (const std::string& name : names)
    if (find(entries, name) != kUnknown)
      throw InputError(reader.where(column), tables::shown(name) + " a second time", "each name once",
                       "Remove one of the two");
}

void read_terms(const std::filesystem::path& file, Catalog& catalog) {
  tables::CsvReader reader(file);
  const std::size_t name = reader.column("term"), dimension = reader.column("dimension"),
                    names = reader.find_column("names");
  while (reader.next()) {
    Term term{required_text(reader, name), index_of(catalog.dimensions, required_text(reader, dimension)), {}};
    if (names != reader.npos) term.names = spellings(std::string(reader.text(names)));
    require_new(reader, name, catalog.terms, term);
    catalog.terms.push_back(term);
  }
  if (catalog.terms.size() < 2)
    throw InputError(file.string(), std::to_string(catalog.terms.size()) + " terms", "at least two terms",
                     "List what is ranked, one term a line");
}

void order_groups(const std::filesystem::path& file, const std::vector<std::string>& labels,
                  const std::vector<std::string>& wanted, Catalog& catalog) {
  const std::set<std::string> present(labels.begin(), labels.end());
  for (const std::string& group : wanted)
    if (present.count(group) == 0)
      throw InputError("groups", tables::shown(group), "groups of " + file.string(), "Correct the name");
  catalog.groups = wanted;
  for (const std::string& group : present) index_of(catalog.groups, group);
  for (std::size_t i = 0; i < labels.size(); ++i) catalog.models[i].group = index_of(catalog.groups, labels[i]);
}

void read_models(const std::filesystem::path& file, const std::vector<std::string>& groups, Catalog& catalog) {
  tables::CsvReader reader(file);
  const std::size_t name = reader.column("model"), group = reader.column("group"),
                    label = reader.find_column("archetype"), names = reader.find_column("names"),
                    w = reader.find_column("w");
  std::vector<std::string> labels;
  while (reader.next()) {
    Model model{required_text(reader, name), 0, "", {}, std::numeric_limits<double>::quiet_NaN()};
    if (label != reader.npos) model.label = std::string(reader.text(label));
    if (names != reader.npos) model.names = spellings(std::string(reader.text(names)));
    if (w != reader.npos && !reader.missing(w)) model.stability = reader.number(w, "a W from 0 to 1");
    require_new(reader, name, catalog.models, model);
    labels.push_back(required_text(reader, group));
    catalog.models.push_back(model);
  }
  if (catalog.models.empty()) throw InputError(file.string(), "no models", "at least one model", "List the models");
  order_groups(file, labels, groups, catalog);
}

void read_archetypes(const std::filesystem::path& file, Catalog& catalog) {
  tables::CsvReader reader(file);
  const std::size_t name = reader.column("archetype"), term = reader.column("term");
  while (reader.next()) {
    const std::string archetype = required_text(reader, name), text = required_text(reader, term);
    const std::size_t index = catalog.term(text);
    if (index == kUnknown)
      throw InputError(reader.where(term), tables::shown(text), "a term of the term table", "Correct the name");
    if (catalog.archetypes.empty() || catalog.archetypes.back().name != archetype)
      catalog.archetypes.push_back({archetype, {}});
    catalog.archetypes.back().terms.push_back(index);
  }
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::size_t Catalog::term(const std::string& name) const { return find(terms, name); }
std::size_t Catalog::model(const std::string& name) const { return find(models, name); }

std::vector<std::size_t> Catalog::terms_of(std::size_t dimension) const {
  std::vector<std::size_t> members;
  for (std::size_t t = 0; t < terms.size(); ++t)
    if (terms[t].dimension == dimension) members.push_back(t);
  return members;
}

std::vector<std::size_t> Catalog::models_of(std::size_t group) const {
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < models.size(); ++i)
    if (models[i].group == group) members.push_back(i);
  return members;
}

Catalog read_catalog(const CatalogFiles& files, const std::vector<std::string>& groups) {
  Catalog catalog;
  read_terms(files.terms, catalog);
  read_models(files.models, groups, catalog);
  if (!files.archetypes.empty()) read_archetypes(files.archetypes, catalog);
  return catalog;
}

std::string folded(const std::string& text) {
  std::string result = text;
  // Full-width forms of Chinese keyboards: U+FF10.. digits, U+FF08 and U+FF09 brackets, U+3000 blank.
  for (char digit = '0'; digit <= '9'; ++digit)
    replace_all(result, std::string("\xEF\xBC") + static_cast<char>(0x90 + (digit - '0')), std::string(1, digit));
  replace_all(result, "\xEF\xBC\x88", "(");
  replace_all(result, "\xEF\xBC\x89", ")");
  replace_all(result, "\xEF\xBC\x8E", ".");
  replace_all(result, "\xEF\xBC\x8F", "/");
  replace_all(result, "\xEF\xBC\x9A", ":");
  replace_all(result, "\xE3\x80\x81", ".");  // ideographic comma after a list number
  replace_all(result, "\xE3\x80\x80", " ");
  for (char& letter : result)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  const auto first = result.find_first_not_of(" \t\r\n"), last = result.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? "" : result.substr(first, last - first + 1);
}

}  // namespace meridian::ranking
