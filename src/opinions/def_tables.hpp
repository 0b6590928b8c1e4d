#pragma once
// DEF's tables and figures. Columns: docs/formats.md, "Tables of the audit".
#include "findings/figure.hpp"
#include "findings/table.hpp"
#include "opinions/def_study.hpp"

namespace meridian::opinions {

/// Divergence of the distributions by type, and overall.
findings::Table divergence_table(const DefStudy& study);
/// How the divergences came about: infinite and empty ones, those below one half, how peaked the model is.
findings::Table preference_table(const DefStudy& study);
findings::Table def_question_table(const DefStudy& study);
findings::Table match_table(const DefStudy& study);
findings::Table bias_table(const DefStudy& study);
findings::Table map_table(const DefStudy& study);
findings::Table map_axis_table(const DefStudy& study);
findings::Table distance_table(const DefStudy& study);
/// Families of the registry compared pair by pair; no rows without a family column.
findings::Table family_table(const DefStudy& study, const audit::ModelRegistry& registry);

findings::Figure divergence_figure(const DefStudy& study);
findings::Figure match_figure(const DefStudy& study);
/// By share, questions that match and questions that do not.
findings::Figure bias_figure(const DefStudy& study);
findings::Figure map_figure(const DefStudy& study);

}  // namespace meridian::opinions
