// meridian power: power and precision of a study of another size, by simulation.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/replicates.hpp"
#include "commands/run_folder.hpp"
#include "commands/run_study.hpp"
#include "commands/text_table.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "power/power_table.hpp"
#include "power/power_words.hpp"
#include "runtime/log.hpp"
#include "storage/run_lock.hpp"
#include "tables/csv.hpp"
#include "uncertainty/interval_table.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

/// Raised by hand when the same inputs and options give other numbers than before.
const char* const kNumericsVersion = "1";

std::vector<std::string> texts_of(const po::variables_map& values, const char* name) {
  return values.count(name) ? values[name].as<std::vector<std::string>>() : std::vector<std::string>{};
}

/// "100,200": one dimension of the grid; not given: the planned study's own number, as 0.
std::vector<double> grid_of(const po::variables_map& values, const char* name, double least) {
  if (!values.count(name)) return {0};
  std::vector<double> numbers;
  for (const std::string& word : names_in(values[name].as<std::string>())) {
    std::int64_t number = 0;
    if (!tables::parse_integer(word, number) || static_cast<double>(number) < least || number > 100'000'000)
      throw InputError(fmt::format("--{}", name), "'" + word + "'",
                       fmt::format("whole numbers from {:g}, separated by commas", least), "Correct it");
    numbers.push_back(static_cast<double>(number));
  }
  return numbers;
}

std::vector<power::Point> points_from(const po::variables_map& values) {
  std::vector<power::Point> points;
  for (const double people : grid_of(values, "people", 2))
    for (const double models : grid_of(values, "models", 2))
      for (const double iterations : grid_of(values, "iterations", 1))
        points.push_back({{static_cast<std::size_t>(people), static_cast<std::size_t>(models)}, iterations});
  return points;
}

power::PowerOptions options_from(const po::variables_map& values, const Context& context) {
  power::PowerOptions options;
  if (values.count("terms")) options.terms = names_in(values["terms"].as<std::string>());
  const std::string ddf = values["ddf"].as<std::string>();
  if (ddf != "satterthwaite" && ddf != "kenward-roger")
    throw InputError("--ddf", "'" + ddf + "'", "satterthwaite or kenward-roger", "Choose one of them");
  options.kenward_roger = ddf == "kenward-roger";
  options.seed = values["seed"].as<std::uint64_t>();
  options.threads = threads(values, context);
  return options;
}

/// From a run or a file, with what the options change of it.
power::PlannedStudy planned_from(const po::variables_map& values, bool& synthetic, int threads,
                                 const Context& context) {
  if (values.count("run") == values.count("model"))
    throw InputError("--run, --model", values.count("run") ? "both" : "neither", "one of them",
                     "Plan from an analysis of a run, or from a stated model.");
  power::PlannedStudy planned;
  if (values.count("model")) {
    if (values.count("analysis"))
      throw InputError("--analysis", "beside --model", "an analysis of a run", "Leave it out.");
    planned = power::stated_in(values["model"].as<std::string>(), {});
  } else {
    const analysis::Study study = study_of_run(values["run"].as<std::string>(), context);
    synthetic = study.synthetic;
    planned = power::planned_from(study, required(values, power_command(), "analysis", "NAME"), threads);
  }
  for (const std::string& text : texts_of(values, "effect")) power::set_effect(text, planned.truth);
  for (const std::string& text : texts_of(values, "sd")) power::set_deviation(text, planned.truth);
  if (values.count("noise-share")) planned.elicitation.noise_share = values["noise-share"].as<double>();
  if (values.count("study-iterations")) planned.elicitation.iterations = values["study-iterations"].as<double>();
  return planned;
}

fs::path folder_of(const po::variables_map& values) {
  if (values.count("out")) return values["out"].as<std::string>();
  if (values.count("model"))
    return fs::path("runs") / ("power-" + fs::path(values["model"].as<std::string>()).stem().string());
  return fs::path("runs") /
         ("power-" + fs::absolute(values["run"].as<std::string>()).lexically_normal().filename().string() + "-" +
          values["analysis"].as<std::string>());
}

double alpha_from(const po::variables_map& values) {
  const double alpha = values["alpha"].as<double>();
  if (!(alpha > 0 && alpha < 1))
    throw InputError("--alpha", fmt::format("{}", alpha), "a number above 0 and below 1", "Correct it");
  return alpha;
}

void print_table(const findings::Table& table) {
  fmt::print("{:<28} {:>8} {:>7} {:>10} {:>10} {:>7} {:>17} {:>10} {:>9}\n", "", "people", "models", "iterations",
             "truth", "power", "95 % limits", "width", "coverage");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto number = [&](const char* column) { return uncertainty::number_of(table, row, column); };
    const auto whole = [&](const char* column) {
      return std::get<std::int64_t>(table.rows[row][table.column(column)]);
    };
    fmt::print("{:<28} {:>8} {:>7} {:>10g} {:>10.5g} {:>7.3f} {:>8.3f} {:>8.3f} {:>10.5g} {:>9.3f}\n",
               std::get<std::string>(table.rows[row][table.column("term")]), whole("people"), whole("models"),
               number("iterations"), number("truth"), number("power"), number("power_low"), number("power_high"),
               number("width"), number("coverage"));
  }
  std::fflush(stdout);
}

storage::Fingerprint request_of(const std::vector<power::PlannedPoint>& points, double alpha, std::size_t replicates) {
  storage::Fingerprint request;
  for (const power::PlannedPoint& point : points)
    for (const auto& [name, value] : point.replicates.fingerprint)
      request.emplace_back(point.point.name() + ": " + name, value);
  request.emplace_back("alpha", fmt::format("{}", alpha));
  request.emplace_back("replicates", std::to_string(replicates));
  request.emplace_back("numerics version", kNumericsVersion);
  return request;
}

std::vector<power::PointResult> simulate(std::vector<power::PlannedPoint> points, const fs::path& out,
                                         const ReplicateRun& run, const Context& context) {
  std::vector<power::PointResult> results;
  for (power::PlannedPoint& point : points) {
    const std::string name = point.point.name();
    const auto store = compute_replicates(point.replicates, out / "resampling" / name, name, run, context);
    Eigen::MatrixXd values;
    if (context.world.is_root()) values = uncertainty::read_replicates(store, run.replicates);
    results.push_back({std::move(point), std::move(values)});
  }
  return results;
}

/// What the run found of the standard errors that are planned with.
std::vector<findings::Note> design_cautions(const fs::path& run, const std::string& analysis) {
  std::vector<findings::Note> cautions;
  for (const findings::Section& section : findings::read_document(run).sections)
    for (const findings::Note& note : section.notes)
      if (section.id == analysis + "-model" && note.about == "design of " + analysis)
        cautions.push_back({note.severity, note.about, note.text + " Power of such tests is not to be had.",
                            "Plan with a model that has these slopes. " + note.remedy});
  return cautions;
}

findings::Document document_of(const std::string& title, const std::vector<power::PointResult>& results, double alpha,
                               const po::variables_map& values) {
  findings::Section section = power::power_section(results, alpha);
  const findings::Table& table = section.tables.front();
  for (findings::Note& note : power::coverage_notes(table, alpha)) section.notes.push_back(std::move(note));
  if (values.count("run"))
    for (findings::Note& note : design_cautions(values["run"].as<std::string>(), values["analysis"].as<std::string>()))
      section.notes.push_back(std::move(note));
  findings::Document document;
  document.title = title;
  document.sections.push_back({"summary", "Summary", "tables/power", power::power_sentences(table), {}, {}});
  document.sections.push_back(std::move(section));
  return document;
}

void run_power(const po::variables_map& values, const Context& context) {
  const ReplicateRun run = replicate_run_from(values);
  const power::PowerOptions options = options_from(values, context);
  const double alpha = alpha_from(values);
  const std::vector<power::Point> grid = points_from(values);
  bool synthetic = false;
  const power::PlannedStudy planned = planned_from(values, synthetic, options.threads, context);
  std::vector<power::PlannedPoint> points;
  for (const power::Point& point : grid) points.push_back(power::planned_point(planned, point, options));
  const fs::path out = folder_of(values);
  const bool root = context.world.is_root();
  const auto lock = root ? std::make_unique<storage::RunLock>(out) : nullptr;
  if (root && run.fresh) discard_run(out);
  if (root) require_same_kind(out, "power");
  RunIdentity identity;
  identity.title = "Power: " + planned.title;
  identity.job = values.count("model") ? fs::path(values["model"].as<std::string>())
                                       : fs::path(values["run"].as<std::string>()) / "run.json";
  identity.data = identity.job.parent_path().empty() ? fs::path(".") : identity.job.parent_path();
  identity.survey = "power";
  identity.synthetic = synthetic;
  identity.request = request_of(points, alpha, run.replicates);
  const auto results = simulate(std::move(points), out, run, context);
  if (!root) return;
  findings::Document document = document_of(identity.title, results, alpha, values);
  document.synthetic = synthetic;
  print_table(document.sections.back().tables.front());
  for (const findings::Note& note : document.sections.back().notes) runtime::warning(note.text + " " + note.remedy);
  RunFolder(out, identity, options.threads, context).finish(document, {}, run.start);
}

void add_options(po::options_description& options) {
  options.add_options()("run", po::value<std::string>()->value_name("DIR"),
                        "a finished run, whose analysis is the model; default: none, --model states one")(
      "analysis", po::value<std::string>()->value_name("NAME"), "analysis of the run's job (required with --run)")(
      "model", po::value<std::string>()->value_name("FILE"),
      "a stated model (INI, see jobs/power.ini); default: none, the model is that of --run")(
      "people", po::value<std::string>()->value_name("N,..."), "numbers of people per nation; default: as it is")(
      "models", po::value<std::string>()->value_name("N,..."), "numbers of models per origin; default: as it is")(
      "iterations", po::value<std::string>()->value_name("N,..."),
      "numbers of iterations per question; default: as it is")(
      "effect", po::value<std::vector<std::string>>()->composing()->value_name("TERM=VALUE"),
      "another true value of a fixed effect (0: the size of its test); may be repeated")(
      "sd", po::value<std::vector<std::string>>()->composing()->value_name("GROUP.COLUMN=VALUE"),
      "another standard deviation of a random effect, or residual=VALUE; may be repeated")(
      "terms", po::value<std::string>()->value_name("A,B"),
      "fixed effects that are tested; default: all but the intercept")(
      "alpha", po::value<double>()->default_value(0.05, "0.05")->value_name("A"),
      "level of the tests; limits are 1 - A")(
      "ddf", po::value<std::string>()->default_value("satterthwaite")->value_name("NAME"),
      "degrees of freedom: satterthwaite or kenward-roger")(
      "noise-share", po::value<double>()->value_name("S"),
      "share of iteration noise in a model vector's squared length, needed by --iterations; default: from raw trials, "
      "where the run has them")("study-iterations", po::value<double>()->value_name("N"),
                                "iterations behind that share and the fit; default: 20, or as the model file says");
  add_replicate_options(options);
  options.add_options()("out", po::value<std::string>()->value_name("DIR"),
                        "folder of the results; default: runs/power-<run>-<analysis> or runs/power-<model file>");
  add_common_options(options);
}

}  // namespace

Command power_command() {
  Command command;
  command.name = "power";
  command.summary = "power and precision of a study of another size";
  command.description =
      "Simulates a study over a grid of numbers of people, models and iterations, fits its mixed model to every "
      "replicate and writes, for each fixed effect, how often its t test is significant, how wide its limits are and "
      "how often they hold the truth. The truth is an analysis of a finished run as it was fitted, or a model stated "
      "in a file; --effect and --sd change single values of it. Data are drawn as sufficient statistics: any number of "
      "people costs the same.\n\n"
      "An analysis without the slopes that design adequacy asks for promises too much power: plan with the maximal "
      "one.";
  command.example = "meridian power --run runs/mfq2 --analysis rq1 --models 5,10,20,40 --people 250,1000";
  command.uses_ranks = true;
  add_options(command.options);
  command.run = run_power;
  return command;
}

}  // namespace meridian::commands
