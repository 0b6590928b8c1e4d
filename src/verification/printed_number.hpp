#pragma once
// A number as somebody printed it, and whether a full-precision number could have been printed that way.
#include <optional>
#include <string>
#include <string_view>

namespace meridian::verification {

enum class Form {
  fixed,       ///< 0.206615, -137227
  scientific,  ///< 2.067e-01, 1.8e+04
  below,       ///< <2e-16, < .001: an upper bound
  zero,        ///< a bare 0: R prints it only of a number that is 0 in every digit (an underflown p-value)
};

struct PrintedNumber {
  std::string text;
  Form form = Form::fixed;
  int decimals = 0;       ///< digits after the point (of the mantissa)
  double value = 0;       ///< the printed value; the bound when form is below
  double last_digit = 0;  ///< one unit in the last printed digit; 0 for a bound
};

/// Reads the text of a numeric cell; nothing if it is no printed number ("NA", words, "1,5", empty).
std::optional<PrintedNumber> parse_printed(std::string_view text);

/// True if `ours`, rounded as R rounds (C's printf: the exact binary value, ties to even) to the digits printed, gives
/// the printed text; -0.000 and 0.000 are one. A bound holds for 0 <= ours < bound, a bare 0 below the smallest normal
/// double. NaN never agrees.
bool agrees(const PrintedNumber& printed, double ours);

/// (ours - printed) in units of the last printed digit; NaN for a bound and a bare 0.
double last_digit_difference(const PrintedNumber& printed, double ours);

}  // namespace meridian::verification
