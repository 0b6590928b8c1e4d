#pragma once
// Lines for people on standard error. Only the rank that speaks (rank 0) prints; others call mute() once.
#include <string>

namespace meridian::runtime {

void mute(bool quiet);
void info(const std::string& line);
/// "warning: ..."
void warning(const std::string& line);
bool on_terminal();

}  // namespace meridian::runtime
