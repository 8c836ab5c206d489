/* What the tests of the screen layers share: a canvas compared as text. */
#ifndef RAPPORT_TESTS_CANVAS_TEXT_H
#define RAPPORT_TESTS_CANVAS_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rapport/canvas.h"

/* The canvas shows `expected`: its rows as lines without spaces at their ends. */
#define assert_canvas(canvas, expected) assert_dump(canvas, rp_canvas_dump, expected, __FILE__, __LINE__)
/* The slots and the cursor of the canvas are `expected`, as rp_canvas_dump_slots writes them. */
#define assert_slots(canvas, expected) assert_dump(canvas, rp_canvas_dump_slots, expected, __FILE__, __LINE__)

static inline void assert_dump(const struct rp_canvas *canvas, void (*dump)(const struct rp_canvas *, struct rp_str *),
                               const char *expected, const char *file, int line) {
  struct rp_str text = {0};
  dump(canvas, &text);
  bool same = rp_str_equal(rp_str_text(&text), expected);
  if (!same)
    print_error("%s:%d: expected\n%s\nfound\n%s\n", file, line, expected, rp_str_text(&text));
  rp_str_fini(&text);
  assert_true(same);
}

/* Every cell holds one character of its width, and wide ones are whole: what must be true after any drawing. */
static inline void assert_sound(const struct rp_canvas *canvas) {
  for (int y = 0; y < rp_canvas_height(canvas); y++) {
    for (int x = 0; x < rp_canvas_width(canvas); x++) {
      const struct rp_cell *cell = rp_canvas_cell(canvas, x, y);
      assert_in_range(cell->width, 0, 2);
      assert_true(cell->length <= RP_CELL_TEXT_SIZE);
      assert_int_equal(cell->length == 0, cell->width == 0);
      if (cell->width == 2)
        assert_int_equal(rp_canvas_cell(canvas, x + 1, y)->width, 0);
      if (cell->width == 0)
        assert_int_equal(rp_canvas_cell(canvas, x - 1, y)->width, 2);
      if (cell->length > 0)
        assert_true((unsigned char)cell->text[0] >= ' ');
    }
  }
}

#endif
