#pragma once
// What the layer of dilemmas in steps found, as tables. Columns: docs/formats.md, "Tables of the audit".
#include "dilemmas/step_results.hpp"
#include "findings/table.hpp"

namespace meridian::dilemmas {

findings::Table score_table(const StepResults& results);
findings::Table win_table(const StepResults& results, double confidence);
findings::Table volatility_table(const StepResults& results);
findings::Table steadiness_table(const StepResults& results);
findings::Table stability_table(const StepResults& results);
findings::Table transitivity_table(const StepResults& results);
findings::Table cycle_table(const StepResults& results);
findings::Table strength_table(const StepResults& results, double confidence);
findings::Table fit_table(const StepResults& results);
/// How often each pair of values meets in the labels: needs no model.
findings::Table meeting_table(const StepLabels& labels);

}  // namespace meridian::dilemmas
