#include "tables/settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <fstream>
#include <sstream>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::tables {
namespace {

/// Line of each "section.key"; Boost's parser does not tell.
std::map<std::string, std::size_t> lines_of(const std::string& text) {
  std::map<std::string, std::size_t> lines;
  std::istringstream stream(text);
  std::string line, section;
  for (std::size_t number = 1; std::getline(stream, line); ++number) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string::npos || line[first] == '#') continue;
    const auto close = line.find(']', first);
    if (line[first] == '[' && close != std::string::npos) section = line.substr(first + 1, close - first - 1);
    const auto equals = line.find('=');
    if (line[first] == '[' || equals == std::string::npos) continue;
    const auto last = line.find_last_not_of(" \t", equals == 0 ? 0 : equals - 1);
    lines.emplace(section + "." + line.substr(first, last - first + 1), number);
  }
  return lines;
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream || std::filesystem::is_directory(file))
    throw InputError(file.string(), "no readable file", "a job file (INI)",
                     "Check --config; the shipped ones are in jobs/.");
  std::string text((std::istreambuf_iterator<char>(stream)), {});
  if (!valid_utf8(text) || text.find('\0') != std::string::npos)
    throw InputError(file.string(), "binary content", "a job file (INI, UTF-8)", "Check --config.");
  if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

Section& section_named(std::vector<Section>& sections, const std::string& name, const std::string& file) {
  for (Section& section : sections)
    if (section.name() == name) return section;
  return sections.emplace_back(name, file);
}

void set_override(const std::string& text, std::vector<Section>& sections) {
  const auto equals = text.find('=');
  const auto dot = text.find('.');
  if (equals == std::string::npos || dot == std::string::npos || dot > equals)
    throw InputError("--set", "'" + text + "'", "section.key=value", "For example --set people.file=my.csv");
  section_named(sections, text.substr(0, dot), "--set")
      .set(text.substr(dot + 1, equals - dot - 1), text.substr(equals + 1), 0);
}

}  // namespace

std::vector<std::string> split_words(const std::string& text) {
  std::string spaced = text;
  std::replace(spaced.begin(), spaced.end(), ',', ' ');
  std::istringstream stream(spaced);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<Section> read_settings(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  namespace po = boost::program_options;
  const std::string text = read_text(file);
  const auto lines = lines_of(text);
  std::vector<Section> sections;
  try {
    std::istringstream stream(text);
    for (const auto& option : po::parse_config_file(stream, po::options_description(), true).options) {
      const auto dot = option.string_key.find('.');
      if (dot == std::string::npos)
        throw InputError(file.string(), "key '" + option.string_key + "' before any [section]", "a section first",
                         "Put it under the section that it belongs to.");
      const auto line = lines.find(option.string_key);
      Section& section = section_named(sections, option.string_key.substr(0, dot), file.string());
      const std::string key = option.string_key.substr(dot + 1);
      if (section.has(key))
        throw InputError(section.where(key), "the key twice", "each key once per section", "Remove one of them.");
      section.set(key, option.value.empty() ? "" : option.value.front(), line == lines.end() ? 0 : line->second);
    }
  } catch (const po::error& problem) {
    throw InputError(file.string(), problem.what(), "lines 'key = value' under [section] headings", "Mend the line.");
  }
  for (const std::string& text_override : overrides) set_override(text_override, sections);
  return sections;
}

Section::Entry* Section::find(const std::string& key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return nullptr;
  found->second.used = true;
  return &found->second;
}

std::string Section::where(const std::string& key) const {
  const auto found = entries_.find(key);
  const std::size_t line = found == entries_.end() ? 0 : found->second.line;
  return fmt::format("{}{}, [{}] {}", file_, line ? fmt::format(":{}", line) : "", name_, key);
}

std::string Section::text(const std::string& key, const std::string& fallback) {
  const Entry* entry = find(key);
  return entry ? entry->value : fallback;
}

std::string Section::required(const std::string& key, const std::string& meaning) {
  const std::string value = text(key, "");
  if (value.empty()) throw InputError(where(key), "nothing", meaning, fmt::format("Add '{} = ...'.", key));
  return value;
}

std::vector<std::string> Section::words(const std::string& key, const std::vector<std::string>& fallback) {
  const Entry* entry = find(key);
  return entry ? split_words(entry->value) : fallback;
}

bool Section::yes(const std::string& key, bool fallback) {
  return choice(key, fallback ? "yes" : "no", {"yes", "no"}) == "yes";
}

int Section::integer(const std::string& key, int fallback, int lowest, int highest) {
  const Entry* entry = find(key);
  if (!entry) return fallback;
  std::int64_t value = 0;
  if (!parse_integer(entry->value, value) || value < lowest || value > highest)
    throw InputError(where(key), "'" + entry->value + "'", fmt::format("a whole number from {} to {}", lowest, highest),
                     "Mend the value.");
  return static_cast<int>(value);
}

std::string Section::choice(const std::string& key, const std::string& fallback,
                            const std::vector<std::string>& choices) {
  const std::string value = text(key, fallback);
  if (std::find(choices.begin(), choices.end(), value) == choices.end())
    throw InputError(where(key), "'" + value + "'", fmt::format("one of {}", fmt::join(choices, ", ")),
                     "Mend the value.");
  return value;
}

std::map<std::string, std::string> Section::with_prefix(const std::string& prefix) {
  std::map<std::string, std::string> found;
  for (auto& [key, entry] : entries_)
    if (key.rfind(prefix, 0) == 0) {
      entry.used = true;
      found[key.substr(prefix.size())] = entry.value;
    }
  known_.push_back(prefix + "NAME");
  return found;
}

std::vector<std::pair<std::string, std::string>> Section::entries() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [key, entry] : entries_) all.emplace_back(name_ + "." + key, entry.value);
  return all;
}

void Section::finish() const {
  for (const auto& [key, entry] : entries_)
    if (!entry.used)
      throw InputError(where(key), "an unknown key", fmt::format("one of {}", fmt::join(known_, ", ")),
                       "Check the spelling; docs/formats.md explains each key.");
}

void Section::inherit(const Section& base) {
  for (const auto& [key, entry] : base.entries_)
    if (!entries_.count(key)) entries_[key] = {entry.value, entry.line, false};
}

}  // namespace meridian::tables
