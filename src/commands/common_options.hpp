#pragma once
// Options that several commands share, so that they read and behave alike.
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>
#include <string>

#include "commands/command.hpp"

namespace meridian::commands {

/// Adds --threads and --quiet.
void add_common_options(boost::program_options::options_description& options);

/// Threads per rank: --threads, else OMP_NUM_THREADS, else SLURM_CPUS_PER_TASK, else this node's share of
/// usable_cpus(). Never more than usable_cpus(), SLURM_CPUS_PER_TASK or OMP_THREAD_LIMIT: warns and takes fewer. Says
/// what else does not fit the allocation (scheduling::misfits). Throws InputError below 1. Results do not depend on it.
int threads(const boost::program_options::variables_map& options, const Context& context);

/// The text of an option that `command` cannot do without; InputError with its example if it was not given. `what`:
/// what it names, as in the help.
std::string required(const boost::program_options::variables_map& options, const Command& command, const char* name,
                     const char* what);

/// The rule behind threads(), on plain numbers: `asked` is 0 if nobody asked.
int threads_for(int asked, int usable_cpus, int ranks_on_node);

}  // namespace meridian::commands
