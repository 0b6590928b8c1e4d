#include "report/page_style.hpp"

namespace meridian::report {
namespace {

// Two palettes of the same roles; text on its background has a contrast of at least 7 : 1 in both.
const char* const kColours = R"(
:root { --page: #ffffff; --ink: #1b1f24; --soft: #4b5560; --line: #d5dae0; --stripe: #f5f7f9; --head: #eceff3; --link: #0b4a8f;
  --info: #2f6fb0; --info-ground: #eff5fb; --caution: #9a6700; --caution-ground: #fdf6e3; --warning: #b3261e; --warning-ground: #fdefee; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171b; --ink: #e7eaee; --soft: #b3bcc6; --line: #3a424c; --stripe: #1a1f25; --head: #232a32; --link: #9cc8ff;
    --info: #6ea8e0; --info-ground: #17222e; --caution: #d9a93a; --caution-ground: #2a230f; --warning: #f2837b; --warning-ground: #311a19; } }
)";

const char* const kText = R"(
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1rem 0; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
p, li { max-width: 46rem; overflow-wrap: anywhere; }
p { margin: .6rem 0; }
a { color: var(--link); }
a:focus-visible, .table-scroll:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 1.75rem 0 .5rem; }
nav ol { padding-left: 1.6rem; }
nav li { padding: .15rem 0; }
nav ul { padding: 0; margin: 0; font-size: .9rem; }
nav ul li { display: inline-block; padding: 0; margin-right: 1rem; }
.attention li { margin: .5rem 0; }
.added { font-size: .9rem; padding-left: 1.2rem; }
.added li { margin: .2rem 0; max-width: 62rem; }
summary { cursor: pointer; padding: .3rem 0; color: var(--link); }
summary h3 { display: inline; }
summary:focus-visible { outline: 3px solid var(--info); outline-offset: 2px; }
.aside { margin: .75rem 0; padding: 0 .9rem; border: 1px solid var(--line); border-radius: .3rem; }
.aside > div { scroll-margin-top: 3rem; }
.files, .unit { color: var(--soft); font-size: .85rem; }
.unit { font-weight: 400; }
)";

const char* const kNotes = R"(
.note { margin: .9rem 0; padding: .3rem 1rem; max-width: 48rem; border-left: .35rem solid var(--info); background: var(--info-ground); }
.note.caution { border-left-color: var(--caution); background: var(--caution-ground); }
.note.warning { border-left-color: var(--warning); background: var(--warning-ground); }
.synthetic { margin: 0 0 1rem; padding: .2rem 1rem; border: 3px double var(--warning); background: var(--warning-ground); font-size: 1.1rem; }
.synthetic p { max-width: none; }
)";

// A table scrolls in its own box in both directions; head and caption stay in sight.
const char* const kTables = R"(
.table { margin: 1.5rem 0; }
.table-scroll { overflow: auto; max-height: 36rem; border: 1px solid var(--line); border-radius: .3rem; }
table { border-collapse: separate; border-spacing: 0; min-width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .7rem .8rem; }
.caption-text { display: block; position: sticky; left: .8rem; width: max-content; max-width: min(46rem, calc(100vw - 5rem)); }
th, td { padding: .3rem .8rem; text-align: left; vertical-align: top; white-space: nowrap; border-bottom: 1px solid var(--line); }
thead { position: sticky; top: 0; z-index: 1; }
thead th { background: var(--head); vertical-align: bottom; }
thead .group { text-align: center; }
tbody th { font-weight: 600; }
tbody tr:nth-child(even) > * { background: var(--stripe); }
tbody tr:last-child > * { border-bottom: 0; }
.number, td { text-align: right; }
td.words { text-align: left; }
#exclusions tbody th, #exclusions td:nth-child(3), #exclusions td:last-child, .provenance td, .provenance tbody th {
  white-space: normal; overflow-wrap: anywhere; min-width: 11rem; }
#exclusions td:nth-child(3) { min-width: 14rem; }
.provenance tbody th { min-width: 9rem; }
)";

// On a phone a picture keeps a width at which its text can be read, and scrolls.
const char* const kFigures = R"(
figure { margin: 1.5rem 0; }
.picture { overflow-x: auto; border: 1px solid var(--line); border-radius: .3rem; padding: .5rem; }
.picture svg { fill: none; stroke: currentColor; color: #000; stroke-linejoin: round; font: 12px Arial, "Liberation Sans", Helvetica, sans-serif; }
.picture text { stroke: none; }
.picture text:not([fill]) { fill: #1b1f24; }
@media (prefers-color-scheme: dark) { .picture:not(.map) svg { filter: invert(.92) hue-rotate(180deg); } .picture.map { background: #fff; } }
.picture svg { display: block; width: 100%; min-width: 42rem; max-width: 60rem; height: auto; margin: 0 auto; }
figcaption { padding: .2rem .8rem; font-size: .9rem; }
)";

const char* const kPrint = R"(
@media (max-width: 40rem) { body { padding: .75rem .75rem 3rem; } h1 { font-size: 1.4rem; } th, td { padding: .3rem .55rem; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { --page: #fff; --ink: #000; --soft: #333; --line: #999; --stripe: #fff; --head: #eee; --link: #000;
    --info-ground: #fff; --caution-ground: #fff; --warning-ground: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .table-scroll { overflow: visible; max-height: none; border: 0; }
  thead, .caption-text { position: static; }
  table { font-size: 8.5pt; } .wide table { font-size: 6.5pt; } .wider table { font-size: 5.4pt; } caption { font-size: 8.5pt; }
  th, td { white-space: normal; padding: 1pt 2pt; overflow-wrap: break-word; }
  thead th { overflow-wrap: anywhere; min-width: 3em; } .unit { font-size: inherit; }
  #exclusions tbody th, #exclusions td, .provenance td { min-width: 0; overflow-wrap: anywhere; }
  td { white-space: nowrap; } td.words { white-space: normal; }
  thead { display: table-header-group; }
  tr, .note, figure { break-inside: avoid; }
  .picture { border: 0; overflow: visible; padding: 0; }
  .picture svg { filter: none; min-width: 0; max-width: 180mm; }
  h2, caption { break-after: avoid; }
  .files { display: none; }
}
)";

}  // namespace

std::string page_style() { return std::string(kColours) + kText + kNotes + kTables + kFigures + kPrint; }

}  // namespace meridian::report
