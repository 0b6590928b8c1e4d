// meridian fit: one formula of lme4's language on any table, or on an analysis of a finished run.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "analysis/long_fit.hpp"
#include "analysis/run_fit.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/fit_folder.hpp"
#include "commands/run_study.hpp"
#include "commands/table_source.hpp"
#include "commands/text_table.hpp"
#include "error.hpp"
#include "models/formula.hpp"
#include "runtime/signals.hpp"
#include "storage/run_lock.hpp"
#include "storage/units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

analysis::FitQuestions questions_from(const po::variables_map& options) {
  analysis::FitQuestions questions;
  questions.intervals = analysis::parse_intervals(options["intervals"].as<std::string>(), "--intervals");
  questions.random_tests = options.count("test-random") > 0;
  if (options.count("means"))
    for (const std::string& text : options["means"].as<std::vector<std::string>>())
      questions.means.push_back(analysis::parse_means(text));
  if (options.count("cell-contrast"))
    for (const std::string& text : options["cell-contrast"].as<std::vector<std::string>>())
      questions.cell_contrasts.push_back(analysis::parse_cell_contrast(text));
  if (!questions.cell_contrasts.empty() && questions.means.size() != 1)
    throw InputError("--cell-contrast", fmt::format("{} of --means", questions.means.size()), "exactly one",
                     "Its weights are over the cells of --means");
  questions.level = options["level"].as<double>();
  if (!(questions.level > 0 && questions.level < 1))
    throw InputError("--level", fmt::format("{}", questions.level), "a number between 0 and 1",
                     "0.95 for intervals of 95 %");
  const bool used = questions.intervals != analysis::IntervalKind::none || !questions.means.empty();
  if (!options["level"].defaulted() && !used && !options.count("run"))
    throw InputError("--level", "neither --intervals nor --means", "one of them", "Leave --level out");
  return questions;
}

analysis::LongFitRequest request_from(const po::variables_map& options) {
  analysis::LongFitRequest request;
  request.formula = required(options, fit_command(), "formula", "FORMULA");
  request.maximum_likelihood = options.count("ml") > 0;
  const std::string ddf = options["ddf"].as<std::string>();
  if (ddf != "satterthwaite" && ddf != "kenward-roger")
    throw InputError("--ddf", "'" + ddf + "'", "satterthwaite or kenward-roger", "Choose one of them");
  request.likelihood_ratio = options.count("lrt") > 0;
  request.kenward_roger = ddf == "kenward-roger";
  if (options.count("weights")) request.weights = options["weights"].as<std::string>();
  if (options.count("family")) request.family = options["family"].as<std::string>();
  if (options.count("trials")) request.trials = options["trials"].as<std::string>();
  request.quadrature = options["quadrature"].as<int>();
  if (request.quadrature < 1 || request.quadrature > 100)
    throw InputError("--quadrature", std::to_string(request.quadrature), "a number from 1 (Laplace) to 100",
                     "25 nodes are exact for all practical purposes");
  request.questions = questions_from(options);
  if (options.count("contrast")) request.contrasts = options["contrast"].as<std::vector<std::string>>();
  return request;
}

/// What the formula stage says of a column holds for the file it came from.
analysis::LongFit fit_frame(const fs::path& file, const models::Frame& frame, const analysis::LongFitRequest& request) {
  try {
    return analysis::fit_long_table(frame, request);
  } catch (const InputError& error) {
    throw InputError(file.string() + ": " + error.what());
  }
}

/// Columns that the formula takes as they look, so neither groups nor those named as factors.
std::vector<std::string> predictors_of(const models::Formula& formula, const std::vector<std::string>& factors) {
  std::vector<std::string> columns;
  const auto add = [&](const models::TermSet& terms) {
    for (const models::Expression& variable : terms.variables)
      for (const std::string& column : models::columns_in(variable))
        if (std::find(factors.begin(), factors.end(), column) == factors.end()) columns.push_back(column);
  };
  add(formula.fixed);
  for (const models::RandomPart& part : formula.random) add(part.columns);
  return columns;
}

/// The table of a file, with what was read of it.
analysis::LongFit fit_file(const po::variables_map& options, const analysis::LongFitRequest& request) {
  const fs::path file = required(options, fit_command(), "table", "FILE");
  const models::Formula formula = models::parse_formula(request.formula);
  const std::optional<models::Expression>& response = formula.response;
  const auto factors = options.count("factor") ? names_in(options["factor"].as<std::string>()) : names_in("");
  const models::Frame frame = read_frame(file, factors);
  if (response && response->kind == models::Expression::Kind::name) check_numbers(file, frame, response->text);
  warn_of_words(frame, predictors_of(formula, factors));
  analysis::LongFit result = fit_frame(file, frame, request);
  result.summary = models::describe_variables(frame) + result.summary;
  return result;
}

/// An analysis of a run has its columns, codes and rows; what would change them has no place.
analysis::LongFit fit_analysis_of_run(const po::variables_map& options, const Context& context) {
  for (const char* name : {"table", "weights", "family", "trials", "factor", "contrast"})
    if (options.count(name))
      throw InputError(std::string("--") + name, "beside --run", "one of the two",
                       "Leave it out: the columns of a run are those of its analysis");
  if (options.count("lrt") || !options["ddf"].defaulted() || !options["quadrature"].defaulted())
    throw InputError("--lrt, --ddf or --quadrature", "beside --run", "one of the two",
                     "Leave it out: fits of a run have Satterthwaite's degrees of freedom");
  const fs::path run = options["run"].as<std::string>();
  const analysis::RunFitRequest request{required(options, fit_command(), "analysis", "NAME with --run"),
                                        required(options, fit_command(), "formula", "FORMULA"), options.count("ml") > 0,
                                        questions_from(options)};
  const analysis::Study study = study_of_run(run, context);
  return analysis::fit_run(study, storage::UnitStore::open(run / "similarity"), request);
}

fs::path folder_of(const po::variables_map& options) {
  if (options.count("out")) return options["out"].as<std::string>();
  if (options.count("table"))
    return fs::path("runs") / ("fit-" + fs::path(options["table"].as<std::string>()).stem().string());
  const fs::path run = fs::path(options["run"].as<std::string>()).lexically_normal();
  const std::string name = (run.has_filename() ? run : run.parent_path()).filename().string();
  return fs::path("runs") / ("fit-" + name + "-" + required(options, fit_command(), "analysis", "NAME with --run"));
}

/// The whole work; nothing is written meanwhile.
analysis::LongFit result_of(const po::variables_map& options, const Context& context) {
  const runtime::StopAtOnce stop;
  if (options.count("run")) return fit_analysis_of_run(options, context);
  if (options.count("analysis"))
    throw InputError("--analysis", "no --run", "the run that has the analysis", "Name it with --run DIR");
  return fit_file(options, request_from(options));
}

void write_source(const po::variables_map& options, const fs::path& folder) {
  if (options.count("run"))
    return write_run_source(folder, {options["run"].as<std::string>(), options["analysis"].as<std::string>(),
                                     options["formula"].as<std::string>(), options.count("ml") > 0});
  const std::string factors = options.count("factor") ? options["factor"].as<std::string>() : "";
  write_table_source(folder, {options["table"].as<std::string>(), factors, request_from(options)});
}

void fit(const po::variables_map& options, const Context& context) {
  analysis::LongFit result = result_of(options, context);
  const std::string summary = std::move(result.summary);
  const fs::path folder = folder_of(options);
  const storage::RunLock lock(folder);
  write_fit(std::move(result), required(options, fit_command(), "formula", "FORMULA"), folder);
  write_source(options, folder);
  fmt::print("{0}\nwritten to {1}; for a page and tables for a paper: meridian report --run {1}\n", summary,
             folder.string());
  std::fflush(stdout);
}

}  // namespace

Command fit_command() {
  Command command;
  command.name = "fit";
  command.summary = "fit a mixed model, or least squares, to any table or to an analysis of a run";
  command.description =
      "Reads a CSV or TSV file, fits the formula and writes coefficients, variance components, correlations of the "
      "fixed effects, predicted random effects, fit statistics and type III tests as CSV and JSON, and fit.json; "
      "meridian "
      "report makes a page of the folder. "
      "Without random terms the fit is least squares. With --family it is a generalized linear (mixed) model: z tests, "
      "and likelihood-ratio tests in place of type III.\n\n"
      "The formula language is that of lme4: + : * ^ - / and parentheses, (columns | group), (columns || group), "
      "groups g, g:h and g/h, factor(x), offset(x), and arithmetic in I(), log(), exp(), sqrt() and scale(). A column "
      "whose values all look like numbers is numeric, every other one a factor with its levels in code-point order; "
      "the types are printed. Empty fields and NA are missing; rows with a missing value in a used column are dropped "
      "and counted. Grouping variables are factors always.\n\n"
      "With --run the rows are those of an analysis of a finished run, columns cosine, participant, llm, nation, "
      "origin, language, persona and removed, the two-level ones as the study's centred codes. The fit comes from the "
      "sufficient statistics that the run keeps: any number of people takes the same time. The answers must still be "
      "those that the run was made from. participant can only be a group, and cosine is not transformed.";
  command.example = "meridian fit --table sleepstudy.csv --formula 'Reaction ~ Days + (Days | Subject)'";
  command.options.add_options()("table", po::value<std::string>()->value_name("FILE"),
                                "the table, one row per observation; default: the rows of --run")(
      "run", po::value<std::string>()->value_name("DIR"),
      "a finished run of meridian replicate; default: none, --table is fitted")(
      "analysis", po::value<std::string>()->value_name("NAME"),
      "the analysis of the run, a section of its job file; default: none, --run needs one")(
      "formula", po::value<std::string>()->value_name("FORMULA"), "what is fitted, as lme4 writes it (required)")(
      "ml", "maximum likelihood instead of REML")(
      "lrt",
      "also likelihood-ratio tests of single fixed terms of a mixed model, from maximum-likelihood fits: "
      "likelihood_ratio.csv")(
      "ddf", po::value<std::string>()->default_value("satterthwaite")->value_name("NAME"),
      "degrees of freedom of mixed models: satterthwaite, or kenward-roger with its adjusted standard errors (REML "
      "only)")("weights", po::value<std::string>()->value_name("COLUMN"),
               "column of prior weights: the residual variance of a row is sigma^2 / weight; with a family, its log "
               "likelihood is counted so often; default: all 1")(
      "family", po::value<std::string>()->value_name("NAME"),
      "binomial (logit link) or poisson (log link): a generalized model, as glmer or glm; default: a normal response")(
      "trials", po::value<std::string>()->value_name("COLUMN"),
      "binomial: column of the numbers of trials, of which the response counts the successes; default: the response is "
      "0 or 1")(
      "quadrature", po::value<int>()->default_value(1)->value_name("N"),
      "with a family and one scalar random term: nodes of adaptive Gauss-Hermite quadrature (glmer's nAGQ); 1 "
      "is Laplace's approximation")("factor", po::value<std::string>()->value_name("A,B"),
                                    "columns that are factors although they look like numbers; default: none")(
      "contrast", po::value<std::vector<std::string>>()->composing()->value_name("NAME=KIND"),
      "coding of a factor: treatment:LEVEL (reference), sum, or centred (two levels, -0.5 and +0.5 less their mean); "
      "default treatment against the first level; may be repeated")(
      "intervals", po::value<std::string>()->default_value("none")->value_name("KIND"),
      "also intervals.csv: wald (fixed effects, from standard errors) or profile (all parameters of a linear mixed "
      "model or of one with a family, from the likelihood); none")(
      "level", po::value<double>()->default_value(0.95, "0.95")->value_name("P"),
      "confidence of --intervals and --means")(
      "test-random",
      "also random_tests.csv: likelihood-ratio tests of the random terms, each made smaller by one part")(
      "means", po::value<std::vector<std::string>>()->composing()->value_name("A,B|C"),
      "also cell_means.csv and contrasts.csv: estimated means at the levels of these variables, those before "
      "| compared in pairs within the levels of those after it; may be repeated")(
      "cell-contrast", po::value<std::vector<std::string>>()->composing()->value_name("NAME=W,W,..."),
      "with one --means: a contrast of its cells, weights in the order of cell_means.csv; may be repeated")(
      "out", po::value<std::string>()->value_name("DIR"),
      "folder of the results; default: runs/fit-<name of the table or of run and analysis>");
  command.run = fit;
  return command;
}

}  // namespace meridian::commands
