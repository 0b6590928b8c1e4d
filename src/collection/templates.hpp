#pragma once
// The words around an item: system text, persona line, the form of the question, by language.
#include <filesystem>
#include <map>
#include <string>
#include <tuple>

namespace meridian::collection {

using Placeholders = std::map<std::string, std::string>;

/// Texts by (part, language, persona); "*" stands for any.
class Templates {
 public:
  /// Columns part, language, persona, text. Parts: `system` and `persona` (the system message is both, with a blank
  /// line between), `user` (the question). Throws InputError for another part or one that comes twice.
  explicit Templates(const std::filesystem::path& file);

  /// The text of a part for this language and persona with its placeholders {name} filled in; "" if there is none. The
  /// closest row wins: own language before "*", then own persona before "*". Throws InputError for a placeholder that
  /// is not known, listing those that are. "{{" and "}}" are braces.
  std::string fill(const std::string& part, const std::string& language, const std::string& persona,
                   const Placeholders& values) const;

  /// Whether any text for this language is the persona's own or names it.
  bool tells(const std::string& language, const std::string& persona) const;

 private:
  using Texts = std::map<std::tuple<std::string, std::string, std::string>, std::string>;
  Texts::const_iterator closest(const std::string& part, const std::string& language, const std::string& persona) const;

  std::filesystem::path file_;
  Texts texts_;
};

}  // namespace meridian::collection
