// What is scored, what is not. The wordings are our own; the real ones are met in tests/oracle.
#include "survey/answer_text.hpp"

#include <catch2/catch.hpp>

#include "survey/answer_numbers.hpp"

using namespace meridian::survey;

namespace {

int scored(std::string_view text, int highest = 5) {
  const AnswerText answer = read_answer(text, 1, highest);
  return answer.kind == AnswerKind::answer ? answer.value : 0;
}

AnswerKind kind(std::string_view text, int highest = 5) { return read_answer(text, 1, highest).kind; }

}  // namespace

TEST_CASE("a number that opens the text is the answer") {
  for (const char* text :
       {"4", " 4\n", "4.", "4: fits well", "4 - though views differ", "4\n\nBecause of this", "**4**", "\"4\"", "(4)",
        "4/5", "4 out of 5", "4 (fairly well)", "4 fits well", "4.0", "4, because"}) {
    CAPTURE(text);
    CHECK(scored(text) == 4);
  }
  CHECK(scored("10", 10) == 10);
  CHECK(scored("10/10", 10) == 10);
}

TEST_CASE("full-width digits and Chinese punctuation") {
  CHECK(scored("４") == 4);
  CHECK(scored("４：这是我的看法") == 4);
  CHECK(scored("１０", 10) == 10);
  CHECK(scored("4。大家看法不同") == 4);
  CHECK(scored("4！看法不同") == 4);
  CHECK(scored("\xE3\x80\x80 4 \xE3\x80\x80") == 4);  // ideographic spaces
  CHECK(scored("“4”") == 4);
}

TEST_CASE("inside prose a number must be announced") {
  CHECK(scored("My answer: 4") == 4);
  CHECK(scored("I would rate this statement as a 4:") == 4);
  CHECK(scored("I'd put this at:\n\n4") == 4);
  CHECK(scored("As GPT-4, I choose 2.") == 2);
  CHECK(scored("我的选择：4\n\n这句话") == 4);
  CHECK(scored("我会选4，理由如下") == 4);
  CHECK(scored("我会打4分") == 4);
  CHECK(scored("第3题：我选4") == 4);
  CHECK(scored("I can't be sure, but I'd say 3") == 3);
  CHECK(scored("There are 3 views on this") == 0);
  CHECK(scored("My answer rests on 3 factors") == 0);
  CHECK(scored("Trained in 2023 on 4 corpora") == 0);
}

TEST_CASE("numbers of the scale, of a range or of a list are no answers") {
  for (const char* text :
       {"I have to select a number from 1-", "I have to respond with a number from 1", "I have to pick between 1",
        "Choose from 1 to 5", "To find the answer:\n\n1. Think about", "1. Think\n2. Decide", "1-5", "4-5",
        "Step 1: read", "On a scale of 1 (never) to 5 (always) my answer", "在1（不能）到5（可以）的范围内选择",
        "I would choose out of 5"}) {
    CAPTURE(text);
    CHECK(scored(text) == 0);
  }
  CHECK(scored("On a scale of 1 (never) to 5 (always), I'd rate this 3.") == 3);
  CHECK(scored("在1（不能）到5（可以）的评分范围内，我选择3") == 3);
  CHECK(scored("Between 1 and 5 I choose 2") == 2);
  CHECK(scored("My rating is 4 on a scale of 1 to 5") == 4);
}

TEST_CASE("two different answers are none") {
  CHECK(kind("4 or 5") == AnswerKind::none);
  CHECK(kind("4或5") == AnswerKind::none);
  CHECK(kind("I choose 4, then I choose 5") == AnswerKind::none);
  CHECK(scored("I choose 4, not 5") == 4);
  CHECK(scored("4\n\n4") == 4);
}

TEST_CASE("refusals, empty answers and numbers off the scale are told apart") {
  for (const char* text : {"I can't give a rating.", "I cannot select a 5", "As an AI, I hold no views",
                           "抱歉，我无法回答。", "I’m unable to choose", "5 reasons why I cannot answer"}) {
    CAPTURE(text);
    CHECK(kind(text) == AnswerKind::refused);
  }
  for (const char* text : {"", "  \n", "NA", "It depends", "需要看情况", "...", "*"}) {
    CAPTURE(text);
    CHECK(kind(text) == AnswerKind::none);
  }
  for (const char* text : {"0", "6", "-1", "3.5", "4.05", "12345678901234567890", "I'd rate this a 9"}) {
    CAPTURE(text);
    CHECK(kind(text) == AnswerKind::off_scale);
  }
  CHECK(kind("6", 10) == AnswerKind::answer);
}

TEST_CASE("bytes that are cut inside a character do no harm") {
  for (const char* text : {"4\xEF", "4\xEF\xBC", "\xE3\x80", "我选4\xE8\xBF"})
    CHECK(scored(text) == 4 * (text[0] != '\xE3'));
}

TEST_CASE("numbers inside names are none") {
  CHECK(numbers_in("gpt-4 and q177 v2 3d").empty());
  REQUIRE(numbers_in("a 3.5 b 7").size() == 2);
  CHECK_FALSE(numbers_in("a 3.5 b 7")[0].whole);
  CHECK(numbers_in("-2")[0].value == -2);
  CHECK(plain_text(" **Ａnswer：４** ") == "answer:4");
}
