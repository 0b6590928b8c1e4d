#pragma once
// MARK's tables and figures. Columns: docs/formats.md, "Tables of the audit".
#include "findings/figure.hpp"
#include "findings/table.hpp"
#include "opinions/mark_study.hpp"

namespace meridian::opinions {

findings::Table agreement_table(const MarkStudy& study);
findings::Table question_table(const MarkStudy& study);
findings::Table country_table(const MarkStudy& study);
findings::Table comparison_table(const MarkStudy& study);
/// McNemar's exact test of every pair of models over people's answers to questions.
findings::Table accuracy_pair_table(const MarkStudy& study);

findings::Figure agreement_figure(const MarkStudy& study);
/// People's and models' answers to the questions in which they lie farthest apart.
findings::Figure distribution_figure(const MarkStudy& study);
findings::Figure country_figure(const MarkStudy& study);

}  // namespace meridian::opinions
