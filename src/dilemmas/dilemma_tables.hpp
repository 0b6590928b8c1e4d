#pragma once
// What the layer of single dilemmas found, as tables. Columns: docs/formats.md, "Tables of the audit".
#include "dilemmas/dilemma_results.hpp"
#include "findings/table.hpp"

namespace meridian::dilemmas {

findings::Table preference_table(const DilemmaResults& results);
/// Unweighted mean of the models' shares by rule and pair: the figure that Yuan et al. print.
findings::Table preference_mean_table(const DilemmaResults& results, double confidence);
findings::Table agreement_table(const DilemmaResults& results);
findings::Table template_table(const DilemmaResults& results);
findings::Table adherence_table(const DilemmaResults& results);
findings::Table flip_table(const DilemmaResults& results);
findings::Table flip_test_table(const DilemmaResults& results);
findings::Table answer_table(const DilemmaResults& results);

}  // namespace meridian::dilemmas
