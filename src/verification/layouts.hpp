#pragma once
// The layouts of the printed tables: what a row is called, and where the run keeps the same number.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "verification/published.hpp"

namespace meridian::verification {

/// A row of a printed table: column name to text.
using PrintedRow = std::map<std::string, std::string>;

/// A column of printed numbers and where it stands in the run.
struct Quantity {
  std::string printed;  ///< column of the printed table
  std::string name;     ///< what we call it in messages
  Place place;
  bool counted = true;
};

struct Layout {
  std::vector<std::string> header;  ///< the whole header, in order: recognises the file
  std::function<std::string(const PrintedRow&)> table;
  std::function<std::string(const PrintedRow&)> key;
  std::function<std::vector<Quantity>(const PrintedRow&, const Terms&)> quantities;
};

const std::vector<Layout>& layouts();

}  // namespace meridian::verification
