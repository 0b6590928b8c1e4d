#include "tables/json_document.hpp"

#include <simdjson.h>

#include "tables/csv.hpp"

namespace meridian::tables {
namespace {

namespace dom = simdjson::dom;

std::string text_of(const dom::element& element) {
  switch (element.type()) {
    case dom::element_type::STRING:
      return std::string(element.get_string().value_unsafe());
    case dom::element_type::INT64:
      return std::to_string(element.get_int64().value_unsafe());
    case dom::element_type::UINT64:
      return std::to_string(element.get_uint64().value_unsafe());
    case dom::element_type::DOUBLE:
      return format_number(element.get_double().value_unsafe());
    case dom::element_type::BOOL:
      return element.get_bool().value_unsafe() ? "true" : "false";
    case dom::element_type::NULL_VALUE:
      return {};
    case dom::element_type::ARRAY:
    case dom::element_type::OBJECT:
      break;
  }
  return simdjson::minify(element);
}

bool step(const dom::element& from, const std::string& key, dom::element& to) {
  if (from.is_object()) return from.at_key(key).get(to) == simdjson::SUCCESS;
  std::int64_t index = 0;
  dom::array array;
  if (from.get(array) != simdjson::SUCCESS || !parse_integer(key, index) || index < 0) return false;
  return array.at(static_cast<std::size_t>(index)).get(to) == simdjson::SUCCESS;
}

template <class Visit>
void each_match(const dom::element& from, const JsonPath& path, std::size_t depth, const Visit& visit) {
  if (depth == path.size()) return visit(from);
  if (path[depth] == "*") {
    dom::array array;
    if (from.get(array) != simdjson::SUCCESS) return;
    for (const dom::element element : array) each_match(element, path, depth + 1, visit);
    return;
  }
  dom::element next;
  if (step(from, path[depth], next)) each_match(next, path, depth + 1, visit);
}

void collect(const dom::element& from, const JsonPath& path, std::vector<std::string>& values) {
  each_match(from, path, 0, [&](const dom::element& match) {
    if (!match.is_null()) values.push_back(text_of(match));
  });
}

}  // namespace

struct JsonDocument::State {
  dom::parser parser;
  std::string text;  // simdjson reads a few bytes behind it
  dom::element top, current;
  dom::array::iterator element, end;
  bool parsed = false, started = false;
};

JsonDocument::JsonDocument() : state_(std::make_unique<State>()) {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;

std::string JsonDocument::parse(std::string& text) {
  State& state = *state_;
  state.text.swap(text);
  state.text.reserve(state.text.size() + simdjson::SIMDJSON_PADDING);
  const simdjson::error_code error = state.parser.parse(state.text.data(), state.text.size(), false).get(state.top);
  state.parsed = error == simdjson::SUCCESS;
  state.current = state.top;
  if (state.parsed) return {};
  return error == simdjson::UTF8_ERROR ? "bytes that are not UTF-8" : simdjson::error_message(error);
}

void JsonDocument::find(const JsonPath& path, std::vector<std::string>& values) const {
  if (state_->parsed) collect(state_->current, path, values);
}

void JsonDocument::find_from_top(const JsonPath& path, std::vector<std::string>& values) const {
  if (state_->parsed) collect(state_->top, path, values);
}

void JsonDocument::entries(const JsonPath& path, std::vector<std::pair<std::string, std::string>>& values) const {
  if (!state_->parsed) return;
  each_match(state_->current, path, 0, [&](const dom::element& match) {
    dom::object object;
    if (match.get(object) != simdjson::SUCCESS) return;
    for (const dom::key_value_pair entry : object) values.emplace_back(entry.key, text_of(entry.value));
  });
}

bool JsonDocument::enter(const JsonPath& path) {
  State& state = *state_;
  bool found = false;
  if (!state.parsed) return false;
  each_match(state.top, path, 0, [&](const dom::element& match) {
    dom::array array;
    if (found || match.get(array) != simdjson::SUCCESS) return;
    state.element = array.begin();
    state.end = array.end();
    state.started = false;
    found = true;
  });
  return found;
}

bool JsonDocument::next_element() {
  State& state = *state_;
  if (state.started && state.element != state.end) ++state.element;
  state.started = true;
  if (!(state.element != state.end)) return false;
  state.current = *state.element;
  return true;
}

}  // namespace meridian::tables
