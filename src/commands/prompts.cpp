// meridian prompts: a design as the requests that batch runners read.
#include <fmt/format.h>

#include <filesystem>

#include "collection/request_files.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "error.hpp"
#include "runtime/log.hpp"
#include "storage/run_lock.hpp"
#include "trials/store.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

collection::RequestMaker maker_from(const po::variables_map& options) {
  collection::Design design = collection::read_design(required(options, prompts_command(), "design", "FILE"));
  auto items = collection::read_prompt_items(required(options, prompts_command(), "items", "FILE"),
                                             design.kind == collection::Kind::steps, design.lowest, design.highest);
  return {std::move(design), std::move(items),
          collection::Templates(required(options, prompts_command(), "template", "FILE"))};
}

/// The first answer to each trial, as the store's rule says.
collection::EarlierAnswers earlier_answers(const std::filesystem::path& store) {
  collection::EarlierAnswers earlier;
  trials::each_trial(store, [&](const trials::Trial& trial) {
    if (trial.answer.outcome == trials::Outcome::answered)
      earlier.emplace(trial.key, collection::EarlierAnswer{trial.text, trial.answer.value, true});
  });
  return earlier;
}

/// A refusal is an answer of its own: asking until it goes would bias the rest.
bool is_missing(const trials::TrialState& state) {
  if (!state.present) return true;
  return state.outcome != trials::Outcome::answered && state.outcome != trials::Outcome::refused &&
         state.outcome != trials::Outcome::shares;
}

std::int64_t at_least_one(const po::variables_map& options, const char* name) {
  const std::int64_t value = options[name].as<std::int64_t>();
  if (value < 1) throw InputError(fmt::format("--{}", name), std::to_string(value), "1 or more", "Mend the option.");
  return value;
}

int round_from(const po::variables_map& options, const collection::RequestMaker& maker) {
  const std::int64_t round = at_least_one(options, "round");
  if (round > maker.rounds())
    throw InputError("--round", std::to_string(round), fmt::format("a step of the items, 1 to {}", maker.rounds()),
                     "Mend the option, or the column 'step' of the items.");
  if (round > 1 && options.count("missing") == 0)
    throw InputError("--round", fmt::format("{} without --missing", round), "the store with the earlier answers",
                     "Name the trial store with --missing STORE.");
  return static_cast<int>(round);
}

void prompts(const po::variables_map& options, const Context&) {
  const std::filesystem::path folder = required(options, prompts_command(), "out", "DIR");
  const collection::RequestMaker maker = maker_from(options);
  const int round = round_from(options, maker);
  collection::EarlierAnswers earlier;
  trials::TrialCells cells;
  if (options.count("missing")) {
    const std::string store = options["missing"].as<std::string>();
    cells = trials::read_cells(store);
    if (round > 1) earlier = earlier_answers(store);
  }
  const collection::FileLimits limits{at_least_one(options, "requests"), at_least_one(options, "megabytes") * 1000000};
  const storage::RunLock lock(folder);
  const collection::Written written = collection::write_requests(
      maker, round, [&](const trials::TrialKey& key) { return is_missing(cells.state(key)); }, earlier, limits, folder);
  runtime::info(fmt::format("{} requests in {} files in {}; {} answered before, {} wait for an earlier answer",
                            written.requests, written.files.size(), folder.string(), written.present, written.waiting));
}

}  // namespace

Command prompts_command() {
  Command command;
  command.name = "prompts";
  command.summary = "write the requests of a design for batch runners";
  command.description =
      "From items (item, language, prompt), a template (system text, persona lines, form of the question, by language) "
      "and a design (models, languages, personas, iterations, sampling settings) writes one request per trial as batch "
      "JSON Lines in OpenAI's format, which vendors' batch interfaces and vLLM's batch runner read: files per model, "
      "none larger than the limits. The id of a request says the trial; meridian import reads it back.\n\n"
      "plan.csv says what is planned, items.csv is the item dictionary for import. With --missing only trials that the "
      "store lacks or has no valid answer to are written; refusals are not asked again. Designs whose prompts depend "
      "on earlier answers (kind steps) are written round by round: --round 2 --missing STORE asks the second step with "
      "the first and its answer before it.";
  command.example = "meridian prompts --items items.csv --template template.csv --design design.csv --out requests";
  command.options.add_options()("items", po::value<std::string>()->value_name("FILE"),
                                "what is asked: item, language, prompt, and what the template names (required)")(
      "template", po::value<std::string>()->value_name("FILE"), "part, language, persona, text (required)")(
      "design", po::value<std::string>()->value_name("FILE"), "key, value (required)")(
      "out", po::value<std::string>()->value_name("DIR"), "folder for the requests (required)")(
      "missing", po::value<std::string>()->value_name("STORE"),
      "write only what this trial store lacks; default: every trial")(
      "round", po::value<std::int64_t>()->value_name("N")->default_value(1), "step of a design of kind steps")(
      "requests", po::value<std::int64_t>()->value_name("N")->default_value(50000), "requests per file at most")(
      "megabytes", po::value<std::int64_t>()->value_name("N")->default_value(100), "size of a file at most");
  command.run = prompts;
  return command;
}

}  // namespace meridian::commands
