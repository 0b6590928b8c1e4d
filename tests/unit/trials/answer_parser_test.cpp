// Every shape of an answer, in wordings of our own.
#include "trials/answer_parser.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"
#include "trials/option_names.hpp"

using namespace meridian::trials;

namespace {

const Scale five{1,
                 5,
                 {{1, "A", "strongly disagree"},
                  {2, "B", "disagree"},
                  {3, "C", "undecided"},
                  {4, "D", "agree"},
                  {5, "E", "strongly agree"}}};
const Scale chinese{1, 5, {{1, "", "很不同意"}, {2, "", "不同意"}, {4, "", "同意"}, {5, "", "非常同意"}}};

int value(std::string_view text, const Scale& scale = five) {
  const ParsedAnswer answer = parse_answer(text, scale);
  return answer.outcome == Outcome::answered ? answer.value : 0;
}

}  // namespace

TEST_CASE("an option's letter is its answer") {
  for (const char* text : {"B", "(B)", "B.", "B: disagree", "**B**", "Option B", "I choose B.", "My answer is (B)",
                           "我选B", "答案是：B"}) {
    CAPTURE(text);
    CHECK(value(text) == 2);
    CHECK(parse_answer(text, five).rule != Rule::label);
  }
  CHECK(value("A person would hesitate") == 0);
  CHECK(value("I choose B, or I choose D") == 0);
  CHECK(value("I would not choose B") == 0);
  CHECK(value("B", {1, 5, {}}) == 0);
}

TEST_CASE("an option's label is its answer, and the longer label wins") {
  CHECK(value("Strongly agree.") == 5);
  CHECK(value("Disagree") == 2);
  CHECK(value("I strongly disagree with this") == 1);
  CHECK(value("I do not agree") == 0);
  CHECK(value("agree, or strongly agree") == 0);
  CHECK(value("同意", chinese) == 4);
  CHECK(value("很不同意", chinese) == 1);
  CHECK(value("我非常同意这个说法", chinese) == 5);
  CHECK(parse_answer("Strongly agree", five).confidence == Confidence::certain);
  CHECK(parse_answer("Agree, by and large", five).confidence == Confidence::likely);
  CHECK(parse_answer("On the whole I agree", five).confidence == Confidence::doubtful);
}

TEST_CASE("a number wins over names, and a contradiction is doubtful") {
  CHECK(value("4: agree") == 4);
  CHECK(parse_answer("4: agree", five).confidence == Confidence::certain);
  CHECK(value("4: disagree") == 4);
  CHECK(parse_answer("4: disagree", five).confidence == Confidence::doubtful);
  CHECK(parse_answer("I would rate this a 4", five).confidence == Confidence::likely);
  CHECK(parse_answer("4", five).rule == Rule::bare_number);
  CHECK(parse_answer("４", five).rule == Rule::bare_number);
}

TEST_CASE("reasoning before the answer does not count") {
  CHECK(value("<think>Perhaps 2, I choose 3.</think>\n\n4") == 4);
  CHECK(value("Perhaps I choose 2.</think>4") == 4);
  CHECK(value("I choose 2 at first sight. On reflection I choose 4. Final answer: 4") == 4);
  CHECK(parse_answer("I choose 2 at first. Final answer: **4**", five).rule == Rule::conclusion);
  CHECK(value("先看第1点，再看第2点。最终答案：4") == 4);
  CHECK(value("Final answer: agree") == 4);
  CHECK(parse_answer("<think>I choose 2, because", five).outcome == Outcome::truncated);
}

TEST_CASE("truncated, refused, off the scale and empty answers are told apart") {
  CHECK(parse_answer("The statement asks me to", five, true).outcome == Outcome::truncated);
  CHECK(parse_answer("The statement asks me to", five, false).outcome == Outcome::no_answer);
  CHECK(parse_answer("I must pick from 1 to", five, true).outcome == Outcome::truncated);
  CHECK(parse_answer("I'd say 4 as it", five, true).confidence == Confidence::doubtful);
  CHECK(parse_answer("I cannot answer this", five, true).outcome == Outcome::refused);
  CHECK(parse_answer("抱歉，我无法回答", chinese).outcome == Outcome::refused);
  CHECK(parse_answer("9", five).outcome == Outcome::off_scale);
  CHECK(parse_answer("", five).outcome == Outcome::no_answer);
}

TEST_CASE("names of options are read and checked") {
  const meridian::tests::ScratchFolder scratch;
  const auto file = scratch.write("options.csv",
                                  "item,language,value,letter,label\n*,English,1,A,No\n*,English,2,B,Yes\n"
                                  "7,English,1,A,Never\n");
  const OptionNames names = read_option_names(file);
  const meridian::survey::Item seven{"7", "", "", 1, 2}, other{"8", "", "", 1, 2};
  CHECK(scale_of(seven, "English", names).options.size() == 1);
  REQUIRE(scale_of(other, "English", names).options.size() == 2);
  CHECK(scale_of(other, "English", names).options[1].label == "yes");
  CHECK(scale_of(other, "Chinese", names).options.empty());
  for (const char* rows : {"*,English,1,A,No\n*,English,1,B,Yes\n", "*,English,1,A,No\n*,English,2,A,Yes\n",
                           "*,English,1,,\n", "*,English,1,AB,\n", "*,English,x,A,\n"}) {
    const auto broken = scratch.write("broken.csv", std::string("item,language,value,letter,label\n") + rows);
    CHECK_THROWS_AS(read_option_names(broken), meridian::InputError);
  }
}
