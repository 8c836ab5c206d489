/* The year by months. */
#include "journal_world.h"
#include "rapport/overview.h"

JOURNAL_TESTS(NULL)

static void put(const char *line) {
  const char *const lines[] = {line, NULL};
  journal_world_put(&world, lines);
}

static void trends__the_year_by_months(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-02-10: first\n> b1: x\n< b1: y");
  journal_note(&world, "Maija 2026-03-31: again\n+ trust 2\n+ revenue 4\n- time 1");
  journal_note(&world, "Örjan 2026-10-31: hello\n+ trust 5");
  journal_note(&world, "Örjan 2025-11-30: before the year\n+ trust 1\n- money 5");
  put("{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r3\",\"date\":\"2026-11-22\",\"viewpoint\":"
      "\"customer\","
      "\"items\":[{\"kind\":\"cost\",\"code\":\"time\",\"score\":3}]}");
  put("{\"type\":\"evaluation\",\"id\":\"e2\",\"relationship\":\"r3\",\"date\":\"2026-11-23\",\"viewpoint\":"
      "\"customer\","
      "\"items\":[{\"kind\":\"cost\",\"code\":\"time\",\"score\":5}]}"); /* still to come */
  struct rp_trends *trends;
  assert_ok(rp_trends_load(world.journal, &trends, err));
  struct rp_str out = {0};
  for (int i = 0; i < RP_TRENDS_MONTHS; i++) {
    const struct rp_trends_month *month = &trends->months[i];
    const struct rp_trends_weighed *own = &month->weighed[RP_VIEWPOINT_OWN];
    const struct rp_trends_weighed *theirs = &month->weighed[RP_VIEWPOINT_CUSTOMER];
    rp_date_format(month->until, &out);
    rp_str_addf(&out, " %d %d %d %d deep %d %d own %d +%d -%d theirs %d +%d -%d\n", month->stages[0], month->stages[1],
                month->stages[2], month->stages[3], month->depth[0], month->depth[1], own->evaluations, own->benefits,
                own->costs, theirs->evaluations, theirs->benefits, theirs->costs);
  }
  for (size_t i = 0; i < trends->codes.count; i++) {
    const struct rp_trends_code *code = &trends->codes.items[i];
    bool benefit = code->kind == RP_ITEM_KIND_BENEFIT;
    rp_str_addf(&out, "%s %d of %d before %d of %d\n",
                rp_vocab_code(benefit ? RP_VOCAB_BENEFIT : RP_VOCAB_COST, code->code), code->sum, code->count,
                code->sum_before, code->count_before);
  }
  assert_string_equal(rp_str_text(&out), "2025-12-31 1 0 0 0 deep 0 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-01-31 1 0 0 0 deep 0 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-02-28 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-03-31 1 1 0 0 deep 1 0 own 1 +6 -1 theirs 0 +0 -0\n"
                                         "2026-04-30 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-05-31 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-06-30 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-07-31 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-08-31 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-09-30 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 0 +0 -0\n"
                                         "2026-10-31 1 1 0 0 deep 1 0 own 1 +5 -0 theirs 0 +0 -0\n"
                                         "2026-11-22 1 1 0 0 deep 1 0 own 0 +0 -0 theirs 1 +0 -3\n"
                                         "trust 5 of 1 before 2 of 1\n"
                                         "time 3 of 1 before 1 of 1\n");
  rp_str_fini(&out);
  rp_trends_free(trends);
  struct rp_id p3 = world_id("p3");
  journal_edit(&world, &p3, "objected=yes");
  assert_ok(rp_trends_load(world.journal, &trends, err));
  assert_int_equal(trends->months[RP_TRENDS_MONTHS - 1].stages[0], 0); /* nothing is derived about him */
  assert_int_equal(trends->months[RP_TRENDS_MONTHS - 1].weighed[RP_VIEWPOINT_CUSTOMER].evaluations, 0);
  rp_trends_free(trends);
}

/* The last day of a month is as far as its own length. */
static void trends__months_end_on_their_last_day(void **state) {
  (void)state;
  static const struct {
    const char *as_of, *first, *second, *last;
  } rows[] = {
      {"2026-11-22", "2025-12-31", "2026-01-31", "2026-11-22"},
      {"2024-03-31", "2023-04-30", "2023-05-31", "2024-03-31"},
      {"2025-01-01", "2024-02-29", "2024-03-31", "2025-01-01"},
      {"2024-02-29", "2023-03-31", "2023-04-30", "2024-02-29"},
      {"1900-01-01", "1900-02-28", "1900-03-31", "1901-01-01"},
      {"9999-12-31", "9999-01-31", "9999-02-28", "9999-12-31"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_trends *trends;
    journal_world_set_today(&world, day(rows[i].as_of));
    assert_ok(rp_trends_load(world.journal, &trends, err));
    assert_int_equal(trends->months[0].until, day(rows[i].first));
    assert_int_equal(trends->months[1].until, day(rows[i].second));
    assert_int_equal(trends->months[RP_TRENDS_MONTHS - 1].until, day(rows[i].last));
    rp_trends_free(trends);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(trends__the_year_by_months),
      JOURNAL_TEST(trends__months_end_on_their_last_day),
  };
  return cmocka_run_group_tests_name("trends", tests, NULL, NULL);
}
