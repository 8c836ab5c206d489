/* The sample journal: what must occur in it, that it is always the same, and that one could believe it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rapport/demo.h"
#include "rapport/journal.h"
#include "rapport/rules_file.h"
#include "temp_folder.h"

static char *folder;
static struct rp_clock clock_fixed = {.fixed = true};
static int opened;

static struct rp_store *open_new(void) {
  struct rp_err err;
  struct rp_store *store = NULL;
  char *path = rp_str_format("%s/%d.db", folder, opened++);
  struct rp_store_options options = {.create = true, .clock = &clock_fixed, .backup_folder = folder};
  if (rp_store_open(path, &options, &store, &err) != RP_OK)
    fail_msg("%s", err.text);
  free(path);
  return store;
}

static struct rp_demo_options options_of(int people, int years, const char *today) {
  struct rp_demo_options options = {people, years, RP_DATE_NONE};
  assert_int_equal(rp_date_parse(today, &options.today, NULL), RP_OK);
  clock_fixed.when = (struct rp_when){options.today, 9 * 60};
  return options;
}

static struct rp_store *filled(const struct rp_demo_options *options) {
  struct rp_err err;
  struct rp_store *store = open_new();
  if (rp_demo_fill(store, options, &err) != RP_OK)
    fail_msg("%s", err.text);
  return store;
}

static void each(struct rp_store *store, enum rp_type type, bool (*visit)(void *data, const struct rp_record *record),
                 void *data) {
  struct rp_store_query query = {.type = type, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  assert_int_equal(rp_store_each(store, &query, visit, data, NULL), RP_OK);
}

static int64_t count(struct rp_store *store, enum rp_type type) {
  int64_t number = -1;
  assert_int_equal(rp_store_count(store, type, &number, NULL), RP_OK);
  return number;
}

/* ---- what occurs ------------------------------------------------------------------------------------------------- */

#define SUGGESTIONS 31

struct seen {
  struct rp_journal *journal;
  int stages[RP_STAGE_COUNT], directions[RP_DIRECTION_COUNT], statuses[RP_RELATIONSHIP_STATUS_COUNT];
  int flags[RP_FLAG_COUNT], business_only, suggestions[SUGGESTIONS + 1], holds[RP_HOLD_STATE_COUNT];
  int boundaries[RP_PARTY_COUNT], reasons[RP_BOUNDARY_REASON_COUNT], rules[RP_RULE_COUNT], silent_about_people;
};

static bool see(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct seen *seen = data;
  seen->stages[assessment->stage]++;
  seen->directions[assessment->direction]++;
  seen->statuses[assessment->status]++;
  seen->business_only += assessment->business_only;
  for (int flag = 0; flag < RP_FLAG_COUNT; flag++)
    seen->flags[flag] += (int)(assessment->flags >> flag & 1);
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    const struct rp_suggested *suggested = &assessment->suggestions[i];
    seen->suggestions[strtol(seen->journal->rules.suggestions[suggested->suggestion].id + 1, NULL, 10)]++;
    if (suggested->hold != RP_CODE_NONE)
      seen->holds[suggested->hold]++;
  }
  for (size_t i = 0; i < assessment->change_count; i++)
    seen->rules[assessment->changes[i].rule]++;
  for (size_t i = 0; i < dyad->history.boundary_count; i++) {
    seen->boundaries[dyad->history.boundaries[i].owner]++;
    seen->reasons[dyad->history.boundaries[i].reason]++;
  }
  seen->silent_about_people += !rp_person_is_derived(&dyad->history);
  return true;
}

static void assert_all(const int *counts, int number, int first, const char *what) {
  for (int i = first; i < number; i++) {
    if (counts[i] == 0)
      fail_msg("%s %d does not occur", what, i);
  }
}

static void demo__standard_shows_everything(void **state) {
  (void)state;
  static const char *const days[] = {"2026-11-20", "2026-11-22", "2027-01-01", "2028-02-29", "2026-07-15"};
  for (size_t day = 0; day < sizeof days / sizeof days[0]; day++) {
    struct rp_demo_options options = options_of(RP_DEMO_PEOPLE, RP_DEMO_YEARS, days[day]);
    struct rp_rules rules;
    struct seen seen = {0};
    rp_rules_file_shipped(&rules);
    assert_int_equal(rp_journal_new(filled(&options), &rules, &clock_fixed, RP_DATE_NONE, &seen.journal, NULL), RP_OK);
    assert_int_equal(rp_journal_each(seen.journal, see, &seen, NULL), RP_OK);
    print_message("on %s\n", days[day]);
    assert_all(seen.stages, RP_STAGE_COUNT, 0, "stage");
    assert_all(seen.directions, RP_DIRECTION_COUNT, 0, "direction");
    assert_all(seen.statuses, RP_RELATIONSHIP_STATUS_COUNT, 0, "status");
    assert_all(seen.flags, RP_FLAG_COUNT, 0, "flag");
    assert_all(seen.boundaries, RP_PARTY_COUNT, 0, "boundary of party");
    assert_all(seen.suggestions, SUGGESTIONS + 1, 1, "suggestion");
    assert_all(seen.holds, RP_HOLD_STATE_COUNT, 0, "hold");
    assert_true(seen.business_only > 0);
    static const enum rp_rule changes[] = {RP_RULE_U1, RP_RULE_U2, RP_RULE_U2B, RP_RULE_U3,
                                           RP_RULE_D1, RP_RULE_D3, RP_RULE_D4};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
      assert_true(seen.rules[changes[i]] > 0);
    for (int reason = 0; reason < RP_BOUNDARY_REASON_COUNT; reason++)
      assert_true(seen.reasons[reason] > 0 || reason == RP_BOUNDARY_REASON_UNKNOWN);
    assert_int_equal(seen.silent_about_people, 2);
    rp_journal_free(seen.journal);
  }
}

struct codes {
  int channels[RP_CHANNEL_COUNT], phases[RP_PHASE_COUNT], touchpoints[RP_TOUCHPOINT_COUNT], themes[RP_THEME_COUNT],
      cues[RP_CUE_COUNT], outcomes[RP_OUTCOME_COUNT];
};

static bool see_codes(void *data, const struct rp_record *record) {
  struct codes *codes = data;
  int touchpoint = rp_record_code(record, RP_INTERACTION_TOUCHPOINT);
  int outcome = rp_record_code(record, RP_INTERACTION_OUTCOME);
  int phase = rp_record_code(record, RP_INTERACTION_PHASE);
  codes->channels[rp_record_code(record, RP_INTERACTION_CHANNEL)]++;
  if (phase != RP_CODE_NONE)
    codes->phases[phase]++;
  if (touchpoint != RP_CODE_NONE)
    codes->touchpoints[touchpoint]++;
  if (outcome != RP_CODE_NONE)
    codes->outcomes[outcome]++;
  for (size_t i = 0; i < record->values[RP_INTERACTION_THEMES].codes.count; i++)
    codes->themes[record->values[RP_INTERACTION_THEMES].codes.items[i]]++;
  for (size_t i = 0; i < record->values[RP_INTERACTION_CUES].codes.count; i++)
    codes->cues[record->values[RP_INTERACTION_CUES].codes.items[i]]++;
  return true;
}

static void demo__meetings_use_the_vocabularies(void **state) {
  (void)state;
  struct rp_demo_options options = options_of(RP_DEMO_PEOPLE, RP_DEMO_YEARS, "2026-11-20");
  struct rp_store *store = filled(&options);
  struct codes codes = {0};
  each(store, RP_TYPE_INTERACTION, see_codes, &codes);
  for (int channel = 0; channel < RP_CHANNEL_COUNT; channel++)
    assert_true(codes.channels[channel] > 0 || channel == RP_CHANNEL_POST);
  assert_all(codes.phases, RP_PHASE_COUNT, 0, "phase");
  for (int touchpoint = 0; touchpoint < RP_TOUCHPOINT_COUNT; touchpoint++)
    assert_true(codes.touchpoints[touchpoint] > 0 || touchpoint == RP_TOUCHPOINT_RETURN ||
                touchpoint == RP_TOUCHPOINT_SOCIAL_MEDIA);
  assert_all(codes.cues, RP_CUE_COUNT, 0, "cue");
  assert_all(codes.outcomes, RP_OUTCOME_COUNT, 0, "outcome");
  rp_store_close(store);
}

/* ---- always the same --------------------------------------------------------------------------------------------- */

static bool add_json(void *data, const struct rp_record *record) {
  json_t *object = rp_record_to_json(record);
  char *line = json_dumps(object, JSON_COMPACT);
  rp_str_add(data, line);
  rp_str_addc(data, '\n');
  free(line);
  json_decref(object);
  return true;
}

static char *everything(struct rp_store *store) {
  struct rp_str out = {0};
  each(store, RP_TYPE_NONE, add_json, &out);
  return rp_str_take(&out);
}

static void demo__is_the_same_whatever_the_clock(void **state) {
  (void)state;
  struct rp_demo_options options = options_of(RP_DEMO_PEOPLE + 5, 2, "2026-11-20");
  struct rp_store *first = filled(&options);
  clock_fixed.when = (struct rp_when){options.today + 400, 3};
  struct rp_store *second = filled(&options);
  char *a = everything(first), *b = everything(second);
  assert_true(strlen(a) > 100000);
  assert_string_equal(a, b);
  free(a);
  free(b);
  rp_store_close(first);
  rp_store_close(second);
}

/* ---- could one believe it ---------------------------------------------------------------------------------------- */

struct bounds {
  const struct rp_demo_options *options;
  rp_date first;
  int weekends, planned_today, planned_ahead;
};

static bool check_bounds(void *data, const struct rp_record *record) {
  struct bounds *bounds = data;
  rp_date today = bounds->options->today;
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  assert_true(record->created == record->changed && record->created > 0);
  assert_true(record->created / 86400000 <= today);
  if (when < 0 || record->type == RP_TYPE_NEXT_STEP)
    return true;
  rp_date date = rp_record_date(record, when);
  assert_true(date >= bounds->first);
  if (record->type == RP_TYPE_INTERACTION && rp_record_bool(record, RP_INTERACTION_PLANNED)) {
    assert_true(date >= today);
    assert_true(record->values[RP_INTERACTION_AT].when.minute != RP_MINUTE_NONE);
    bounds->planned_today += date == today;
    bounds->planned_ahead += date > today;
    return true;
  }
  assert_true(date < today);
  if (record->type == RP_TYPE_INTERACTION) {
    struct rp_civil civil = rp_date_civil(date);
    bounds->weekends += rp_date_weekday(date) > 4;
    assert_false(civil.month == 12 && civil.day >= 24 && civil.day <= 26);
  }
  return true;
}

static void demo__dates_are_those_of_working_life(void **state) {
  (void)state;
  static const char *const days[] = {"2026-11-20", "2026-11-22", "2026-12-27", "2028-03-01"};
  for (size_t day = 0; day < sizeof days / sizeof days[0]; day++) {
    struct rp_demo_options options = options_of(RP_DEMO_PEOPLE, RP_DEMO_YEARS, days[day]);
    struct rp_store *store = filled(&options);
    struct bounds bounds = {.options = &options, .first = options.today - options.years * 366};
    each(store, RP_TYPE_NONE, check_bounds, &bounds);
    assert_int_equal(bounds.weekends, 0);
    assert_true(bounds.planned_today >= 2);
    assert_true(bounds.planned_ahead >= 4);
    rp_store_close(store);
  }
}

/* Every text of a relationship, to find one that is there twice. */
struct texts {
  RP_VEC(char *) items;
};

static bool gather_texts(void *data, const struct rp_record *record) {
  struct texts *texts = data;
  char id[RP_ID_TEXT_SIZE];
  if (record->type == RP_TYPE_INTERACTION) {
    const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
    const struct rp_value *salespeople = &record->values[RP_INTERACTION_SALESPEOPLE];
    const char *summary = rp_record_text(record, RP_INTERACTION_SUMMARY);
    if (summary != NULL)
      *rp_vec_add(&texts->items) = rp_str_format("%s %d %s", rp_id_format(&contacts->ids.items[0], id),
                                                 (int)salespeople->ids.items[0].bytes[15], summary);
  } else {
    struct rp_id relationship = rp_record_ref(record, RP_DISCLOSURE_RELATIONSHIP);
    const char *text = rp_record_text(record, RP_DISCLOSURE_TEXT);
    if (text != NULL)
      *rp_vec_add(&texts->items) = rp_str_format("%s %s", rp_id_format(&relationship, id), text);
  }
  return true;
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void demo__nobody_hears_the_same_sentence_twice(void **state) {
  (void)state;
  struct rp_demo_options options = options_of(RP_DEMO_PEOPLE, RP_DEMO_YEARS, "2026-11-20");
  struct rp_store *store = filled(&options);
  static const enum rp_type types[] = {RP_TYPE_INTERACTION, RP_TYPE_DISCLOSURE};
  for (size_t type = 0; type < sizeof types / sizeof types[0]; type++) {
    struct texts texts = {0};
    each(store, types[type], gather_texts, &texts);
    qsort(texts.items.items, texts.items.count, sizeof *texts.items.items, compare_texts);
    int with_text = 0;
    for (size_t i = 0; i < texts.items.count; i++) {
      with_text++;
      if (i > 0 && strcmp(texts.items.items[i - 1], texts.items.items[i]) == 0)
        fail_msg("twice: %s", texts.items.items[i]);
      assert_null(strchr(texts.items.items[i], '{'));
    }
    assert_true(with_text > 500);
    for (size_t i = 0; i < texts.items.count; i++)
      free(texts.items.items[i]);
    rp_vec_fini(&texts.items);
  }
  rp_store_close(store);
}

static bool check_contact(void *data, const struct rp_record *record) {
  int *birthdays = data;
  const struct rp_value *emails = &record->values[RP_CONTACT_EMAILS];
  const char *mail = emails->lines.items[0];
  assert_true(strlen(mail) > 8 && strcmp(mail + strlen(mail) - 8, ".example") == 0);
  for (const char *at = mail; *at != '\0'; at++)
    assert_true((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || strchr("@.-", *at) != NULL);
  assert_non_null(rp_record_text(record, RP_CONTACT_TITLE));
  *birthdays += record->values[RP_CONTACT_BIRTHDAY].set;
  return true;
}

static void demo__people_have_addresses_of_nobody(void **state) {
  (void)state;
  struct rp_demo_options options = options_of(RP_DEMO_PEOPLE + 200, 1, "2026-11-20");
  struct rp_store *store = filled(&options);
  int birthdays = 0;
  each(store, RP_TYPE_CONTACT, check_contact, &birthdays);
  assert_true(birthdays >= 8);
  rp_store_close(store);
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

static void add_sentence(void *data, const char *sentence) {
  (void)data;
  print_message("%s\n", sentence);
}

static void demo__any_size(void **state) {
  (void)state;
  static const struct {
    int people, years, customers_least, customers_most;
  } sizes[] = {{1, 3, 1, 1}, {5, 3, 1, 2}, {60, 1, 24, 24}, {60, 3, 24, 24}, {1000, 1, 300, 500}, {61, 10, 25, 25}};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    struct rp_demo_options options = options_of(sizes[i].people, sizes[i].years, "2026-11-20");
    struct rp_store *store = filled(&options);
    assert_int_equal(count(store, RP_TYPE_CONTACT), sizes[i].people);
    assert_in_range(count(store, RP_TYPE_CUSTOMER), sizes[i].customers_least, sizes[i].customers_most);
    struct bounds bounds = {.options = &options, .first = options.today - options.years * 366};
    each(store, RP_TYPE_NONE, check_bounds, &bounds);
    assert_int_equal(rp_store_check(store, add_sentence, NULL, NULL), RP_OK);
    rp_store_close(store);
  }
}

static void demo__options_out_of_range_refused(void **state) {
  (void)state;
  static const struct { int people, years; } sizes[] = {{0, 3}, {100001, 3}, {60, 0}, {60, 31}, {-1, -1}};
  struct rp_store *store = open_new();
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    struct rp_demo_options options = options_of(sizes[i].people, sizes[i].years, "2026-11-20");
    struct rp_err err;
    assert_int_equal(rp_demo_fill(store, &options, &err), RP_EUSAGE);
    assert_non_null(strstr(err.text, "allowed are 1 to"));
  }
  assert_int_equal(count(store, RP_TYPE_NONE), 0);
  assert_false(rp_demo_is(store));
  rp_store_close(store);
}

/* ---- the mark ---------------------------------------------------------------------------------------------------- */

static void demo_is__only_what_was_filled(void **state) {
  (void)state;
  struct rp_demo_options options = options_of(3, 1, "2026-11-20");
  struct rp_store *store = filled(&options);
  assert_true(rp_demo_is(store));
  rp_store_close(store);
  store = open_new();
  assert_false(rp_demo_is(store));
  rp_store_close(store);
}

static void demo__journal_with_records_is_left_alone(void **state) {
  (void)state;
  struct rp_demo_options options = options_of(3, 1, "2026-11-20");
  struct rp_store *store = open_new();
  struct rp_record *record = rp_record_new(RP_TYPE_SALESPERSON);
  struct rp_err err;
  rp_record_set_text(record, RP_SALESPERSON_NAME, "Åsa Öhman");
  assert_int_equal(rp_store_begin(store, "a first name", NULL), RP_OK);
  assert_int_equal(rp_store_put(store, record, 0, NULL), RP_OK);
  assert_int_equal(rp_store_commit(store, NULL), RP_OK);
  rp_record_free(record);
  assert_int_equal(rp_demo_fill(store, &options, &err), RP_EREFUSED);
  assert_int_equal(count(store, RP_TYPE_NONE), 1);
  assert_false(rp_demo_is(store));
  rp_store_close(store);
}

static void demo__is_not_undone(void **state) {
  (void)state;
  struct rp_demo_options options = options_of(12, 2, "2026-11-20");
  struct rp_store *store = filled(&options);
  char *label = NULL;
  assert_true(count(store, RP_TYPE_INTERACTION) > 100);
  assert_int_equal(rp_store_undo(store, &label, NULL), RP_OK);
  assert_null(label);
  assert_true(count(store, RP_TYPE_INTERACTION) > 100);
  rp_store_close(store);
}

static int set_up(void **state) {
  (void)state;
  folder = temp_folder_make();
  return folder == NULL ? -1 : 0;
}

static int tear_down(void **state) {
  (void)state;
  return temp_folder_remove(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(demo__standard_shows_everything),
      cmocka_unit_test(demo__meetings_use_the_vocabularies),
      cmocka_unit_test(demo__is_the_same_whatever_the_clock),
      cmocka_unit_test(demo__dates_are_those_of_working_life),
      cmocka_unit_test(demo__nobody_hears_the_same_sentence_twice),
      cmocka_unit_test(demo__people_have_addresses_of_nobody),
      cmocka_unit_test(demo__any_size),
      cmocka_unit_test(demo__options_out_of_range_refused),
      cmocka_unit_test(demo_is__only_what_was_filled),
      cmocka_unit_test(demo__journal_with_records_is_left_alone),
      cmocka_unit_test(demo__is_not_undone),
  };
  return cmocka_run_group_tests_name("demo", tests, set_up, tear_down);
}
