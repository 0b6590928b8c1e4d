#pragma once
// A figure of findings on the page: the picture itself, its number, how to read it, and where its files are.
#include <string>

#include "findings/figure.hpp"
#include "report/element.hpp"
#include "report/figure_files.hpp"

namespace meridian::report {

/// Caption, sample and interval method as sentences.
std::string caption_sentences(const findings::Figure& figure);

/// `number` is the figure's number on the page; `drawn` may lack the picture, the caption then says where the numbers
/// are. Links are relative to the page.
Html figure_html(const findings::Figure& figure, const DrawnFigure& drawn, const std::string& id, int number);

}  // namespace meridian::report
