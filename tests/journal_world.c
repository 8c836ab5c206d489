#include "journal_world.h"

#include <stdlib.h>
#include <string.h>

#include "default_rules.h"

const char *const journal_people[] = {
    "{\"type\":\"salesperson\",\"id\":\"s1\",\"name\":\"Anna Laine\",\"me\":true}",
    "{\"type\":\"salesperson\",\"id\":\"s2\",\"name\":\"Erik Strand\"}",
    "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
    "{\"type\":\"customer\",\"id\":\"c2\",\"name\":\"Åbo Pumpar Ab\"}",
    "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\"}",
    "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Pekka Salo\",\"customer\":\"c1\"}",
    "{\"type\":\"contact\",\"id\":\"p3\",\"name\":\"Örjan Ålander\",\"customer\":\"c2\"}",
    "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\"}",
    "{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s1\",\"contact\":\"p2\"}",
    "{\"type\":\"relationship\",\"id\":\"r3\",\"salesperson\":\"s1\",\"contact\":\"p3\"}",
    NULL,
};

rp_date day(const char *iso) {
  rp_date date;
  assert_ok(rp_date_parse(iso, &date, err));
  return date;
}

void journal_world_init(struct journal_world *world, const char *const *lines) {
  struct rp_rules rules;
  world_init(&world->base, 1);
  world->base.clock.when = (struct rp_when){.date = day("2026-11-22"), .minute = 9 * 60 + 30};
  world_put_lines(world->base.store, journal_people);
  default_rules(&rules);
  assert_ok(rp_journal_new(world->base.store, &rules, &world->base.clock, RP_DATE_NONE, &world->journal, err));
  if (lines != NULL)
    journal_world_put(world, lines);
}

void journal_world_fini(struct journal_world *world) {
  world_is_sound(world->base.store);
  world->base.store = NULL; /* the journal's */
  rp_journal_free(world->journal);
  world_fini(&world->base);
}

void journal_world_put(struct journal_world *world, const char *const *lines) {
  world_put_lines(world->base.store, lines);
}

void journal_world_set_today(struct journal_world *world, rp_date today) {
  world->base.clock.when.date = today;
  world->journal->today = today;
  world->journal->as_of = today;
}

/* ---- notes ------------------------------------------------------------------------------------------------------- */

struct rp_log *journal_log(struct journal_world *world, const char *text) {
  const struct rp_log_options options = {0};
  struct rp_log *log = NULL;
  assert_ok(rp_journal_log(world->journal, text, strlen(text), &options, &log, err));
  assert_false(log->needs_create);
  return log;
}

void journal_note(struct journal_world *world, const char *text) {
  rp_log_free(journal_log(world, text));
}

struct rp_id journal_meeting(struct journal_world *world, const char *text) {
  struct rp_log *log = journal_log(world, text);
  struct rp_id id = {{0}};
  for (size_t i = 0; i < log->records.count; i++) {
    if (log->records.items[i]->type == RP_TYPE_INTERACTION)
      id = log->records.items[i]->id;
  }
  rp_log_free(log);
  assert_false(rp_id_is_none(&id));
  return id;
}

void journal_replace(struct journal_world *world, const struct rp_id *meeting, const char *text) {
  const struct rp_log_options options = {.replaces = *meeting};
  struct rp_log *log = NULL;
  assert_ok(rp_journal_log(world->journal, text, strlen(text), &options, &log, err));
  rp_log_free(log);
}

char *journal_text(struct journal_world *world, const struct rp_id *meeting) {
  struct rp_str text = {0};
  assert_ok(rp_journal_log_text(world->journal, meeting, &text, NULL, err));
  return rp_str_take(&text);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

struct dumper {
  struct journal_world *world;
  struct rp_str out;
  int count;
};

static bool dump_record(void *data, const struct rp_record *record) {
  struct dumper *dumper = data;
  const struct rp_record_type *type = rp_record_type_get(record->type);
  dumper->count++;
  for (int field = 0; field < type->field_count; field++) {
    const struct rp_value *value = &record->values[field];
    bool standard = (type->fields[field].flags & RP_FIELD_HAS_DEFAULT) != 0 &&
                    value->number == rp_field_default(&type->fields[field]);
    if (!value->set || standard)
      continue;
    rp_str_addf(&dumper->out, "%s=", type->fields[field].name);
    if (type->fields[field].kind == RP_KIND_REF) {
      rp_journal_name(dumper->world->journal, &value->id, &dumper->out);
    } else if (type->fields[field].kind == RP_KIND_REFS) {
      for (size_t i = 0; i < value->ids.count; i++) {
        rp_str_add(&dumper->out, i > 0 ? "+" : "");
        rp_journal_name(dumper->world->journal, &value->ids.items[i], &dumper->out);
      }
    } else {
      rp_record_print(record, field, &dumper->out);
    }
    rp_str_addc(&dumper->out, '|');
  }
  rp_str_addf(&dumper->out, "%s\n", rp_vocab_code(RP_VOCAB_AUDIENCE, record->audience));
  return true;
}

char *journal_dump(struct journal_world *world, enum rp_type type) {
  struct dumper dumper = {.world = world};
  struct rp_store_query query = world_all(type);
  assert_ok(rp_store_each(world->base.store, &query, dump_record, &dumper, err));
  return rp_str_take(&dumper.out);
}

static bool keep_record(void *data, const struct rp_record *record) {
  struct rp_record **out = data;
  assert_null(*out);
  *out = rp_record_copy(record);
  return true;
}

struct rp_record *journal_only(struct journal_world *world, enum rp_type type) {
  struct rp_record *record = NULL;
  struct rp_store_query query = world_all(type);
  assert_ok(rp_store_each(world->base.store, &query, keep_record, &record, err));
  assert_non_null(record);
  return record;
}

void journal_edit(struct journal_world *world, const struct rp_id *id, const char *assignment) {
  struct rp_record *record = NULL;
  assert_ok(rp_journal_edit(world->journal, id, &assignment, 1, false, &record, NULL, err));
  rp_record_free(record);
}

/* ---- assessments ------------------------------------------------------------------------------------------------- */

void assert_same_assessment(const struct rp_assessment *a, const struct rp_assessment *b) {
  assert_int_equal(a->stage, b->stage);
  assert_int_equal(a->since, b->since);
  assert_int_equal(a->status, b->status);
  assert_int_equal(a->direction, b->direction);
  assert_int_equal(a->flags, b->flags);
  assert_int_equal(a->silence, b->silence);
  assert_int_equal(a->cadence_days, b->cadence_days);
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    for (int party = 0; party < RP_PARTY_COUNT; party++)
      assert_int_equal(a->depth[domain].party[party], b->depth[domain].party[party]);
  }
  assert_int_equal(a->change_count, b->change_count);
  for (size_t i = 0; i < a->change_count; i++) {
    assert_int_equal(a->changes[i].date, b->changes[i].date);
    assert_int_equal(a->changes[i].rule, b->changes[i].rule);
    assert_int_equal(a->changes[i].evidence.count, b->changes[i].evidence.count);
  }
  assert_int_equal(a->missing_count, b->missing_count);
  for (size_t i = 0; i < a->missing_count; i++) {
    assert_int_equal(a->missing[i].condition, b->missing[i].condition);
    assert_int_equal(a->missing[i].now, b->missing[i].now);
    assert_int_equal(a->missing[i].needed, b->missing[i].needed);
  }
}
