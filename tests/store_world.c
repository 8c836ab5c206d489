#include "store_world.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rapport/json.h"
#include "temp_folder.h"

#define SOURCE "world"

void world_init(struct world *world, uint64_t seed) {
  *world = (struct world){.random = {.state = seed}};
  world->clock = (struct rp_clock){.fixed = true, .when = {.date = 20000, .minute = 600}};
  /* In memory where there is such a folder: the tests that need a disk are those of crashes, with one of their own. */
  if (getenv("TMPDIR") == NULL && access("/dev/shm", W_OK) == 0)
    setenv("TMPDIR", "/dev/shm", 0);
  world->folder = temp_folder_make();
  assert_non_null(world->folder);
  world->path = rp_str_format("%s/journal.db", world->folder);
  world->backups = rp_str_format("%s/backups", world->folder);
  world->options = (struct rp_store_options){.create = true, .clock = &world->clock, .backup_folder = world->backups};
  assert_ok(rp_store_open(world->path, &world->options, &world->store, err));
}

void world_fini(struct world *world) {
  rp_store_close(world->store);
  assert_int_equal(temp_folder_remove(world->folder), 0);
  free(world->path);
  free(world->backups);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    rp_vec_fini(&world->ids[type]);
}

void child_end(int status) {
  char command[32];
  snprintf(command, sizeof command, "exit %d", status);
  execl("/bin/sh", "sh", "-c", command, (char *)NULL);
  _exit(127);
}

void world_close(struct world *world) {
  rp_store_close(world->store);
  world->store = NULL;
  world->options.create = false;
}

void world_reopen(struct world *world) {
  rp_store_close(world->store);
  assert_ok(rp_store_open(world->path, &world->options, &world->store, err));
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

struct rp_id world_pick(struct world *world, enum rp_type type) {
  size_t count = world->ids[type].count;
  for (int tries = 0; count > 0 && tries < 20; tries++) {
    struct rp_id id = world->ids[type].items[random_below(&world->random, (int)count)];
    if (rp_store_type(world->store, &id) == type)
      return id;
  }
  return (struct rp_id){{0}};
}

static enum rp_type target(const struct rp_field *field) {
  int type = 0;
  while (field->of != RP_TYPE_MASK(type))
    type++;
  return (enum rp_type)type;
}

/* The same number of ids, each once, that the journal has. */
static void answer_refs(struct world *world, struct rp_record *record, int field, enum rp_type type) {
  size_t count = record->values[field].ids.count;
  rp_record_unset(record, field);
  for (size_t i = 0; i < count; i++) {
    struct rp_id id = world_pick(world, type);
    bool there = rp_id_is_none(&id);
    for (size_t j = 0; record->values[field].set && j < record->values[field].ids.count; j++)
      there = there || rp_id_equal(&record->values[field].ids.items[j], &id);
    if (!there)
      rp_record_add_id(record, field, id);
  }
}

struct rp_record *world_record(struct world *world, enum rp_type type) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int tries = 0; tries < 20; tries++) {
    struct rp_record *record = random_record(&world->random, type);
    record->created = record->changed = 0;
    for (int i = 0; i < descriptor->field_count; i++) {
      const struct rp_field *field = &descriptor->fields[i];
      if (record->values[i].set && field->kind == RP_KIND_REF) {
        rp_record_unset(record, i);
        rp_record_set_ref(record, i, world_pick(world, target(field)));
      } else if (record->values[i].set && field->kind == RP_KIND_REFS) {
        answer_refs(world, record, i, target(field));
      }
    }
    rp_record_normalise(record);
    if (rp_record_validate(record, NULL, NULL) == RP_OK)
      return record;
    rp_record_free(record);
  }
  return NULL;
}

/* ---- actions ----------------------------------------------------------------------------------------------------- */

static void put_new(struct world *world, enum rp_type type) {
  struct rp_err err = {0};
  struct rp_record *record = world_record(world, type);
  if (record == NULL)
    return;
  if (rp_store_put(world->store, record, 0, &err) == RP_OK)
    *rp_vec_add(&world->ids[type]) = record->id;
  else if (strstr(err.text, "already") == NULL) /* a second evaluation, a second relationship of a pair */
    fail_msg("put: %s", err.text);
  rp_record_free(record);
}

static void edit(struct world *world, enum rp_type type) {
  struct rp_err err = {0};
  struct rp_id id = world_pick(world, type);
  struct rp_record *record = rp_id_is_none(&id) ? NULL : world_record(world, type);
  if (record == NULL)
    return;
  record->id = id;
  if (rp_store_put(world->store, record, 0, &err) != RP_OK && strstr(err.text, "already") == NULL)
    fail_msg("edit: %s", err.text);
  rp_record_free(record);
}

void world_change(struct world *world, int most) {
  int changes = 1 + random_below(&world->random, most);
  for (int i = 0; i < changes; i++) {
    enum rp_type type = (enum rp_type)random_below(&world->random, RP_TYPE_RECORD_COUNT);
    int what = random_below(&world->random, 10);
    struct rp_id id = world_pick(world, type);
    if (what == 0 && !rp_id_is_none(&id))
      assert_ok(rp_store_delete(world->store, &id, 1, NULL, err));
    else if (what < 4)
      edit(world, type);
    else
      put_new(world, type);
  }
}

void world_act(struct world *world, int most) {
  assert_ok(rp_store_begin(world->store, "työ", err));
  world_change(world, most);
  assert_ok(rp_store_commit(world->store, err));
}

void world_fill(struct world *world, int actions) {
  assert_ok(rp_store_begin(world->store, "alku", err));
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    for (int i = 0; i < 6; i++)
      put_new(world, (enum rp_type)type);
  }
  assert_ok(rp_store_commit(world->store, err));
  for (int i = 1; i < actions; i++)
    world_act(world, 8);
}

/* ---- looking ----------------------------------------------------------------------------------------------------- */

struct rp_store_query world_all(enum rp_type type) {
  return (struct rp_store_query){.type = type, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
}

static bool add_line(void *data, const struct rp_record *record) {
  json_t *json = rp_record_to_json(record);
  rp_json_add(data, json);
  rp_str_addc(data, '\n');
  json_decref(json);
  return true;
}

char *world_export(struct rp_store *store) {
  struct rp_store_query query = world_all(RP_TYPE_NONE);
  struct rp_str lines = {0};
  assert_ok(rp_store_each(store, &query, add_line, &lines, err));
  return rp_str_take(&lines);
}

static void tell(void *data, const char *sentence) {
  rp_str_addf(data, "%s\n", sentence);
}

void world_is_sound(struct rp_store *store) {
  struct rp_str findings = {0};
  if (rp_store_check(store, tell, &findings, NULL) != RP_OK)
    fail_msg("%s", rp_str_text(&findings));
  rp_str_fini(&findings);
}

bool world_upkeep(struct world *world) {
  struct rp_store_upkeep *upkeep;
  assert_ok(rp_store_upkeep_begin(world->store, &upkeep, err));
  for (int wait = 0; upkeep != NULL && wait >= 0;) {
    bool damaged;
    assert_ok(rp_store_upkeep_step(upkeep, &wait, &damaged, err));
    assert_false(damaged);
    poll(NULL, 0, wait > 0 ? wait : 0);
  }
  rp_store_upkeep_end(upkeep);
  return upkeep != NULL;
}

int64_t world_count(struct rp_store *store, enum rp_type type) {
  int64_t count;
  assert_ok(rp_store_count(store, type, &count, err));
  return count;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

struct rp_record *world_line(const char *line) {
  json_t *json = NULL;
  struct rp_record *record = NULL;
  assert_ok(rp_json_parse(line, strlen(line), &json, err));
  assert_ok(rp_record_from_json(json, SOURCE, NULL, &record, err));
  json_decref(json);
  return record;
}

void world_put_lines(struct rp_store *store, const char *const *lines) {
  assert_ok(rp_store_begin(store, "rivit", err));
  for (; *lines != NULL; lines++) {
    struct rp_record *record = world_line(*lines);
    assert_ok(rp_store_put(store, record, 0, err));
    rp_record_free(record);
  }
  assert_ok(rp_store_commit(store, err));
}

void world_put_line(struct rp_store *store, const char *line) {
  world_put_lines(store, (const char *const[]){line, NULL});
}

void world_customer_is(struct rp_store *store, const char *name) {
  struct rp_record *record;
  struct rp_id id = world_id("c");
  assert_ok(rp_store_get(store, &id, &record, err));
  assert_string_equal(rp_record_name(record), name);
  rp_record_free(record);
}

struct rp_id world_id(const char *name) {
  return rp_id_derive(SOURCE, name);
}
