#pragma once
// What a layer of opinions says of each model, for the summary and for the tests between groups of models.
#include <string>
#include <vector>

#include "audit/group_comparison.hpp"
#include "audit/layer.hpp"
#include "opinions/def_study.hpp"

namespace meridian::opinions {

/// Entries go to the result's summary, and their values with further ones to the tests.
class DefSummary {
 public:
  DefSummary(const DefStudy& study, audit::LayerResult& result) : study_(study), result_(result) {}
  void divergences();
  void matches_of_people();
  void variation();
  void shapes();
  /// A table's column as values of the models in each of its other cells.
  void take(const findings::Table& table, const std::string& meaning, const std::string& column,
            const std::vector<std::string>& where);
  const std::vector<audit::ModelValue>& values() const { return values_; }

 private:
  void add(audit::SummaryEntry entry) {
    values_.push_back({entry.metric, entry.model, entry.value});
    result_.summary.push_back(std::move(entry));
  }
  const DefStudy& study_;
  audit::LayerResult& result_;
  std::vector<audit::ModelValue> values_;
};

}  // namespace meridian::opinions
