#pragma once
// `meridian bootstrap` on a table of one's own, or on the folder of a fit to one, instead of an analysis of a run.
#include "commands/bootstrap.hpp"
#include "commands/command.hpp"
#include "commands/table_source.hpp"

namespace meridian::commands {

/// Is the folder of option --run that of a fit to a table?
bool names_fit(const boost::program_options::variables_map& values);

/// The table and what is fitted to it: from the options, or as the folder of a fit has it. InputError for what is
/// missing there.
TableSource table_to_bootstrap(const boost::program_options::variables_map& values);

/// Levels of the largest grouping factor are the people; --columns names the factor that is drawn as models. InputError
/// for a generalized model, and for a scheme that draws columns where none are named.
void bootstrap_table(const boost::program_options::variables_map& values, const TableSource& source,
                     const BootstrapRequest& request, const Context& context);

}  // namespace meridian::commands
