#pragma once
// One subcommand: its options, its help and what it does. Each commands/<name>.cpp gives one; registry.cpp lists them.
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>
#include <functional>
#include <string>
#include <vector>

#include "parallel/communicator.hpp"

namespace meridian::commands {

/// What a command gets besides its options.
struct Context {
  const parallel::Communicator& world;
  std::string share;  ///< folder that holds data/ and jobs/ (source tree or <prefix>/share/meridian)
};

struct Command {
  std::string name;
  std::string summary;      ///< one line, for the list and the man page
  std::string description;  ///< paragraphs (blank line between them), for --help and the man page; indented lines stay
                            ///< as they are
  std::string example;      ///< a line that can be typed
  boost::program_options::options_description options;  ///< without --help, which every command gets
  std::vector<std::string> positional;  ///< option names taken from the arguments without a dash, in order;
                                        ///< a composing one takes all that follow
  bool uses_ranks = false;              ///< works in parallel; else only rank 0 works
  /// Ends by returning (exit code 0) or by throwing meridian::Error. With uses_ranks all ranks agree
  /// (Communicator::maximum) before they throw Stopped.
  std::function<void(const boost::program_options::variables_map&, const Context&)> run;
};

}  // namespace meridian::commands
