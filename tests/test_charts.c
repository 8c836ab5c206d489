/* Charts, and colours as terminals have them. */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "../src/tui/term_colour.h"
#include "canvas_text.h"
#include "rapport/charts.h"

static void assert_rich(struct rp_rich *rich, const char *expected) {
  assert_string_equal(rp_str_text(&rich->text), expected);
  rp_rich_fini(rich);
}

static void bar__fills_exactly_its_columns(void **state) {
  (void)state;
  const struct {
    double value;
    double most;
    int columns;
    const char *bar;
  } cases[] = {
      {0, 10, 4, "    "},  {10, 10, 4, "████"}, {5, 10, 4, "██  "}, {0.001, 10, 4, "▏   "},  {6, 10, 4, "██▍ "},
      {40, 10, 2, "██"},   {-3, 10, 2, "  "},   {NAN, 10, 2, "  "}, {INFINITY, 10, 2, "  "}, {3, 0, 2, "██"},
      {9.99, 10, 2, "██"}, {1, 10, 0, ""},      {1, 10, -5, ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_rich out = {0};
    rp_chart_bar(&out, RP_SLOT_CHART, cases[i].value, cases[i].most, cases[i].columns);
    assert_rich(&out, cases[i].bar);
  }
}

static void spark__has_a_column_for_each_value(void **state) {
  (void)state;
  const double values[] = {0, 1, 2, 3, 4, 5, 6, 7, NAN, 100};
  struct rp_rich out = {0};
  rp_chart_spark(&out, RP_SLOT_BENEFIT, values, 10, 7);
  assert_rich(&out, "▁▂▃▄▅▆▇█ █");
  rp_chart_spark(&out, RP_SLOT_BENEFIT, values, 5, 0);
  assert_rich(&out, "▁▃▅▆█");
  const double nothing[] = {0, 0, -1};
  rp_chart_spark(&out, RP_SLOT_BENEFIT, nothing, 3, 0);
  assert_rich(&out, "▁▁▁");
  rp_chart_spark(&out, RP_SLOT_BENEFIT, NULL, 0, 0);
  assert_rich(&out, "");
}

static void depth__and_heat_have_steps(void **state) {
  (void)state;
  struct rp_rich out = {0};
  rp_chart_depth(&out, RP_SLOT_BUSINESS, 2, 1, 1, 6);
  assert_rich(&out, "██▓░  ");
  rp_chart_depth(&out, RP_SLOT_BUSINESS, 5, 5, 5, 3);
  assert_rich(&out, "███");
  rp_chart_depth(&out, RP_SLOT_BUSINESS, -1, 0, 2, 3);
  assert_rich(&out, "░░ ");
  const double values[] = {0, 0.1, 1, 2, 3, 4, 9, NAN};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++)
    rp_chart_heat(&out, RP_SLOT_CHART, values[i], 4);
  assert_rich(&out, " ░░▒▓██·");
}

static void stages__show_the_way(void **state) {
  (void)state;
  const char *const names[] = {"prospect", "business", "collaborative", "and personal"};
  const char *const finnish[] = {"mahdollinen asiakas", "liikesuhde", "yhteistyökumppani", "myös henkilökohtainen"};
  struct rp_rich out = {0};
  rp_chart_stages(&out, names, 2);
  assert_rich(&out, "prospect ─●─ business ─●─ COLLABORATIVE ┄○┄ and personal");
  rp_chart_stages(&out, names, 0);
  assert_rich(&out, "PROSPECT ┄○┄ business ┄○┄ collaborative ┄○┄ and personal");
  rp_chart_stages(&out, finnish, 3);
  assert_rich(&out, "mahdollinen asiakas ─●─ liikesuhde ─●─ yhteistyökumppani ─●─ MYÖS HENKILÖKOHTAINEN");
}

static void rows__have_labels_bars_and_numbers(void **state) {
  (void)state;
  const struct rp_chart_row rows[] = {
      {"keskustelu", 4, RP_SLOT_BENEFIT}, {"aika ja vaivannäkö", 2.5, RP_SLOT_COST}, {"ei tietoa", NAN, RP_SLOT_CHART}};
  struct rp_canvas *canvas = rp_canvas_new(36, 3, false);
  assert_int_equal(rp_chart_rows(rp_canvas_area(canvas), rows, 3, 0, 1), 3);
  assert_canvas(canvas, "keskustelu    █████████████████  4.0\naika ja vai…  ██████████▋        2.5\nei tietoa\n");
  assert_int_equal(rp_chart_rows(rp_area_row(rp_canvas_area(canvas), 0, 2), rows, 3, 10, 0), 1);
  rp_canvas_set_ascii(canvas, true);
  rp_canvas_clear(canvas);
  rp_chart_rows(rp_canvas_area(canvas), rows, 2, 5, 0);
  assert_canvas(canvas, "keskustelu    ###############-     4\naika ja vai~  #########=           2\n\n");
  rp_canvas_free(canvas);
}

static void glyphs__have_words(void **state) {
  (void)state;
  assert_string_equal(rp_chart_stage_glyph(-3), "○");
  assert_string_equal(rp_chart_stage_glyph(1), "◔");
  assert_string_equal(rp_chart_stage_glyph(7), "●");
  assert_string_equal(rp_chart_direction_glyph(RP_GLYPH_FADING), "↘");
  assert_int_equal(rp_chart_direction_slot(RP_GLYPH_ENDED), RP_SLOT_ENDED);
}

/* ---- colours ------------------------------------------------------------------------------------------------------
 */

static struct rp_colour rgb(uint32_t value) {
  return (struct rp_colour){RP_COLOUR_RGB, value};
}

static void colours__are_the_nearest_that_there_are(void **state) {
  (void)state;
  const struct {
    struct rp_colour colour;
    int of_256;
    int of_8;
    int as_ground;
  } cases[] = {
      {{RP_COLOUR_DEFAULT, 0}, -1, -1, -1},   {{RP_COLOUR_INDEX, 9}, 9, 1, 1},
      {{RP_COLOUR_INDEX, 208}, 208, 3, 3},    {{RP_COLOUR_RGB, 0x000000}, 16, 0, 0},
      {{RP_COLOUR_RGB, 0xFFFFFF}, 231, 7, 7}, {{RP_COLOUR_RGB, 0xFF0000}, 196, 1, 1},
      {{RP_COLOUR_RGB, 0x8A8A8A}, 245, 7, 7}, {{RP_COLOUR_RGB, 0x444444}, 238, 7, 0},
      {{RP_COLOUR_RGB, 0x1C1C1C}, 234, 0, 0}, {{RP_COLOUR_RGB, 0x5F87AF}, 67, 6, 6},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(colour_256(cases[i].colour), cases[i].of_256);
    assert_int_equal(colour_8(cases[i].colour, false), cases[i].of_8);
    assert_int_equal(colour_8(cases[i].colour, true), cases[i].as_ground);
  }
}

static void direct_colours__keep_their_bits(void **state) {
  (void)state;
  const struct colour_depth full = {8, 8, 8};
  const struct colour_depth high = {5, 6, 5};
  assert_int_equal(colour_direct(rgb(0x12ABEF), full), 0x12ABEF);
  assert_int_equal(colour_direct(rgb(0x000003), full), 8); /* not the palette's yellow */
  assert_int_equal(colour_direct(rgb(0x000000), full), 0);
  assert_int_equal(colour_direct(rgb(0xFFFFFF), high), 0xFFFF);
  assert_int_equal(colour_direct(rgb(0xFF0000), high), 0xF800);
  assert_int_equal(colour_direct((struct rp_colour){RP_COLOUR_INDEX, 3}, full), 3);
  assert_int_equal(colour_direct((struct rp_colour){RP_COLOUR_INDEX, 24}, full), 0x005F87);
  assert_int_equal(colour_direct((struct rp_colour){RP_COLOUR_DEFAULT, 0}, full), -1);
}

static int setup(void **state) {
  (void)state;
  return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bar__fills_exactly_its_columns),
      cmocka_unit_test(spark__has_a_column_for_each_value),
      cmocka_unit_test(depth__and_heat_have_steps),
      cmocka_unit_test(stages__show_the_way),
      cmocka_unit_test(rows__have_labels_bars_and_numbers),
      cmocka_unit_test(glyphs__have_words),
      cmocka_unit_test(colours__are_the_nearest_that_there_are),
      cmocka_unit_test(direct_colours__keep_their_bits),
  };
  return cmocka_run_group_tests_name("charts", tests, setup, NULL);
}
