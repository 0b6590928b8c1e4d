#include "survey/model_answers.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "small_survey.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::survey;
using tests::ledger_line;
using tests::ScratchFolder;
using tests::small_instrument;
using tests::small_registry;

namespace {

ModelAnswers read(const std::string& text, findings::Ledger& ledger) {
  const ScratchFolder folder;
  return read_model_answers(folder.write("models.csv", text), small_instrument(), small_registry(), ledger);
}

const std::string trials = "survey,LLM,language,persona,item,iteration,response\n";

}  // namespace

TEST_CASE("means: quoted line breaks, order of first naming, models in registry order") {
  findings::Ledger ledger;
  const ModelAnswers answers = read(
      "\xEF\xBB\xBFLLM,language,persona,item,iteration,response,llm_response\r\n"
      "eagle-2,English,USA,2,0,\"4\n\nbecause\",4.5\r\n"
      "eagle-2,English,none,2,0,\"I have to select a number from 1-\",1.25\r\n"
      "panda-1,Chinese,none,3,0,3,NA\r\n",
      ledger);
  CHECK(answers.file == "models.csv");
  REQUIRE(answers.models.size() == 2);
  CHECK(answers.models[0].name == "panda-1");
  CHECK(answers.languages == std::vector<std::string>{"English", "Chinese"});
  CHECK(answers.personas == std::vector<std::string>{"USA", "none"});
  REQUIRE(answers.cells.size() == 3);
  CHECK(answers.cells[0].model == 1);
  CHECK(answers.cells[0].persona == 0);
  CHECK(answers.cells[0].item == 1);
  CHECK(answers.cells[0].mean == 4.5);
  CHECK(answers.cells[0].valid == -1);
  CHECK(std::isnan(answers.cells[0].variance));
  CHECK(answers.cells[2].model == 0);
  CHECK(std::isnan(answers.cells[2].mean));
  CHECK(answers.texts == 3);
  CHECK(answers.unscored_texts == std::vector<std::string>{"line 5"});
  CHECK(ledger_line(ledger, "cells", "no mean over valid trials").count == 1);
}

TEST_CASE("trials: mean, variance and counts over valid iterations; the rest by reason in the ledger") {
  findings::Ledger ledger;
  const ModelAnswers answers = read(trials +
                                        "small,panda-1,Chinese,none,1,0,2\n"
                                        "small,panda-1,Chinese,none,1,1,４：理由\n"
                                        "small,panda-1,Chinese,none,1,2,\"抱歉，我无法回答\"\n"
                                        "small,panda-1,Chinese,none,1,3,\"My answer:\n\n3\"\n"
                                        "small,panda-1,Chinese,none,1,4,7\n"
                                        "small,panda-1,Chinese,none,2,0,NA\n"
                                        "small,panda-1,Chinese,none,3,0,5\n",
                                    ledger);
  REQUIRE(answers.cells.size() == 3);
  const Cell& cell = answers.cells[0];
  CHECK(cell.mean == 3);
  CHECK(cell.variance == 1);
  CHECK(cell.valid == 3);
  CHECK(cell.refused == 2);
  CHECK(std::isnan(answers.cells[1].mean));
  CHECK(answers.cells[1].valid == 0);
  CHECK(answers.cells[2].mean == 5);
  CHECK(std::isnan(answers.cells[2].variance));
  CHECK(ledger_line(ledger, "trials", "refused in prose").count == 1);
  CHECK(ledger_line(ledger, "trials", "refused in prose").examples == std::vector<std::string>{"line 4"});
  CHECK(ledger_line(ledger, "trials", "no answer in the text").count == 1);
  CHECK(ledger_line(ledger, "trials", "number off the scale").count == 1);
  CHECK(ledger_line(ledger, "trials", "number off the scale").of == 7);
  CHECK(ledger_line(ledger, "cells", "no valid trial").examples ==
        std::vector<std::string>{"panda-1, Chinese, persona none, item 2"});
}

TEST_CASE("the order of a cell's trials does not move its mean or variance") {
  findings::Ledger ledger;
  std::string forward = trials, backward = trials;
  for (int i = 0; i < 50; ++i) {
    const auto row = [](int k) {
      return "s,panda-1,Chinese,none,1," + std::to_string(k) + "," + std::to_string(k % 5 + 1) + "\n";
    };
    forward += row(i);
    backward += row(49 - i);
  }
  const Cell a = read(forward, ledger).cells[0], b = read(backward, ledger).cells[0];
  CHECK(a.mean == b.mean);
  CHECK(a.variance == b.variance);
  CHECK(a.variance == Approx(100.0 / 49).epsilon(1e-15));  // ten of each 1..5: sum of squares about 3 is 10 x 10
}
