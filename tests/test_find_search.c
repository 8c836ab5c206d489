/* Searches: what is found of whom, by words in texts and in names, in which order and how much of it. */
#include <stdlib.h>
#include <string.h>

#include "find_world.h"
#include "rapport/filter.h"
#include "rapport/utf8.h"

JOURNAL_TESTS(find_lines)

static void search__words(void **state) {
  (void)state;
  static const struct {
    const char *filter, *found;
  } rows[] = {
      {"budget", "20 Nov disclosure, 20 Nov video"},
      {"BUDG", "20 Nov disclosure, 20 Nov video"},
      {"budget -actuators", "20 Nov video"},
      {"\"budget for\"", "20 Nov disclosure"},
      {"sahkoposti aao", "20 Nov video"},
      {"sailing", "18 Nov disclosure, 1 Mar phone"},
      {"sailing domain:self", "18 Nov disclosure"},
      {"sailing liisa", "18 Nov disclosure"}, /* who it is about */
      {"sailing lohja", "18 Nov disclosure"},
      {"liisa",
       LIISA ", 20 Nov video, 18 Nov disclosure, 10 Nov promise, 1 Nov next step, 2 Feb conflict, 12 Jan limit"},
      {"lohja type:customer", "Lohja Steel"},
      {"lohja -type:disclosure date:2026-11-17", "17 Nov offer note"},
      {"offer", "10 Nov promise"},
      {"nothing", ""},
      {"budget or sailing", "20 Nov disclosure, 20 Nov video, 18 Nov disclosure, 1 Mar phone"},
      {"budget stage:1", "20 Nov disclosure, 20 Nov video"},
      {"budget stage:0", "20 Nov video"}, /* Liisa was there too */
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *found = find_search(&world, rows[i].filter, 0);
    if (strcmp(found, rows[i].found) != 0)
      fail_msg("%s finds “%s”, not “%s”", rows[i].filter, found, rows[i].found);
    free(found);
  }
}

struct found_ids {
  RP_VEC(struct rp_id) ids;
};

static bool add_found(void *data, const struct rp_row *row, const struct rp_record *record) {
  (void)record;
  *rp_vec_add(&((struct found_ids *)data)->ids) = row->id;
  return true;
}

/* ---- all that the language can say --------------------------------------------------------------------------------
 */

struct known {
  struct rp_id id;
  enum rp_type type;
  char *name; /* folded, of people and companies whose own names and companies let them through; NULL: others */
  bool own;   /* their own names alone do */
  rp_date date;
  int64_t place;
};
typedef RP_VEC(struct known) knowns;

/* A filter with all that is no word taken as it may be, of a text. */
static bool text_holds(void *data, const struct rp_filter_term *term) {
  const char *text = data;
  if (!term->is_text || term->negated)
    return !term->negated;
  size_t length = strlen(term->text);
  for (const char *at = strstr(text, term->text); at != NULL; at = strstr(at + 1, term->text)) {
    bool begins = at == text || strchr(" \n-", at[-1]) != NULL;
    bool ends = term->prefix || strchr(" \n-", at[length]) != NULL;
    if (begins && ends)
      return true;
  }
  return false;
}

static char *names_of(const struct rp_record *record) {
  struct rp_str names = {0};
  const char *name = rp_record_name(record);
  rp_utf8_fold(name, strlen(name), &names);
  if (record->type == RP_TYPE_CONTACT) {
    struct rp_id customer = rp_record_ref(record, RP_CONTACT_CUSTOMER);
    rp_str_addf(&names, "\n%s", rp_store_name_by_id(world.base.store, &customer)->fold);
  }
  rp_str_addc(&names, '\n');
  return rp_str_take(&names);
}

struct expecting {
  const char *text;
  struct rp_filter *filter;
  knowns all;
};

static bool expect_record(void *data, const struct rp_row *row, const struct rp_record *record) {
  struct expecting *expecting = data;
  if (record->type == RP_TYPE_RELATIONSHIP) /* it stands beside its person */
    return true;
  struct known *known = rp_vec_add(&expecting->all);
  *known = (struct known){.id = row->id, .type = row->type, .date = row->date};
  assert_ok(rp_store_search_place(world.base.store, &row->id, &known->place, err));
  if (record->type != RP_TYPE_CONTACT && record->type != RP_TYPE_CUSTOMER)
    return true;
  char *names = names_of(record);
  if (rp_filter_match(expecting->filter, text_holds, names)) {
    struct rp_str fold = {0};
    rp_utf8_fold(rp_record_name(record), strlen(rp_record_name(record)), &fold);
    known->own = rp_filter_match(expecting->filter, text_holds, fold.data);
    known->name = rp_str_take(&fold);
  }
  free(names);
  return true;
}

static int compare_known(const void *a, const void *b) {
  const struct known *x = a;
  const struct known *y = b;
  if (x->name != NULL && y->name != NULL && x->own != y->own)
    return x->own ? -1 : 1;
  if (x->name != NULL && y->name != NULL)
    return strcmp(x->name, y->name);
  if (x->name != NULL || y->name != NULL)
    return x->name != NULL ? -1 : 1;
  if (x->date != y->date)
    return x->date == RP_DATE_NONE || (y->date != RP_DATE_NONE && x->date > y->date) ? -1 : 1;
  if (x->place != y->place)
    return x->place > y->place ? -1 : 1;
  return rp_id_compare(&y->id, &x->id);
}

static void expecting_fini(struct expecting *expecting) {
  for (size_t i = 0; i < expecting->all.count; i++)
    free(expecting->all.items[i].name);
  rp_vec_fini(&expecting->all);
  rp_filter_free(expecting->filter);
}

/* A search finds what the filter lets through when all records are looked at, in the order of searches. */
static size_t assert_search(const char *filter) {
  struct expecting expecting = {.text = filter};
  assert_ok(rp_filter_parse(filter, strlen(filter), world.journal->today, &expecting.filter, err));
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    assert_ok(rp_journal_list(world.journal, (enum rp_type)type, filter, 0, expect_record, &expecting, err));
  rp_mem_sort(expecting.all.items, expecting.all.count, sizeof *expecting.all.items, compare_known);
  static const long limits[] = {0, 1, 2, 5};
  size_t count = expecting.all.count;
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    struct found_ids found = {0};
    size_t wanted = limits[i] != 0 && (size_t)limits[i] < count ? (size_t)limits[i] : count;
    assert_ok(rp_journal_search(world.journal, filter, limits[i], add_found, &found, err));
    if (found.ids.count != wanted)
      fail_msg("%s finds %zu, not %zu", filter, found.ids.count, wanted);
    for (size_t j = 0; j < wanted; j++) {
      if (!rp_id_equal(&found.ids.items[j], &expecting.all.items[j].id))
        fail_msg("%s finds another at %zu of %zu", filter, j, wanted);
    }
    rp_vec_fini(&found.ids);
  }
  expecting_fini(&expecting);
  return count;
}

static void search__finds_what_the_filter_lets_through(void **state) {
  (void)state;
  /* names, names that are also in texts, words of texts, numbers, phrases, what no index knows */
  static const char *const terms[] = {
      "liisa", "maija", "orjan",          "Ørjan",         "aho",    "lohja", "s", "budget",       "draw", "sailing",
      "42",    "3",     "\"the budget\"", "\"liisa aho\"", "nobody", "sea",   "v", "\"42 steel\"", "oona"};
  static const char *const forms[] = {"%s",
                                      "%s %s",
                                      "%s or %s",
                                      "%s -%s",
                                      "%s (%s or %s)",
                                      "(%s or %s) %s",
                                      "(%s %s) or %s",
                                      "%s -(%s or %s)",
                                      "%s or -%s %s",
                                      "(%s or type:promise) %s",
                                      "%s type:interaction (%s or %s)",
                                      "%s (%s or (%s -%s))",
                                      "(%s or %s) (%s or %s)",
                                      "%s stage:1 or %s"};
  static const char *const more[] = {
      "{\"type\":\"customer\",\"id\":\"c4\",\"name\":\"Ørsted 42 Steel-Works\"}",
      "{\"type\":\"contact\",\"id\":\"p6\",\"name\":\"Søren Ørjan Liisanantti\",\"customer\":\"c4\",\"title\":\"sailing "
      "master\"}",
      "{\"type\":\"relationship\",\"id\":\"r7\",\"salesperson\":\"s1\",\"contact\":\"p6\"}",
      "{\"type\":\"theme_note\",\"id\":\"h1\",\"customer\":\"c4\",\"theme\":\"concerns\",\"date\":\"2026-11-03\",\"text\":"
      "\"42 pumps & a budget\"}",
      NULL};
  journal_world_put(&world, more);
  journal_note(&world, "Maija: Liisa Aho told of the budget, 3 days\n< b1 needs: Lohja wants sailing lessons");
  journal_note(&world, "Pekka 2026-11-02: about Maija and her drawings");
  journal_note(&world, "Pekka, Maija 2026-11-02: the same day, a second call");
  journal_note(&world, "Søren 2026-11-02: 42 drawings by Örjan");
  enum { TERMS = sizeof terms / sizeof *terms };
  size_t asked = 0, found = 0;
  for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
    for (size_t i = 0; i < TERMS * 12; i++, asked++) {
      /* each term in the first place, with others that are not always the same */
      char *filter = rp_str_format(forms[form], terms[i % TERMS], terms[(i / TERMS * 7 + i * 3 + 1) % TERMS],
                                   terms[(i / TERMS * 5 + i + 6) % TERMS], terms[(i / TERMS + i * 7 + 3) % TERMS]);
      found += assert_search(filter) > 0;
      free(filter);
    }
  }
  assert_true(found > asked / 3);
  static const char *const others[] = {"maija &",    "& budget",       "(& or budget) maija",  "42 (& or budget)",
                                       "pumps &",    "liisa -&",       "s (maija or -budget)", "\"steel-works\"",
                                       "ors ørsted", "steel (a or b)", "budg \"42 pumps\""};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    assert_search(others[i]);
}

/* `word (this or that)` about somebody called so. */
static void search__brackets_beside_a_name(void **state) {
  (void)state;
  static const struct {
    const char *filter, *found;
  } rows[] = {
      {"maija (offer or nothing)", "10 Nov promise"},
      {"(offer or budget) maija", "20 Nov disclosure, 20 Nov video, 10 Nov promise"},
      {"MAIJA (offer or roadmap)", "20 Nov disclosure, 10 Nov promise"},
      {"\"maija virtanen\" (offer or roadmap)", "20 Nov disclosure, 10 Nov promise"},
      {"örjan (sailing or call)", "10 Nov promise, 1 Mar phone"},
      {"orjan (sailing or call)", "10 Nov promise, 1 Mar phone"},
      {"(örjan or liisa) sailing", "18 Nov disclosure, 1 Mar phone"},
      {"(örjan or liisa) (sailing or draw)", "18 Nov disclosure, 10 Nov promise, 1 Mar phone"},
      {"lohja (budget or sailing) -type:interaction", "18 Nov disclosure"},
      {"maija (offer or (budget -actuators))", "20 Nov video, 10 Nov promise"},
      {"maija -(offer or budget or type:evaluation or roadmap)", MAIJA ", 21 Nov next step, 12 Jan limit"},
      {"liisa or örjan type:contact",
       LIISA ", " ORJAN ", 20 Nov video, 18 Nov disclosure, 10 Nov promise, 1 Nov next step, "
             "2 Feb conflict, 12 Jan limit"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *found = find_search(&world, rows[i].filter, 0);
    if (strcmp(found, rows[i].found) != 0)
      fail_msg("%s finds “%s”, not “%s”", rows[i].filter, found, rows[i].found);
    free(found);
  }
}

/* A relationship is found beside its person only by what it says itself, and where it is asked for. */
static void search__relationships_of_their_own_words(void **state) {
  (void)state;
  static const char *const more[] = {
      "{\"type\":\"relationship\",\"id\":\"r8\",\"salesperson\":\"s2\",\"contact\":\"p4\",\"purpose\":\"frame agreement\"}",
      NULL};
  journal_world_put(&world, more);
  static const struct {
    const char *filter;
    int count;
  } rows[] = {{"liisa", 0},
              {"frame", 1},
              {"liisa frame", 1},
              {"liisa (frame or offer)", 1},
              {"liisa or frame", 1},
              {"type:relationship", 7},
              {"liisa type:relationship", 2}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct found_ids found = {0};
    int count = 0;
    assert_ok(rp_journal_search(world.journal, rows[i].filter, 0, add_found, &found, err));
    for (size_t j = 0; j < found.ids.count; j++) {
      struct rp_record *record;
      assert_ok(rp_store_get(world.base.store, &found.ids.items[j], &record, err));
      count += record->type == RP_TYPE_RELATIONSHIP;
      rp_record_free(record);
    }
    if (count != rows[i].count)
      fail_msg("%s finds %d relationships, not %d", rows[i].filter, count, rows[i].count);
    rp_vec_fini(&found.ids);
  }
}

/* What was weighed is found by the note beside it, as by any other text. */
static void search__notes_of_an_evaluation(void **state) {
  (void)state;
  static const char *const more[] = {
      "{\"type\":\"evaluation\",\"id\":\"e3\",\"relationship\":\"r2\",\"date\":\"2026-11-21\",\"viewpoint\":\"own\",\"items\":[{"
      "\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3,\"note\":\"rang back at once\"}]}",
      NULL};
  journal_world_put(&world, more);
  char *found = find_search(&world, "rang", 0);
  assert_string_equal(found, "21 Nov evaluation (own)");
  free(found);
  found = find_search(&world, "pekka (rang or wrote)", 0);
  assert_string_equal(found, "21 Nov evaluation (own)");
  free(found);
}

static void search__without_words_newest_first(void **state) {
  (void)state;
  char *found = find_search(&world, "type:interaction or type:promise or type:offer_note", 0);
  assert_string_equal(found, "20 Nov video, 19 Nov email, 17 Nov offer note, 10 Nov question, 10 Nov promise, 10 Nov "
                             "promise, 10 Nov promise, 1 Mar phone");
  free(found);
  found = find_search(&world, "type:interaction or type:promise or type:offer_note", 3);
  assert_string_equal(found, "20 Nov video, 19 Nov email, 17 Nov offer note");
  free(found);
  found = find_search(&world, "type:customer or type:interaction", 4);
  assert_string_equal(found, "Åbo Pumpar Ab, Lohja Steel, Saimaa Valves Oy, 20 Nov video");
  free(found);
  found = find_search(&world, "stage:1", 0);
  assert_string_equal(found, "Saimaa Valves Oy, Maija Virtanen, Maija Virtanen, 21 Nov next step, 20 Nov video, 20 Nov "
                             "disclosure, 20 Nov disclosure, 20 Nov evaluation (own), 10 Nov promise, 12 Jan limit");
  free(found);
}

/* Before the names are read: what has the words itself, and nothing is read for it but what is shown. */
static void search__early_by_texts_alone(void **state) {
  (void)state;
  static const char *const more[] = {"{\"type\":\"customer\",\"id\":\"c9\",\"name\":\"Liisan Kone & Putki\"}", NULL};
  static const struct {
    const char *filter, *found; /* NULL: it asks for more than words */
  } rows[] = {
      {"liisa", "Liisan Kone & Putki, Liisa Aho"},
      {"liisa aho", "Liisa Aho"},
      {"budget", "20 Nov disclosure, 20 Nov video"},
      {"budget actuators", "20 Nov disclosure"},
      {"(actuators or drawings) b", "20 Nov disclosure"},
      {"sailing liisa", ""}, /* who it is about is known later */
      {"nothing", ""},
      {"budget -actuators", NULL},
      {"liisa type:contact", NULL},
      {"stage:1", NULL},
      {"", NULL},
      {"&", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_str found = {0};
    bool told;
    journal_world_put(&world, more); /* what was read is not of now any more */
    assert_ok(rp_journal_search_early(world.journal, rows[i].filter, 50, find_add_title, &found, &told, err));
    assert_int_equal(told, rows[i].found != NULL);
    if (strcmp(rp_str_text(&found), told ? rows[i].found : "") != 0)
      fail_msg("%s finds “%s” early", rows[i].filter, rp_str_text(&found));
    assert_false(rp_store_names_ready(world.base.store));
    rp_str_fini(&found);
  }
  /* What an early search knows is not taken for all there is. */
  char *found = find_search(&world, "sailing liisa", 0);
  assert_string_equal(found, "18 Nov disclosure");
  free(found);
  found = find_search(&world, "liisa tag:vip type:contact", 0);
  assert_string_equal(found, LIISA);
  free(found);
}

static bool first_only(void *data, const struct rp_row *row, const struct rp_record *record) {
  int *count = data;
  (void)row;
  (void)record;
  ++*count;
  return false;
}

static void search__stops_when_told(void **state) {
  (void)state;
  static const char *const filters[] = {"budget", "type:interaction", ""};
  for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
    int count = 0;
    assert_ok(rp_journal_search(world.journal, filters[i], 0, first_only, &count, err));
    assert_int_equal(count, 1);
    char *found = find_search(&world, filters[i], 1);
    assert_null(strstr(found, ", "));
    free(found);
  }
}

struct row_check {
  const char *record, *relationship;
  bool seen;
};

static bool check_row(void *data, const struct rp_row *row, const struct rp_record *record) {
  struct row_check *check = data;
  struct rp_id wanted = world_id(check->record);
  (void)record;
  if (!rp_id_equal(&row->id, &wanted))
    return true;
  struct rp_id relationship = world_id(check->relationship);
  assert_true(rp_id_equal(&row->relationship, &relationship));
  assert_true(row->detail[0] != '\0');
  check->seen = true;
  return true;
}

static void search__rows_know_their_relationship(void **state) {
  (void)state;
  static const char *const pairs[][2] = {{"d3", "r4"}, {"i2", "r3"}, {"p2", "r2"}, {"r6", "r6"}, {"o1", "r1"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    struct row_check check = {.record = pairs[i][0], .relationship = pairs[i][1]};
    assert_ok(rp_journal_search(world.journal, "", 0, check_row, &check, err));
    assert_true(check.seen);
    check.seen = false;
    assert_ok(rp_journal_search(world.journal, "status:active or -status:active", 0, check_row, &check, err));
    assert_true(check.seen);
  }
}

/* Many are called so: also what is about somebody else is found among them. */
static void search__of_many_people(void **state) {
  (void)state;
  static const char *const filters[] = {
      "testi",       "testi or liisa",         "testi -0007",    "testi (0001 or 0002)",
      "testi liisa", "testi type:interaction", "testi or örjan", "(testi or liisa) date:2026-11-18"};
  find_put_many(&world);
  for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
    assert_search(filters[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(search__words),
      JOURNAL_TEST(search__finds_what_the_filter_lets_through),
      JOURNAL_TEST(search__brackets_beside_a_name),
      JOURNAL_TEST(search__relationships_of_their_own_words),
      JOURNAL_TEST(search__notes_of_an_evaluation),
      JOURNAL_TEST(search__without_words_newest_first),
      JOURNAL_TEST(search__early_by_texts_alone),
      JOURNAL_TEST(search__stops_when_told),
      JOURNAL_TEST(search__rows_know_their_relationship),
      JOURNAL_TEST(search__of_many_people),
  };
  return cmocka_run_group_tests_name("find_search", tests, NULL, NULL);
}
