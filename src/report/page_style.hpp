#pragma once
#include <string>

namespace meridian::report {

/// The page's style sheet: light and dark, narrow screens, print.
std::string page_style();

}  // namespace meridian::report
