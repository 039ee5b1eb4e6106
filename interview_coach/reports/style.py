"""How reports look: style sheets that stand inside of the file, since nothing is fetched.

The colours are those of the program's light and dark themes. What is printed has black on white, no ground, and the
page's number where the browser can. ``PRINTED`` keeps to what Qt's documents know: margins count in px, and since Qt
takes the size of h1 to h4 from itself, headings are paragraphs of a class there.
"""

SCREEN = """\
:root { color-scheme: light dark; --ground: #f6f5f2; --text: #1f2328; --muted: #5d646d; --line: #dedbd3;
  --accent: #2f5d8a; --soft: #e8eef5; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #1b1d21; --text: #e7e6e2; --muted: #a2a8b0; --line: #383c43; --accent: #7fb0e0; --soft: #2a3542; }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--text); font: 100%/1.55 system-ui, sans-serif;
  -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .5rem 0; }
.question { border-top: 1px solid var(--line); margin-top: 2rem; }
.question > h2, .question > h3 { margin-top: 1rem; }
.session > h2 { color: var(--accent); }
.fact { color: var(--muted); font-size: .9rem; }
.written { white-space: pre-wrap; }
.answer { border-left: 3px solid var(--accent); padding-left: 1rem; }
.recorded { border-left: 3px solid var(--line); padding-left: 1rem; }
.remark { background: var(--soft); padding: .5rem .75rem; border-radius: .25rem; white-space: pre-wrap; }
pre { background: var(--soft); padding: .75rem; border-radius: .25rem; overflow-x: auto; overflow-wrap: normal;
  font: .9rem/1.45 ui-monospace, monospace; }
ul, ol { padding-left: 1.25rem; }
nav ul { list-style: none; padding: 0; }
nav li { margin: .4rem 0; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-center { content: counter(page) " / " counter(pages); } }
@media print {
  :root { --ground: #ffffff; --text: #000000; --muted: #333333; --line: #999999; --accent: #000000; --soft: #ffffff; }
  html { background: none; font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  h1, h2, h3, h4 { break-after: avoid; break-inside: avoid; }
  .fact { break-after: avoid; }
  .answer > .fact:last-child, .recorded > .fact:last-child { break-after: auto; }
  .session + .session { break-before: page; }
  p, li { orphans: 3; widows: 3; }
  .remark, li { break-inside: avoid; }
  .remark { background: none; border: 1px solid var(--line); }
  pre { background: none; border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
  a { color: inherit; text-decoration: none; }
}
"""

PRINTED = """\
body { font-size: 10pt; color: #000000; }
.h1 { font-size: 17pt; font-weight: bold; margin-top: 0px; margin-bottom: 2px; }
.h2 { font-size: 13.5pt; font-weight: bold; margin-top: 22px; margin-bottom: 4px; }
.h3 { font-size: 11.5pt; font-weight: bold; margin-top: 18px; margin-bottom: 3px; }
.h4 { font-size: 10pt; font-weight: bold; margin-top: 12px; margin-bottom: 3px; }
p { margin-top: 0px; margin-bottom: 6px; }
.fact { font-size: 9pt; color: #333333; }
.written { white-space: pre-wrap; }
.remark { white-space: pre-wrap; }
pre { white-space: pre-wrap; font-size: 9pt; margin-top: 4px; margin-bottom: 8px; margin-left: 14px; }
ul { margin-top: 2px; margin-bottom: 6px; }
li { margin-top: 0px; margin-bottom: 2px; }
"""
