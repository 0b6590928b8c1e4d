#pragma once
// One JSON text and the values at paths in it: the doorway to simdjson, which parses at the speed of memory.
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meridian::tables {

/// Keys from the outside in; in an array an index ("0"), or "*" for each of its elements.
using JsonPath = std::vector<std::string>;

class JsonDocument {
 public:
  JsonDocument();
  ~JsonDocument();
  JsonDocument(JsonDocument&&) noexcept;

  /// Takes over the text and parses it; returns "" or what is wrong with it (not JSON, not UTF-8). After an error the
  /// document is empty.
  std::string parse(std::string& text);

  /// Appends the value at each match of the path, in the document's order: the text of a string; a number, true or
  /// false as written in JSON; an object or array as JSON without spaces. Null and what is not there give nothing.
  void find(const JsonPath& path, std::vector<std::string>& values) const;
  /// Keys and values of the object at the path, in the document's order.
  void entries(const JsonPath& path, std::vector<std::pair<std::string, std::string>>& values) const;

  /// Makes `find` look below each element of the array at `path`, one after the other. Returns false if no array is
  /// there.
  bool enter(const JsonPath& path);
  /// The next element; false after the last.
  bool next_element();
  /// `find` from the document's top, whatever has been entered.
  void find_from_top(const JsonPath& path, std::vector<std::string>& values) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace meridian::tables
