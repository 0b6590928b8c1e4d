#pragma once
// What the section of a layer of opinions names: files and options.
#include "audit/layer.hpp"
#include "audit/records.hpp"
#include "opinions/def_scores.hpp"

namespace meridian::opinions {

struct DefFiles {
  audit::RecordFiles answers, people, types, verdicts;
  DefOptions options;
};

/// Takes its keys from the section's options; throws InputError for what is wrong with them.
DefFiles def_files(audit::LayerInput& input);

}  // namespace meridian::opinions
