#include "trials/trial.hpp"

#include <fmt/format.h>

#include <array>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::trials {
namespace {

constexpr std::size_t longest_id = 64;
constexpr std::string_view joint = "__";

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

std::string encoded(const std::string& part) {
  std::string text;
  for (const char c : part)
    text += is_plain(c) ? std::string(1, c) : fmt::format("_{:02x}", static_cast<unsigned char>(c));
  return text;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool decoded(std::string_view text, std::string& part) {
  part.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '_') {
      if (!is_plain(text[at])) return false;
      part += text[at];
      continue;
    }
    if (at + 2 >= text.size() || digit(text[at + 1]) < 0 || digit(text[at + 2]) < 0) return false;
    part += static_cast<char>(16 * digit(text[at + 1]) + digit(text[at + 2]));
    at += 2;
  }
  return !part.empty();
}

}  // namespace

std::string describe(const TrialKey& key) {
  return fmt::format("{}, {}, {}, item {}, iteration {}", key.model, key.language, key.persona, key.item,
                     key.iteration);
}

std::string trial_id(const TrialKey& key) {
  std::string id;
  for (const std::string* part : {&key.model, &key.language, &key.persona, &key.item})
    id += encoded(*part).append(joint);
  id += std::to_string(key.iteration);
  if (id.size() > longest_id)
    throw InputError("trial " + describe(key), fmt::format("an id of {} bytes", id.size()),
                     fmt::format("at most {}: some batch services take no more", longest_id),
                     "Shorten the names of the model, persona or item.");
  return id;
}

bool read_trial_id(const std::string& id, TrialKey& key) {
  std::array<std::string, 5> parts;
  std::size_t start = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = i + 1 < parts.size() ? id.find(joint, start) : id.size();
    if (end == std::string::npos || !decoded(std::string_view(id).substr(start, end - start), parts[i])) return false;
    start = end + joint.size();
  }
  if (!tables::parse_integer(parts[4], key.iteration)) return false;
  key.model = parts[0];
  key.language = parts[1];
  key.persona = parts[2];
  key.item = parts[3];
  return true;
}

}  // namespace meridian::trials
