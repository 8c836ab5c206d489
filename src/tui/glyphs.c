/* The program's glyphs in ASCII: one column for one column, so that no layout changes. */
#include <string.h>

#include "canvas_internal.h"
#include "rapport/utf8.h"

struct glyph {
  int32_t code;
  char ascii;
};

/* In the order of the codes. */
static const struct glyph glyphs[] = {
    {0x00A0, ' '},                                                /* no-break space */
    {0x00A7, 'S'},  {0x00B0, 'o'},                                /* § ° */
    {0x00B7, '.'},                                                /* · forming, and between parts of a line */
    {0x00D7, 'x'},                                                /* × ended */
    {0x2013, '-'},  {0x2014, '-'},                                /* – — */
    {0x2018, '\''}, {0x2019, '\''},                               /* ‘ ’ */
    {0x201C, '"'},  {0x201D, '"'},                                /* “ ” */
    {0x2022, '*'},                                                /* • */
    {0x2026, '~'},                                                /* … */
    {0x20AC, 'E'},                                                /* € */
    {0x2190, '<'},  {0x2191, '^'},                                /* ← ↑ */
    {0x2192, '='},                                                /* → steady */
    {0x2193, 'v'},                                                /* ↓ */
    {0x2197, '^'},                                                /* ↗ deepening */
    {0x2198, 'v'},                                                /* ↘ fading */
    {0x2212, '-'},                                                /* − */
    {0x2264, '<'},  {0x2265, '>'},                                /* ≤ ≥ */
    {0x2581, '_'},  {0x2582, '.'},  {0x2583, '-'},                /* ▁ ▂ ▃ */
    {0x2584, '='},  {0x2585, '+'},  {0x2586, '*'},                /* ▄ ▅ ▆ */
    {0x2587, '%'},  {0x2588, '#'},                                /* ▇ █ */
    {0x2589, '='},  {0x258A, '='},  {0x258B, '='}, {0x258C, '='}, /* ▉ ▊ ▋ ▌ */
    {0x258D, '-'},  {0x258E, '-'},  {0x258F, '-'},                /* ▍ ▎ ▏ */
    {0x2591, '-'},  {0x2592, ':'},  {0x2593, '+'},                /* ░ ▒ ▓ */
    {0x25A0, '#'},  {0x25AA, '*'},                                /* ■ ▪ marked with Space */
    {0x25B8, '>'},  {0x25BE, 'v'},                                /* ▸ ▾ */
    {0x25CB, '0'},                                                /* ○ prospect */
    {0x25CC, 'o'},                                                /* ◌ */
    {0x25CF, '3'},                                                /* ● */
    {0x25D1, '2'},                                                /* ◑ */
    {0x25D4, '1'},                                                /* ◔ */
    {0x2713, '+'},  {0x2717, '-'},                                /* ✓ ✗ */
    {0x27E8, '<'},  {0x27E9, '>'},                                /* ⟨ ⟩ */
    {0xFFFD, '?'},                                                /* � */
};

/* Lines: of "─ ━ ┄ ┅ ┈ ┉ ╌ ╍ ═", of "│ ┃ ┆ ┇ ┊ ┋ ╎ ╏ ║", and everything with a corner. */
static char line_to_ascii(int32_t code) {
  if (code == 0x2500 || code == 0x2501 || code == 0x2504 || code == 0x2505 || code == 0x2508 || code == 0x2509 ||
      code == 0x254C || code == 0x254D || code == 0x2550)
    return '-';
  if (code == 0x2502 || code == 0x2503 || code == 0x2506 || code == 0x2507 || code == 0x250A || code == 0x250B ||
      code == 0x254E || code == 0x254F || code == 0x2551)
    return '|';
  return '+';
}

char glyph_to_ascii(int32_t code) {
  if (code < 0x80)
    return 0;
  if (code >= 0x2400 && code <= 0x2421)
    return '?'; /* pictures of control characters */
  if (code >= 0x2500 && code < 0x2580)
    return line_to_ascii(code);
  if (code >= 0x2800 && code < 0x2900)
    return code == 0x2800 ? ' ' : '*'; /* braille */
  size_t low = 0;
  size_t high = sizeof glyphs / sizeof *glyphs;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (glyphs[middle].code == code)
      return glyphs[middle].ascii;
    if (glyphs[middle].code < code)
      low = middle + 1;
    else
      high = middle;
  }
  return 0;
}

void rp_canvas_to_ascii(const char *text, size_t length, struct rp_str *out) {
  for (size_t at = 0; at < length;) {
    int32_t code;
    size_t bytes = rp_utf8_decode(text + at, length - at, &code);
    char ascii = bytes == 1 ? 0 : glyph_to_ascii(code);
    if (ascii != 0)
      rp_str_addc(out, ascii);
    else
      rp_str_addn(out, text + at, bytes);
    at += bytes;
  }
}
