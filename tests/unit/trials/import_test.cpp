// Every format from a sample written by hand after its documentation, field by field; faults; resuming; reviewing.
#include "trials/import.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "findings/ledger.hpp"
#include "support/scratch_folder.hpp"
#include "trials/corrections.hpp"
#include "trials/coverage.hpp"
#include "trials/option_table.hpp"
#include "trials/store.hpp"

using namespace meridian;
using namespace meridian::trials;
using tests::ScratchFolder;

namespace {

TrialContext context() {
  TrialContext made;
  made.instrument = {"toy", {{"1", "", "", 1, 5}, {"2", "", "", 1, 5}, {"Q7", "", "", 1, 4}}, 1, 5};
  return made;
}

ImportRequest request(const ScratchFolder& folder, const std::string& mapping, const std::string& bytes,
                      const std::string& name = "answers") {
  ImportRequest made;
  made.file = folder.write(name, bytes);
  made.store = folder.path() / "store";
  made.mapping = "data/mappings/" + mapping + ".csv";
  return made;
}

/// "model/language/persona/item/iteration: outcome value" of each stored trial.
std::vector<std::string> stored(const ScratchFolder& folder) {
  std::vector<std::string> lines;
  each_trial(folder.path() / "store", [&](const Trial& t) {
    lines.push_back(t.key.model + "/" + t.key.language + "/" + t.key.persona + "/" + t.key.item + "/" +
                    std::to_string(t.key.iteration) + ": " + std::string(name_of(t.answer.outcome)) + " " +
                    std::to_string(t.answer.value));
  });
  return lines;
}

using Lines = std::vector<std::string>;

std::string batch_line(const std::string& id, const std::string& content, const std::string& finish = "stop") {
  return "{\"id\": \"b\", \"custom_id\": \"" + id +
         "\", \"response\": {\"status_code\": 200, \"body\": {\"choices\": [{\"index\": 0, \"finish_reason\": \"" +
         finish + "\", \"message\": {\"role\": \"assistant\", \"content\": \"" + content +
         "\"}}]}}, \"error\": null}\n";
}

}  // namespace

TEST_CASE("ids are unique, readable and in the alphabet of the batch services") {
  const TrialKey key{"gpt-4.1", "Chinese", "none", "12", 7};
  CHECK(trial_id(key) == "gpt-4_2e1__Chinese__none__12__7");
  for (const TrialKey& each : {key, TrialKey{"a_b", "c__d", "e/f", "\xE4\xB8\xAD", 0}}) {
    TrialKey back;
    REQUIRE(read_trial_id(trial_id(each), back));
    CHECK(back == each);
  }
  TrialKey unread;
  for (const char* id : {"request-1", "a__b__c__d__", "a__b__c__d__x", "a__b__c____1", "a__b__c__d_zz__1"})
    CHECK_FALSE(read_trial_id(id, unread));
  CHECK_THROWS_AS(trial_id({std::string(60, 'm'), "Chinese", "none", "1", 1}), InputError);
}

TEST_CASE("batch output with errors, truncated lines and log-probabilities") {
  const ScratchFolder folder;
  const std::string logprobs =
      "{\"custom_id\": \"m__English__USA__2__3\", \"response\": {\"body\": {\"choices\": [{\"finish_reason\": "
      "\"stop\", \"message\": {\"content\": \"4\"}, \"logprobs\": {\"content\": [{\"token\": \"4\", "
      "\"top_logprobs\": [{\"token\": \"4\", \"logprob\": -0.6931471805599453}, {\"token\": \" 5\", \"logprob\": "
      "-1.3862943611198906}, {\"token\": \"I\", \"logprob\": -3}]}]}}]}}}\n";
  const auto summary = import_trials(
      request(folder, "batch",
              batch_line("m__English__none__1__1", "4: yes") + batch_line("m__English__none__1__2", "It is", "length") +
                  "{\"custom_id\": \"m__English__none__1__3\", \"response\": {\"status_code\": 500, \"body\": "
                  "{\"error\": {\"message\": \"overloaded\"}}}, \"error\": null}\n" +
                  "{\"custom_id\": \"m__English__none__2__1\", \"response\": null, \"error\": {\"code\": \"expired\", "
                  "\"message\": \"too late\"}}\n" +
                  batch_line("request-1", "4") + logprobs + "{\"custom_id\": \"m__English__no"),
      context());
  CHECK(stored(folder) == Lines{"m/English/none/1/1: answered 4", "m/English/none/1/2: truncated 0",
                                "m/English/none/1/3: failed 0", "m/English/none/2/1: failed 0",
                                "m/English/USA/2/3: answered 4"});
  CHECK(summary.unreadable == 2);
  REQUIRE(summary.first_problems.size() == 2);
  CHECK_THAT(summary.first_problems[0], Catch::Contains("answers:5: found id 'request-1'"));
  CHECK_THAT(summary.first_problems[1], Catch::Contains("answers:7:"));
  each_trial(folder.path() / "store", [](const Trial& trial) {
    CHECK(trial.options.options.empty() == (trial.key.persona != "USA"));
    if (trial.options.options.empty()) return;
    REQUIRE(trial.options.options.size() == 2);
    CHECK(trial.options.mass == Approx(0.75));
    CHECK(trial.options.options[0].value == 4);
    CHECK(trial.options.options[0].probability == Approx(2.0 / 3));
    CHECK(trial.line == 6);
  });
}

TEST_CASE("inspect log") {
  const ScratchFolder folder;
  import_trials(
      request(folder, "inspect",
              "{\"version\": 2, \"eval\": {\"model\": \"vendor/m\"}, \"samples\": ["
              "{\"id\": 1, \"epoch\": 2, \"metadata\": {\"item\": \"1\", \"language\": \"English\", \"persona\": "
              "\"USA\"}, \"output\": {\"choices\": [{\"message\": {\"content\": \"3\"}, \"stop_reason\": \"stop\"}]}},"
              "{\"id\": \"k__Chinese__none__2__1\", \"epoch\": 1, \"output\": {\"choices\": [{\"message\": "
              "{\"content\": \"Well, that\"}, \"stop_reason\": \"max_tokens\"}]}},"
              "{\"id\": \"k__Chinese__none__2__2\", \"epoch\": 2, \"error\": {\"message\": \"broke\"}}]}"),
      context());
  CHECK(stored(folder) == Lines{"vendor/m/English/USA/1/2: answered 3", "vendor/m/Chinese/none/2/1: truncated 0",
                                "vendor/m/Chinese/none/2/2: failed 0"});
}

TEST_CASE("samples of the evaluation harness, several responses to a document") {
  const ScratchFolder folder;
  ImportRequest made = request(folder, "lm-eval",
                               "{\"doc_id\": 0, \"doc\": {\"item\": \"1\", \"language\": \"English\"}, \"resps\": "
                               "[[\"4\", \"I cannot say\"]], \"filtered_resps\": [\"4\"]}\n"
                               "{\"doc_id\": 1, \"doc\": {\"item\": 2, \"language\": \"English\", \"persona\": "
                               "\"USA\"}, \"resps\": [[\" 5\\n\"]]}\n");
  made.constants = {{"model", "m"}};
  import_trials(made, context());
  CHECK(stored(folder) ==
        Lines{"m/English/none/1/1: answered 4", "m/English/none/1/2: refused 0", "m/English/USA/2/1: answered 5"});
}

TEST_CASE("tables: EDSL, QSTN, WorldValuesBench, the study's trials") {
  const ScratchFolder folder;
  import_trials(request(folder, "edsl",
                        "agent.agent_name,iteration.iteration,model.model,answer.1,answer.2,scenario.language\n"
                        "USA,0,m,4,No opinion,English\n",
                        "edsl.csv"),
                context());
  ImportRequest qstn = request(
      folder, "qstn", "questionnaire_name,questionnaire_item_id,question,llm_response\nChina,1,x,2\n", "qstn.csv");
  qstn.constants = {{"model", "q"}};
  import_trials(qstn, context());
  ImportRequest bench = request(folder, "world-values-bench",
                                "QUESTION_ID\tPARTICIPANT_ID\tSCORE\nQ7\t156070594\t4\nQ7\t5\t27\n", "w.tsv");
  bench.constants = {{"model", "w"}};
  import_trials(bench, context());
  import_trials(
      request(folder, "trials", "LLM,language,persona,item,iteration,response\nt,English,none,2,9,5\n", "t.csv"),
      context());
  CHECK(stored(folder) == Lines{"m/English/USA/1/0: answered 4", "m/English/USA/2/0: no answer 0",
                                "q/English/China/1/1: answered 2", "w/English/156070594/Q7/1: answered 4",
                                "w/English/5/Q7/1: off scale 0", "t/English/none/2/9: answered 5"});
}

TEST_CASE("distributions by country become shares") {
  const ScratchFolder folder;
  ImportRequest made = request(folder, "global-opinions",
                               "question,selections,options,source\nQ7,\"defaultdict(<class 'list'>, {'Angola': [0.1, "
                               "0.2, 0.3, 0.4], 'Benin': [1, 0, 1]})\",x,WVS\n");
  made.constants = {{"model", "people"}};
  const auto summary = import_trials(made, context());
  CHECK(stored(folder) == Lines{"people/English/Angola/Q7/1: shares 0"});
  CHECK(summary.unreadable == 1);  // three shares for four options
  each_trial(folder.path() / "store", [](const Trial& trial) {
    REQUIRE(trial.options.options.size() == 4);
    CHECK(trial.options.options[3].probability == Approx(0.4));
  });
  const findings::Table table = option_table(folder.path() / "store");
  REQUIRE(table.rows.size() == 4);
  CHECK(table.rows[1][4] == findings::Cell{std::int64_t{2}});
  CHECK(std::get<double>(table.rows[1][5]) == Approx(0.2));
  CHECK(table.rows[1][6] == findings::Cell{std::int64_t{1}});
}

TEST_CASE("the first answer stands, a later answer fills a gap, the same file does nothing") {
  const ScratchFolder folder;
  const std::string first = batch_line("m__English__none__1__1", "4") + batch_line("m__English__none__1__2", "") +
                            batch_line("m__English__none__1__1", "5");
  const auto once = import_trials(request(folder, "batch", first), context());
  CHECK(once.repeated == 1);
  CHECK(import_trials(request(folder, "batch", first), context()).done_before);
  import_trials(
      request(folder, "batch", batch_line("m__English__none__1__2", "2") + batch_line("m__English__none__1__1", "1"),
              "second"),
      context());
  const TrialCells cells = read_cells(folder.path() / "store");
  CHECK(cells.state({"m", "English", "none", "1", 1}).value == 4);
  CHECK(cells.state({"m", "English", "none", "1", 2}).value == 2);
  CHECK(import_folders(folder.path() / "store").size() == 2);
  findings::Ledger ledger;
  const auto answers =
      read_store_answers(folder.path() / "store", context().instrument, {{"m", "M", "USA", ""}}, ledger);
  REQUIRE(answers.cells.size() == 1);
  CHECK(answers.cells[0].mean == 3);
  CHECK(answers.cells[0].variance == 2);
  CHECK(answers.cells[0].trials == std::vector<std::int16_t>{4, 2});
}

TEST_CASE("strict ends at the first unreadable line and leaves nothing") {
  const ScratchFolder folder;
  ImportRequest made = request(folder, "batch", batch_line("m__English__none__1__1", "4") + "{broken\n");
  made.strict = true;
  CHECK_THROWS_AS(import_trials(made, context()), InputError);
  CHECK(import_folders(made.store).empty());
}

TEST_CASE("a file of other columns leaves nothing that stands in the way of the right one") {
  const ScratchFolder folder;
  const ImportRequest wrong = request(folder, "trials", "a,b\n1,2\n", "wrong");
  CHECK_THROWS_AS(import_trials(wrong, context()), InputError);
  CHECK(import_folders(folder.path() / "store").empty());
  const ImportRequest right = request(folder, "batch", batch_line("m__Chinese__none__1__1", "4"), "right");
  CHECK(import_trials(right, context()).folder == folder.path() / "store/import-0001");
}

TEST_CASE("a file of which no line gives a trial is refused and leaves nothing") {
  const ScratchFolder folder;
  const auto store = folder.path() / "store";
  CHECK_THROWS_WITH(import_trials(request(folder, "batch", "", "empty"), context()), Catch::Contains("no trial"));
  CHECK_THROWS_WITH(import_trials(request(folder, "batch", "one\ntwo\n", "junk"), context()),
                    Catch::Contains("2 unreadable lines") && Catch::Contains("junk:1"));
  CHECK_THROWS_AS(import_trials(request(folder, "batch", batch_line("m__English__none__99__1", "4")), context()),
                  InputError);
  CHECK(import_folders(store).empty());
}

TEST_CASE("an interrupted import goes on and gives the same bytes") {
  const ScratchFolder folder;
  std::string bytes;
  for (int i = 1; i <= 150000; ++i)
    bytes += i % 1000 == 0
                 ? "{broken\n"
                 : batch_line("m__English__none__1__" + std::to_string(i % 100000), std::to_string(1 + i % 5));
  const ImportRequest made = request(folder, "batch", bytes);
  const auto whole = import_trials(made, context());
  CHECK(whole.unreadable == 150);
  const auto before = stored(folder);
  const std::string last = tests::bytes_of(whole.folder / "trials-000002.h5");
  std::filesystem::remove(whole.folder / "trials-000001.h5");
  CHECK_THROWS_AS(stored(folder), InputError);
  const auto again = import_trials(made, context());
  CHECK_FALSE(again.done_before);
  CHECK(again.trials == whole.trials);
  CHECK(again.unreadable == 150);
  CHECK(stored(folder) == before);
  CHECK(tests::bytes_of(whole.folder / "trials-000002.h5") == last);
}

TEST_CASE("doubtful trials go to a person and come back") {
  const ScratchFolder folder;
  import_trials(
      request(folder, "batch",
              batch_line("m__English__none__1__1", "4") + batch_line("m__English__none__1__2", "Hard to say") +
                  batch_line("m__English__none__1__3", "Perhaps")),
      context());
  const auto store = folder.path() / "store", file = folder.path() / "review.csv";
  CHECK(write_review(store, file) == 2);
  std::string text = tests::bytes_of(file);
  const std::size_t empty = text.find("certain,\n");
  REQUIRE(empty != std::string::npos);
  text.insert(empty + 8, "3");
  folder.write("review.csv", text);
  CHECK(take_review(store, file) == 1);
  CHECK(stored(folder)[1] == "m/English/none/1/2: answered 3");
  CHECK(write_review(store, file) == 1);
  folder.write("review.csv",
               "model,language,persona,item,iteration,text_sha256,correction\nm,English,none,1,3,x,four\n");
  CHECK_THROWS_AS(take_review(store, file), InputError);
}

TEST_CASE("coverage tells planned, answered, refused, invalid and missing") {
  const ScratchFolder folder;
  import_trials(
      request(folder, "batch",
              batch_line("m__English__none__1__1", "4") + batch_line("m__English__none__1__2", "I cannot say") +
                  batch_line("m__English__none__1__3", "9") + batch_line("m__English__none__2__1", "It", "length") +
                  "{\"custom_id\": \"m__English__none__2__2\", \"error\": {\"message\": \"x\"}}\n"),
      context());
  const TrialCells cells = read_cells(folder.path() / "store");
  const auto plan = read_plan(folder.write(
      "plan.csv",
      "model,language,persona,item,iterations\nm,English,none,1,5\nm,English,none,2,2\nm,English,none,Q7,1\n"));
  const findings::Table table = coverage_table(cells, plan);
  REQUIRE(table.rows.size() == 3);
  const auto numbers = [&](std::size_t row) {
    std::vector<std::int64_t> found;
    for (std::size_t c = 4; c < table.columns.size(); ++c) found.push_back(std::get<std::int64_t>(table.rows[row][c]));
    return found;
  };
  CHECK(numbers(0) == std::vector<std::int64_t>{5, 1, 1, 1, 0, 0, 2});
  CHECK(numbers(1) == std::vector<std::int64_t>{2, 0, 0, 1, 0, 1, 1});
  CHECK(numbers(2) == std::vector<std::int64_t>{1, 0, 0, 0, 0, 0, 1});
  CHECK(coverage_by_condition(cells, plan).rows.size() == 1);
  CHECK(coverage_by_condition(cells, {}).rows[0][3] == findings::Cell{});
}
