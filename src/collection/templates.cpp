#include "collection/templates.hpp"

#include <algorithm>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::collection {
namespace {

std::string known(const Placeholders& values) {
  std::string names;
  for (const auto& value : values) names += (names.empty() ? "{" : ", {") + value.first + "}";
  return names;
}

std::string filled(const std::string& text, const Placeholders& values, const std::string& where) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool doubled = at + 1 < text.size() && text[at + 1] == text[at];
    if ((text[at] == '{' || text[at] == '}') && doubled) {
      result += text[at++];
      continue;
    }
    if (text[at] != '{') {
      result += text[at];
      continue;
    }
    const std::size_t close = text.find('}', at);
    const std::string name = close == std::string::npos ? "" : text.substr(at + 1, close - at - 1);
    const auto value = values.find(name);
    if (value == values.end())
      throw InputError(where, tables::shown(text.substr(at, std::min<std::size_t>(close - at, 39) + 1)),
                       "a placeholder among " + known(values),
                       "Mend the template ({{ is a brace); columns of the items stand for values in part user.");
    result += value->second;
    at = close;
  }
  return result;
}

}  // namespace

Templates::Templates(const std::filesystem::path& file) : file_(file) {
  tables::CsvReader csv(file);
  const std::size_t part = csv.column("part"), language = csv.column("language"), persona = csv.column("persona"),
                    text = csv.column("text");
  while (csv.next()) {
    const std::string name(csv.text(part));
    if (name != "system" && name != "persona" && name != "user")
      throw InputError(csv.where(part), tables::shown(name), "system, persona or user", "Mend the template file.");
    const auto key = std::make_tuple(name, std::string(csv.text(language)), std::string(csv.text(persona)));
    if (!texts_.emplace(key, csv.text(text)).second)
      throw InputError(csv.where(part), "'" + name + "' of this language and persona twice", "each once",
                       "Remove one of the two rows.");
  }
}

Templates::Texts::const_iterator Templates::closest(const std::string& part, const std::string& language,
                                                    const std::string& persona) const {
  for (const std::string& l : {language, std::string("*")})
    for (const std::string& p : {persona, std::string("*")})
      if (const auto found = texts_.find({part, l, p}); found != texts_.end()) return found;
  return texts_.end();
}

std::string Templates::fill(const std::string& part, const std::string& language, const std::string& persona,
                            const Placeholders& values) const {
  const auto found = closest(part, language, persona);
  return found == texts_.end() ? "" : filled(found->second, values, file_.string() + ", part '" + part + "'");
}

bool Templates::tells(const std::string& language, const std::string& persona) const {
  for (const char* part : {"system", "persona", "user"})
    if (const auto found = closest(part, language, persona); found != texts_.end())
      if (std::get<2>(found->first) == persona || found->second.find("{persona}") != std::string::npos) return true;
  return false;
}

}  // namespace meridian::collection
