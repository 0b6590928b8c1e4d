// The survey stage reads every wording as it was meant.
#include <catch2/catch.hpp>

#include "simulated_files.hpp"
#include "survey/answer_text.hpp"

namespace meridian::tests {

TEST_CASE("every wording is read as the answer it was made for, every refusal as none") {
  const auto parameters = simulation::read_parameters(parameter_folder);
  REQUIRE(parameters.texts.size() == 10);
  for (const int highest : {5, 10})
    for (const auto& [style_and_language, texts] : parameters.texts)
      for (const auto& text : texts)
        for (int answer = 1; answer <= highest; ++answer) {
          const bool refusal = style_and_language.first == "refusal";
          const std::string wording = refusal ? text.before : text.before + std::to_string(answer) + text.after;
          INFO(wording);
          const auto read = survey::read_answer(wording, 1, highest);
          CHECK((read.kind == survey::AnswerKind::answer) == !refusal);
          CHECK(read.value == (refusal ? 0 : answer));
        }
}

}  // namespace meridian::tests
