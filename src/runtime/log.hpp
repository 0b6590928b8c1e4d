#pragma once
// Lines for people on standard error. Only the rank that speaks (rank 0) prints; others call mute() once.
#include <string>

namespace meridian::runtime {

void mute(bool quiet);
bool muted();
void info(const std::string& line);
/// "warning: ..."
void warning(const std::string& line);
/// True if standard error is a terminal that can redraw a line.
bool on_terminal();
/// Draws `line` over the terminal's status line; "" removes it. info() and warning() appear above it.
void status(const std::string& line);

}  // namespace meridian::runtime
