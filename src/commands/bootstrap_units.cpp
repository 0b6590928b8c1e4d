// The replicates of one subject, an analysis or a table: units, estimates, intervals.
#include <fmt/format.h>

#include <algorithm>

#include "commands/bootstrap.hpp"
#include "commands/bootstrap_folder.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "uncertainty/analysis_subject.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

/// All of the jackknife, or as large a part of its units as --units asks for of the replicates.
ReplicateRun share_of(const ReplicateRun& run, const resampling::ReplicateStudy& jackknife) {
  ReplicateRun share = run;
  share.replicates = jackknife.limit;
  if (!run.units) return share;
  const auto units = [&](std::size_t replicates) { return (replicates + jackknife.batch - 1) / jackknife.batch; };
  const std::size_t all = units(run.replicates), own = units(jackknife.limit);
  const auto scaled = [&](std::size_t unit) { return std::min(unit, all) * own / all; };
  share.units = {{scaled(run.units->first), scaled(run.units->second)}};
  return share;
}

}  // namespace

uncertainty::BootstrapOptions bootstrap_options(const BootstrapRequest& request) {
  uncertainty::BootstrapOptions options;
  options.scheme = uncertainty::parse_scheme(request.scheme);
  options.seed = request.seed;
  options.threads = request.threads;
  if (!request.draws.empty() && !uncertainty::draws_units(options.scheme))
    throw InputError("--draws", "scheme " + request.scheme, "a scheme that draws people or models", "Leave it out.");
  if (request.bca && !uncertainty::draws_units(options.scheme))
    throw InputError("--bca", "scheme " + request.scheme, "a scheme that draws people or models",
                     "Leave it out: there are no units to leave out one by one.");
  const bool less = request.draws.empty() ? options.scheme == uncertainty::Scheme::models : request.draws == "one-less";
  if (!request.draws.empty() && request.draws != "all" && request.draws != "one-less")
    throw InputError("--draws", "'" + request.draws + "'", "all or one-less", "Leave it out for the scheme's default.");
  if (less) options.model_draws = resampling::DrawSize::one_less;
  if (less && options.scheme != uncertainty::Scheme::models) options.people_draws = resampling::DrawSize::one_less;
  return options;
}

std::optional<findings::Section> bootstrap_subject(const std::shared_ptr<const uncertainty::Subject>& subject,
                                                   const BootstrapRequest& request, const ReplicateRun& run,
                                                   const Context& context) {
  const auto options = bootstrap_options(request);
  const auto bootstrap = uncertainty::bootstrap_study(subject, options);
  const std::string what = fmt::format("{}, bootstrap of {}", request.analysis, request.scheme);
  if (context.world.is_root()) {
    if (run.fresh) discard_replicates(request.folder);
    storage::UnitStore::create_or_open(request.folder, uncertainty::replicate_plan(bootstrap));
    findings::write_table(uncertainty::estimates_table(*subject), request.folder);  // first: --so-far reads it
  }
  compute_replicates(bootstrap, request.folder, what, run, context);
  if (request.bca) {
    const auto jackknife = uncertainty::jackknife_study(subject, options);
    compute_replicates(jackknife, request.folder / "jackknife", what + " (jackknife)", share_of(run, jackknife),
                       context);
  }
  if (!context.world.is_root() || run.units) return std::nullopt;
  const findings::Section section =
      finish_bootstrap(request.folder, bootstrap.limit > 0 ? bootstrap.limit : run.replicates);
  report_resampling(request.folder, section, run.report);
  for (const findings::Note& note : section.notes) runtime::info(note.text);
  runtime::info("intervals: " + (request.folder / "intervals.csv").string());
  return section;
}

std::optional<findings::Section> bootstrap_analysis(const analysis::Study& study, const BootstrapRequest& request,
                                                    const ReplicateRun& run, const Context& context) {
  const auto subject = uncertainty::analysis_subject(study, request.analysis, bootstrap_options(request).scheme,
                                                     request.contrasts, request.threads);
  return bootstrap_subject(subject, request, run, context);
}

}  // namespace meridian::commands
