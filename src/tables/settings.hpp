#pragma once
// The raw key = value lines of an INI file, each with its line, so that an error can point at it.
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace meridian::tables {

/// One section of the file; every key must be asked for exactly by name, what is left over is an error.
class Section {
 public:
  Section() = default;
  Section(std::string name, std::string file) : name_(std::move(name)), file_(std::move(file)) {}

  void set(const std::string& key, const std::string& value, std::size_t line) { entries_[key] = {value, line, false}; }
  bool has(const std::string& key) const { return entries_.count(key) > 0; }
  const std::string& name() const { return name_; }

  std::string text(const std::string& key, const std::string& fallback);
  std::string required(const std::string& key, const std::string& meaning);
  /// Words separated by spaces or commas.
  std::vector<std::string> words(const std::string& key, const std::vector<std::string>& fallback);
  bool yes(const std::string& key, bool fallback);
  int integer(const std::string& key, int fallback, int lowest, int highest);
  /// One of `choices`, or InputError listing them.
  std::string choice(const std::string& key, const std::string& fallback, const std::vector<std::string>& choices);
  /// Keys that start with `prefix`, with the prefix cut off.
  std::map<std::string, std::string> with_prefix(const std::string& prefix);
  /// Every "section.key" with its value, by key.
  std::vector<std::pair<std::string, std::string>> entries() const;
  /// Throws InputError for the first key that nobody asked for, listing those that exist.
  void finish() const;
  /// "file:line, [section] key", for messages.
  std::string where(const std::string& key) const;
  /// Takes over keys of `base` that this section does not set itself (`like = base`).
  void inherit(const Section& base);

 private:
  struct Entry {
    std::string value;
    std::size_t line = 0;
    bool used = false;
  };
  Entry* find(const std::string& key);
  std::string name_, file_;
  std::map<std::string, Entry> entries_;
  std::vector<std::string> known_;
};

/// Sections in file order. `overrides`: "section.key=value".
std::vector<Section> read_settings(const std::filesystem::path& file, const std::vector<std::string>& overrides);

std::vector<std::string> split_words(const std::string& text);

}  // namespace meridian::tables
