#pragma once
// What the answers' texts show: verdicts of a judge (DEF's insensitivity) and how many different ones there are
// (diversity). Each streams its files again.
#include "findings/figure.hpp"
#include "findings/table.hpp"
#include "opinions/def_study.hpp"

namespace meridian::opinions {

/// Fields model, country, aspect, verdict, judge.
const std::vector<audit::RecordField>& verdict_fields();

/// Columns judge, model, survey, aspect, meaning, no, judged, unreadable, rate, conf_low, conf_high. Collective.
/// Throws InputError for an aspect that is none of IU, QC, RP, CV, FF, IR.
findings::Table insensitivity_table(const audit::RecordFiles& verdicts, double confidence, const audit::Team& team,
                                    findings::Ledger& ledger, const std::string& source);
findings::Figure insensitivity_figure(const findings::Table& table);

/// Columns model, survey, questions, answers, distinct, diversity, conf_low, conf_high. Distinct texts (field text)
/// over the first `questions` questions of each survey, minus those questions, with percentile limits of a bootstrap
/// over the questions. Collective; memory grows with the distinct texts.
findings::Table diversity_table(const audit::RecordFiles& answers, const DefStudy& study, std::size_t questions,
                                const audit::Settings& settings, const audit::Team& team);

}  // namespace meridian::opinions
