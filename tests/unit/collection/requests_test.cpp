// Requests of every kind of design, as a service would read them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "collection/request_files.hpp"
#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::collection;
using nlohmann::json;
using tests::ScratchFolder;
using trials::TrialKey;

namespace {

struct Texts {
  std::string design = "key,value\nmodel,m\nlanguage,English\n";
  std::string items = "item,language,prompt\n1,English,Honesty\n2,English,Courage\n3,English,Order\n";
  std::string templates = "part,language,persona,text\nuser,*,*,{prompt}?\n";
};

RequestMaker maker(const ScratchFolder& folder, const Texts& texts) {
  Design design = read_design(folder.write("design.csv", texts.design));
  auto items = read_prompt_items(folder.write("items.csv", texts.items), design.kind == Kind::steps, design.lowest,
                                 design.highest);
  return {std::move(design), std::move(items), Templates(folder.write("template.csv", texts.templates))};
}

std::vector<TrialKey> keys(const RequestMaker& made, int round = 1) {
  std::vector<TrialKey> all;
  made.each_trial(round, [&](const TrialKey& key) { all.push_back(key); });
  return all;
}

bool refused(const Texts& texts) {
  const ScratchFolder folder;
  try {
    const RequestMaker made = maker(folder, texts);
    for (const TrialKey& key : keys(made)) made.line(key, {});
  } catch (const InputError&) {
    return true;
  }
  return false;
}

}  // namespace

TEST_CASE("one request per trial with the words of its language and persona") {
  const ScratchFolder folder;
  Texts texts;
  texts.design +=
      "language,Chinese\npersona,none\npersona,USA\niterations,2\nserved.m,vendor/m-1\ntemperature,0.5\n"
      "logprobs,5\nseed,100\nbody.stop,\"[\"\"\\n\"\"]\"\nhighest,7\n";
  texts.items = "item,language,prompt,topic\n1,English,Honesty,virtue\n1,Chinese,\xE8\xAF\x9A\xE5\xAE\x9E,de\n";
  texts.templates =
      "part,language,persona,text\nsystem,*,*,Be brief.\npersona,*,USA,You are from the {persona}.\n"
      "user,*,*,{topic}: {prompt} {{{lowest}-{highest}}}\nuser,Chinese,*,{prompt}\n";
  const RequestMaker made = maker(folder, texts);
  REQUIRE(keys(made).size() == 8);
  const std::string line = made.line({"m", "English", "USA", "1", 2}, {});
  REQUIRE(line.back() == '\n');
  const json request = json::parse(line);
  CHECK(request["custom_id"] == "m__English__USA__1__2");
  CHECK(request["method"] == "POST");
  CHECK(request["url"] == "/v1/chat/completions");
  const json& body = request["body"];
  CHECK(body["model"] == "vendor/m-1");
  CHECK(body["temperature"] == 0.5);
  CHECK(body["logprobs"] == true);
  CHECK(body["top_logprobs"] == 5);
  CHECK(body["seed"] == 102);
  CHECK(body["stop"] == json::array({"\n"}));
  REQUIRE(body["messages"].size() == 2);
  CHECK(body["messages"][0]["content"] == "Be brief.\n\nYou are from the USA.");
  CHECK(body["messages"][1]["content"] == "virtue: Honesty {1-7}");
  const json chinese = json::parse(made.line({"m", "Chinese", "none", "1", 1}, {}));
  CHECK(chinese["body"]["messages"][0]["content"] == "Be brief.");
  CHECK(chinese["body"]["messages"][1]["content"] == "\xE8\xAF\x9A\xE5\xAE\x9E");
}

TEST_CASE("a list asks for all items at once, pairs for every ordered pair") {
  const ScratchFolder folder;
  Texts texts;
  texts.design += "kind,list\n";
  texts.templates = "part,language,persona,text\nuser,*,*,\"Rank these {count}:\n{list}\"\n";
  const RequestMaker list = maker(folder, texts);
  REQUIRE(keys(list).size() == 1);
  CHECK(json::parse(list.line(keys(list)[0], {}))["body"]["messages"][0]["content"] ==
        "Rank these 3:\n1. Honesty\n2. Courage\n3. Order");
  texts.design = "key,value\nmodel,m\nlanguage,English\nkind,pairs\n";
  texts.templates = "part,language,persona,text\nuser,*,*,{first} or {second}\n";
  const RequestMaker pairs = maker(folder, texts);
  REQUIRE(pairs.items().size() == 6);
  CHECK(pairs.items()[0].id == "1~2");
  CHECK(pairs.items()[0].highest == 2);
  CHECK(json::parse(pairs.line({"m", "English", "none", "3~1", 1}, {}))["body"]["messages"][0]["content"] ==
        "Order or Honesty");
}

TEST_CASE("a step is asked with the earlier ones, in the wording that fits the answer before") {
  const ScratchFolder folder;
  Texts texts;
  texts.design += "kind,steps\nhighest,2\niterations,2\n";
  texts.items =
      "item,language,prompt,sequence,step,if_answer\nd1s1,English,Stay or go,d1,1,\nd1s2,English,You stayed,d1,2,1\n"
      "d1s2,English,You went,d1,2,2\nd2s1,English,Tell or hide,d2,1,\n";
  const RequestMaker made = maker(folder, texts);
  CHECK(made.rounds() == 2);
  CHECK(keys(made, 1).size() == 4);
  REQUIRE(keys(made, 2).size() == 2);
  const TrialKey second{"m", "English", "none", "d1s2", 1};
  CHECK(made.line(second, {}).empty());  // waits
  EarlierAnswers earlier;
  earlier[{"m", "English", "none", "d1s1", 1}] = {"3", 3, true};
  CHECK_THROWS_AS(made.line(second, earlier), InputError);
  earlier[{"m", "English", "none", "d1s1", 1}] = {"2: I go", 2, true};
  const json messages = json::parse(made.line(second, earlier))["body"]["messages"];
  REQUIRE(messages.size() == 3);
  CHECK(messages[0]["content"] == "Stay or go?");
  CHECK(messages[1]["role"] == "assistant");
  CHECK(messages[1]["content"] == "2: I go");
  CHECK(messages[2]["content"] == "You went?");
}

TEST_CASE("files per model, split by count and size, with the plan; never over old requests") {
  const ScratchFolder folder;
  Texts texts;
  texts.design += "model,k/2\niterations,3\n";
  const RequestMaker made = maker(folder, texts);
  const auto out = folder.path() / "out";
  const auto all = [](const TrialKey&) { return true; };
  const Written written = write_requests(made, 1, all, {}, {4, 1000000}, out);
  CHECK(written.requests == 18);
  REQUIRE(written.files.size() == 6);
  CHECK(written.files[0].filename() == "requests-m-0001.jsonl");
  CHECK(written.files[5].filename() == "requests-k_2-0003.jsonl");
  CHECK(tests::bytes_of(out / "plan.csv").find("k/2,English,none,3,3\n") != std::string::npos);
  CHECK(tests::bytes_of(out / "items.csv") == "item,dimension,gloss,lowest,highest\n1,,,1,5\n2,,,1,5\n3,,,1,5\n");
  CHECK_THROWS_AS(write_requests(made, 1, all, {}, {4, 1000000}, out), InputError);
  const auto one = write_requests(
      made, 1, [](const TrialKey& key) { return key.iteration == 2; }, {}, {100, 400}, folder.path() / "two");
  CHECK(one.requests == 6);
  CHECK(one.present == 12);
  for (const auto& file : one.files) CHECK(std::filesystem::file_size(file) <= 400);
}

TEST_CASE("an error in the last request leaves no file of the others") {
  const ScratchFolder folder;
  Texts texts;
  texts.design += "language,Chinese\n";  // no item in Chinese
  const auto out = folder.path() / "out";
  CHECK_THROWS_AS(write_requests(
                      maker(folder, texts), 1, [](const TrialKey&) { return true; }, {}, {4, 1000000}, out),
                  InputError);
  CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("designs, items and templates that cannot be meant are refused") {
  CHECK_FALSE(refused({}));
  const auto design = [](const std::string& lines) {
    Texts texts;
    texts.design = "key,value\n" + lines;
    return refused(texts);
  };
  CHECK(design("language,English\n"));
  CHECK(design("model,m\n"));
  CHECK(design("model,m\nmodel,m\nlanguage,English\n"));
  CHECK(design("model,m\nlanguage,English\niterations,0\n"));
  CHECK(design("model,m\nlanguage,English\nkind,songs\n"));
  CHECK(design("model,m\nlanguage,English\ncolour,red\n"));
  CHECK(design("model,m\nlanguage,English\ntemperature,warm\n"));
  CHECK(design("model,m\nlanguage,English\nbody.messages,[]\n"));
  CHECK(design("model,m\nlanguage,English\nserved.k,x\n"));
  CHECK(design("model,m\nlanguage,English\nlowest,5\n"));
  CHECK(design("model,m\nlanguage,Chinese\n"));                             // no item in Chinese
  CHECK(design("model,m\nlanguage,English\npersona,none\npersona,USA\n"));  // no text of this persona
  const auto items = [](const std::string& lines) {
    Texts texts;
    texts.items = lines;
    return refused(texts);
  };
  CHECK(items("item,language,prompt\n1,English,a\n1,English,b\n"));
  CHECK(items("item,language,prompt\n"));
  CHECK(items("item,language,prompt\n1,English,\n"));
  const auto templates = [](const std::string& lines) {
    Texts texts;
    texts.templates = "part,language,persona,text\n" + lines;
    return refused(texts);
  };
  CHECK(templates("user,*,*,{nothing}\n"));
  CHECK(templates("user,*,*,{prompt\n"));
  CHECK(templates("song,*,*,x\n"));
  CHECK(templates("user,*,*,x\nuser,*,*,y\n"));
}
