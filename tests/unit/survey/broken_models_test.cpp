// Broken files of models' answers.
#include <catch2/catch.hpp>

#include "error.hpp"
#include "small_survey.hpp"
#include "support/scratch_folder.hpp"
#include "survey/model_answers.hpp"

using namespace meridian;
using namespace meridian::survey;
using Catch::Contains;
using tests::message_of;
using tests::ScratchFolder;

namespace {

const std::string means = "LLM,language,persona,item,llm_response\n";
const std::string trials = "survey,LLM,language,persona,item,iteration,response\n";

std::string error_of(const std::string& bytes) {
  const ScratchFolder folder;
  const auto file = folder.write("models.csv", bytes);
  findings::Ledger ledger;
  return message_of<InputError>(
      [&] { read_model_answers(file, tests::small_instrument(), tests::small_registry(), ledger); });
}

}  // namespace

TEST_CASE("broken model files") {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"", "found an empty file"},
      {means, "found a header without rows"},
      {means + "panda-2,Chinese,none,1,3\n",
       "found 'panda-2', expected one of the 3 models of the registry. Did you mean 'panda-1'?"},
      {means + "gorilla,Chinese,none,1,3\n", "Add the model to the registry (data/models.csv"},
      {means + ",Chinese,none,1,3\n", "column 'LLM': found ''"},
      {means + "panda-1,Chinese,none,37,3\n", "column 'item': found '37'"},
      {means + "panda-1,,none,1,3\n", "column 'language': found ''"},
      {means + "panda-1,Chinese,,1,3\n", "persona: 'none' where there is none"},
      {means + "panda-1,Chinese,none,1,5.1\n",
       "column 'llm_response': found '5.1', expected a mean from 1 to 5 for item 1"},
      {means + "panda-1,Chinese,none,1,three\n", "found 'three'"},
      {means + "panda-1,Chinese,none,1,0.99\n", "found '0.99'"},
      {means + "panda-1,Chinese,none,1,3\npanda-1,Chinese,none,1,3\n",
       "models.csv:3: found the mean of panda-1, Chinese, persona none, item 1 a second time (first on line 2)"},
      {means + "panda-1,Chinese,none,1\n", "found 4 fields, expected 5"},
      {trials + "s,panda-1,Chinese,none,1,0,3\ns,panda-1,Chinese,none,2,0,3\ns,panda-1,Chinese,none,1,0,4\n",
       "models.csv:4: found iteration 0 of panda-1, Chinese, persona none, item 1 a second time (first on line 2)"},
      {trials + "s,panda-1,Chinese,none,1,first,3\n", "column 'iteration': found 'first'"},
      {trials + "s,panda-1,Chinese,none,1,0,\"an answer without end\n", "models.csv:2"},
      {"LLM,language,persona,item,answer\npanda-1,Chinese,none,1,3\n",
       "neither a column 'llm_response' nor a column 'iteration'"},
      {"LLM,language,persona,item,iteration\npanda-1,Chinese,none,1,3\n", "no column 'response'"},
      {"model,language,persona,item,llm_response\n", "no column 'LLM'"},
      {means + "panda-1,Chi\xFFnese,none,1,3\n", "models.csv:2"},
  };
  for (const auto& [bytes, found] : files) {
    const std::string message = error_of(bytes);
    CAPTURE(bytes);
    CHECK_THAT(message, Contains("models.csv"));
    CHECK_THAT(message, Contains(found));
    CHECK_THAT(message, Contains(", expected "));
  }
}
