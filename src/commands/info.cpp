#include <fmt/core.h>

#include <filesystem>

#include "commands/commands.hpp"
#include "error.hpp"
#include "storage/array_file.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

void describe(const po::variables_map& options, const Context&) {
  if (options.count("path") == 0) throw InputError("info needs a PATH. Example: " + info_command().example);
  const std::filesystem::path path = options["path"].as<std::string>();
  if (!std::filesystem::exists(path))
    throw InputError("PATH", "'" + path.string() + "'", "a file or run folder that exists", "Check the spelling.");
  fmt::print("{}", storage::describe(path));
}

}  // namespace

Command info_command() {
  Command command;
  command.name = "info";
  command.summary = "describe a file that meridian wrote";
  command.description =
      "Shows the arrays of an HDF5 file of a run: their shapes, types, axes with the first labels, attributes, and "
      "whether the bytes still have the checksum that was stored with them.";
  command.example = "meridian info runs/replicate/similarity/all.h5";
  command.options.add_options()("path", po::value<std::string>()->value_name("PATH"),
                                "the file to describe (required)");
  command.positional = {"path"};
  command.run = describe;
  return command;
}

}  // namespace meridian::commands
