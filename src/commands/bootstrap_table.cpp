#include "commands/bootstrap_table.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "commands/bootstrap_folder.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/text_table.hpp"
#include "error.hpp"
#include "storage/digest.hpp"
#include "storage/run_lock.hpp"
#include "uncertainty/table_subject.hpp"

namespace meridian::commands {

namespace po = boost::program_options;

namespace {

uncertainty::TableModel table_model(const po::variables_map& values, const TableSource& source) {
  uncertainty::TableModel model;
  if (!source.request.family.empty())
    throw InputError("--run", "a fit of family " + source.request.family, "a linear mixed model",
                     "Its replicates would need the observations.");
  model.formula = source.request.formula;
  model.maximum_likelihood = source.request.maximum_likelihood;
  model.design = analysis::design_options(source.request);
  model.codings = source.request.contrasts;
  if (values.count("columns")) model.columns = values["columns"].as<std::string>();
  model.digest = storage::sha256_file(source.table);
  return model;
}

bool draws_columns(uncertainty::Scheme scheme) {
  return uncertainty::draws_units(scheme) && scheme != uncertainty::Scheme::people;
}

}  // namespace

bool names_fit(const po::variables_map& values) {
  return values.count("run") > 0 && has_table_source(values["run"].as<std::string>());
}

TableSource table_to_bootstrap(const po::variables_map& values) {
  if (!values.count("table")) return read_table_source(values["run"].as<std::string>());
  TableSource source;
  source.table = values["table"].as<std::string>();
  source.request.formula = required(values, bootstrap_command(), "formula", "FORMULA");
  source.request.maximum_likelihood = values.count("ml") > 0;
  if (values.count("factor")) source.factors = values["factor"].as<std::string>();
  return source;
}

void bootstrap_table(const po::variables_map& values, const TableSource& source, const BootstrapRequest& request,
                     const Context& context) {
  uncertainty::TableModel model = table_model(values, source);
  model.contrasts = request.contrasts;
  if (model.columns.empty() && draws_columns(bootstrap_options(request).scheme))
    throw InputError("--scheme", "'" + request.scheme + "' without --columns", "the grouping factor that it draws",
                     "Name a factor of the random part besides the largest.");
  const auto subject = uncertainty::table_subject(read_frame(source.table, names_in(source.factors)), model);
  const auto lock = context.world.is_root() ? std::make_unique<storage::RunLock>(request.folder) : nullptr;
  const auto section = bootstrap_subject(subject, request, replicate_run_from(values), context);
  if (section) fmt::print("{}", intervals_text(*section));
  std::fflush(stdout);
}

}  // namespace meridian::commands
