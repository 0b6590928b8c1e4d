#include "audit/row_faults.hpp"

#include <fmt/format.h>

#include "audit/bytes.hpp"

namespace meridian::audit {
namespace {

constexpr std::size_t kExamples = 5;

}  // namespace

void RowFaults::keep_first(std::set<Place>& places) {
  while (places.size() > kExamples) places.erase(std::prev(places.end()));
}

void RowFaults::add(const std::string& rule, std::size_t file, std::size_t line, const std::string& where) {
  Fault& fault = faults_[rule];
  ++fault.count;
  const std::pair<std::int64_t, std::int64_t> place{file, line};
  if (fault.first.size() == kExamples && fault.first.rbegin()->first <= place) return;
  fault.first.insert({place, where});
  keep_first(fault.first);
}

std::string RowFaults::bytes() const {
  ByteWriter writer;
  writer.number(rows_);
  writer.number(static_cast<std::int64_t>(faults_.size()));
  for (const auto& [rule, fault] : faults_) {
    writer.text(rule);
    writer.number(fault.count);
    writer.number(static_cast<std::int64_t>(fault.first.size()));
    for (const auto& [place, where] : fault.first) {
      writer.number(place.first);
      writer.number(place.second);
      writer.text(where);
    }
  }
  return writer.bytes();
}

void RowFaults::add_bytes(const std::string& bytes) {
  ByteReader reader(bytes);
  rows_ += reader.number();
  for (std::int64_t rules = reader.number(); rules > 0; --rules) {
    Fault& fault = faults_[reader.text()];
    fault.count += reader.number();
    for (std::int64_t examples = reader.number(); examples > 0; --examples) {
      const std::int64_t file = reader.number(), line = reader.number();
      fault.first.insert({{file, line}, reader.text()});
    }
    keep_first(fault.first);
  }
}

std::string RowFaults::told() const {
  std::string text = fmt::format("{} rows", rows_);
  for (const auto& [rule, fault] : faults_)
    text += fmt::format("{} {} ({})", &fault == &faults_.begin()->second ? "; left out:" : ",", rule, fault.count);
  return text;
}

void RowFaults::into(findings::Ledger& ledger, const std::string& source, const std::string& unit) const {
  for (const auto& [rule, fault] : faults_) {
    ledger.looked_at(source, unit, rule, rows_);
    std::int64_t left = fault.count;
    for (const auto& [place, where] : fault.first) {
      ledger.add(source, unit, rule, where);
      --left;
    }
    if (left > 0) ledger.add(source, unit, rule, "", left);
  }
}

}  // namespace meridian::audit
