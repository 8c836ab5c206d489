/* Everything by day, from any place on: the indexes of all types by day, walked side by side. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* ---- places ------------------------------------------------------------------------------------------------------ */

enum { MIDNIGHT = 24 * 60 }; /* "2026-03-01T24:00" comes after any time of that day */

struct rp_store_place rp_store_place_of_day(rp_date day) {
  return (struct rp_store_place){.when = {day, MIDNIGHT}, .type = RP_TYPE_NONE, .part_type = RP_TYPE_NONE};
}

/* The field that places a type among what has happened; -1: it has none. */
static int day_field(enum rp_type type) {
  int field = rp_record_field_flagged(type, RP_FIELD_WHEN);
  bool ahead = field >= 0 && (rp_record_type_get(type)->fields[field].flags & RP_FIELD_AHEAD) != 0;
  return ahead ? -1 : field;
}

/* The field that names the meeting a record belongs to; -1: the type has none. */
static int meeting_field(enum rp_type type) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int i = 0; i < descriptor->field_count; i++) {
    if (descriptor->fields[i].kind == RP_KIND_REF && descriptor->fields[i].of == RP_TYPE_MASK(RP_TYPE_INTERACTION))
      return i;
  }
  return -1;
}

/* An id as a bound of a walk: itself, just behind it, or one end of all. */
struct bound {
  uint8_t bytes[sizeof(struct rp_id) + 1];
  int length;
};

static struct bound bound_lowest(void) {
  return (struct bound){.length = 0};
}

static struct bound bound_highest(void) {
  struct bound bound = {.length = sizeof bound.bytes};
  memset(bound.bytes, 0xff, sizeof bound.bytes);
  return bound;
}

static struct bound bound_at(const struct rp_id *id, bool behind) {
  struct bound bound = {.length = (int)sizeof id->bytes + behind};
  memcpy(bound.bytes, id->bytes, sizeof id->bytes);
  return bound;
}

/* Borrowed until reset. */
static void bind_bound(sqlite3_stmt *statement, int index, const struct bound *bound) {
  int code = sqlite3_bind_blob(statement, index, bound->bytes, bound->length, SQLITE_STATIC);
  assert(code == SQLITE_OK);
  (void)code;
}

/* ---- statements -------------------------------------------------------------------------------------------------- */

/* Of a type by day: the day or time, the id, and whether it belongs to a meeting of its day. Parameters: 1 the day or
 * time, 2 the bound of the ids of exactly that. */
static void compose_walk(enum rp_type type, bool newer, struct rp_str *sql) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  const char *day = descriptor->fields[day_field(type)].name;
  int meeting = meeting_field(type);
  rp_str_addf(sql, "SELECT t.\"%s\", t.id, ", day);
  if (meeting >= 0)
    rp_str_addf(sql,
                "EXISTS (SELECT 1 FROM interaction i WHERE i.id = t.\"%s\" AND substr(i.\"at\", 1, 10) = t.\"%s\")",
                descriptor->fields[meeting].name, day);
  else
    rp_str_add(sql, "0");
  rp_str_addf(sql, " FROM \"%s\" t WHERE (t.\"%s\", t.id) %s (?1, ?2) ", descriptor->name, day, newer ? ">" : "<");
  rp_str_addf(sql, newer ? "ORDER BY t.\"%s\", t.id" : "ORDER BY t.\"%s\" DESC, t.id DESC", day);
}

/* What belongs to a meeting, which few do, however many are of its day. Parameters: 1 the meeting, 2 its day, 3 the
 * bound of the ids. */
static void compose_parts(enum rp_type type, bool back, struct rp_str *sql) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  const char *meeting = descriptor->fields[meeting_field(type)].name;
  rp_str_addf(sql,
              "SELECT t.id FROM \"%s\" t INDEXED BY \"%s_%s\" "
              "WHERE t.\"%s\" = ?1 AND t.\"%s\" = ?2 AND t.id %s ?3 ORDER BY t.id %s",
              descriptor->name, descriptor->name, meeting, meeting, descriptor->fields[day_field(type)].name,
              back ? "<" : ">=", back ? "DESC" : "");
}

static rp_status get_statement(struct rp_store *store, enum rp_type type, enum day_verb verb, sqlite3_stmt **out,
                               struct rp_err *err) {
  sqlite3_stmt **slot = &store->of_day[type][verb];
  rp_status status = RP_OK;
  if (*slot == NULL) {
    struct rp_str sql = {0};
    if (verb == DAY_OLDER || verb == DAY_NEWER)
      compose_walk(type, verb == DAY_NEWER, &sql);
    else
      compose_parts(type, verb == DAY_PARTS_BACK, &sql);
    status = db_prepare(store, sql.data, slot, err);
    rp_str_fini(&sql);
  }
  *out = *slot;
  return status;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

/* The records of one type, on the way; `statement` is NULL when there are no more. */
struct stream {
  sqlite3_stmt *statement;
  struct bound bound;
  struct rp_when when; /* of the next record */
  struct rp_id id;
  bool belongs; /* it is visited with its meeting */
};

struct walk {
  struct rp_store *store;
  bool newer;
  bool more; /* is wanted */
  bool (*visit)(void *data, const struct rp_store_place *place, const struct rp_record *record);
  void *data;
  struct stream streams[RP_TYPE_RECORD_COUNT];
};

/* One whose day cannot be read has no place among the days; `check` tells it. */
static rp_status advance(struct walk *walk, struct stream *stream, struct rp_err *err) {
  rp_status status = RP_OK;
  bool row = true;
  do {
    status = db_step(walk->store, stream->statement, &row, err);
    if (status != RP_OK || !row) {
      stream->statement = NULL;
      return status;
    }
    stream->when = column_when(stream->statement, 0);
  } while (stream->when.date == RP_DATE_NONE);
  stream->id = db_id(stream->statement, 1);
  stream->belongs = sqlite3_column_int(stream->statement, 2) != 0;
  return RP_OK;
}

/* Which ids of exactly the day or time of `from` lie on the way: by the order of the types, all, none or some. */
static struct bound bound_of(const struct walk *walk, enum rp_type type, const struct rp_store_place *from) {
  if (type == from->type) {
    bool at = !walk->newer && from->part_type == RP_TYPE_NONE;
    return bound_at(&from->id, at);
  }
  return type < from->type ? bound_lowest() : bound_highest();
}

static rp_status begin_stream(struct walk *walk, enum rp_type type, const struct rp_store_place *from,
                              struct rp_err *err) {
  struct stream *stream = &walk->streams[type];
  struct rp_str when = {0};
  rp_status status = get_statement(walk->store, type, walk->newer ? DAY_NEWER : DAY_OLDER, &stream->statement, err);
  if (status != RP_OK)
    return status;
  rp_when_format(from->when, &when);
  db_bind_text(stream->statement, 1, rp_str_text(&when));
  rp_str_fini(&when);
  stream->bound = bound_of(walk, type, from);
  bind_bound(stream->statement, 2, &stream->bound);
  return advance(walk, stream, err);
}

/* Whether a record of type `a` comes before one of type `b` on the way; of exactly the same time the types say it. */
static bool is_nearer(const struct walk *walk, enum rp_type a, enum rp_type b) {
  struct rp_when x = walk->streams[a].when;
  struct rp_when y = walk->streams[b].when;
  if (x.date != y.date)
    return (x.date > y.date) != walk->newer;
  if (x.minute != y.minute)
    return (x.minute > y.minute) != walk->newer;
  return (a < b) != walk->newer;
}

/* The type whose record is the next; RP_TYPE_NONE at the end. */
static enum rp_type nearest(const struct walk *walk) {
  enum rp_type found = RP_TYPE_NONE;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (walk->streams[type].statement != NULL && (found == RP_TYPE_NONE || is_nearer(walk, (enum rp_type)type, found)))
      found = (enum rp_type)type;
  }
  return found;
}

/* ---- visiting ---------------------------------------------------------------------------------------------------- */

static rp_status show(struct walk *walk, const struct rp_store_place *place, struct rp_err *err) {
  bool part = place->part_type != RP_TYPE_NONE;
  struct rp_record *record;
  rp_status status = record_of_type(walk->store, part ? place->part_type : place->type,
                                    part ? &place->part : &place->id, &record, err);
  if (status == RP_OK && record != NULL)
    walk->more = walk->visit(walk->data, place, record);
  rp_record_free(record);
  return status;
}

/* What belongs to a meeting and is of one type, from a bound on. */
static rp_status show_parts_of(struct walk *walk, const struct rp_store_place *meeting, enum rp_type type,
                               const struct bound *bound, struct rp_err *err) {
  sqlite3_stmt *statement;
  struct rp_str day = {0};
  bool row = true;
  rp_status status = get_statement(walk->store, type, walk->newer ? DAY_PARTS_BACK : DAY_PARTS, &statement, err);
  if (status != RP_OK)
    return status;
  rp_date_format(meeting->when.date, &day);
  db_bind_id(statement, 1, &meeting->id);
  db_bind_text(statement, 2, rp_str_text(&day));
  bind_bound(statement, 3, bound);
  rp_str_fini(&day);
  while (walk->more && (status = db_step(walk->store, statement, &row, err)) == RP_OK && row) {
    struct rp_store_place place = *meeting;
    place.part_type = type;
    place.part = db_id(statement, 0);
    status = show(walk, &place, err);
    if (status != RP_OK)
      break;
  }
  db_reset(statement);
  return status;
}

static struct rp_store_place meeting_of(const struct rp_store_place *place) {
  return (struct rp_store_place){.when = place->when, .type = place->type, .id = place->id, .part_type = RP_TYPE_NONE};
}

/* What belongs to a meeting; of `from`, when that is a part of it, only what lies on the way from there. */
static rp_status show_parts(struct walk *walk, const struct rp_store_place *from, struct rp_err *err) {
  struct rp_store_place meeting = meeting_of(from);
  rp_status status = RP_OK;
  for (int i = 0; i < RP_TYPE_RECORD_COUNT && walk->more && status == RP_OK; i++) {
    int type = walk->newer ? RP_TYPE_RECORD_COUNT - 1 - i : i;
    bool passed =
        from->part_type != RP_TYPE_NONE && (walk->newer ? type > (int)from->part_type : type < (int)from->part_type);
    if (passed || meeting_field((enum rp_type)type) < 0)
      continue;
    struct bound bound = type == (int)from->part_type ? bound_at(&from->part, false)
                         : walk->newer                ? bound_highest()
                                                      : bound_lowest();
    status = show_parts_of(walk, &meeting, (enum rp_type)type, &bound, err);
  }
  return status;
}

/* A meeting with what belongs to it, or what stands by itself. */
static rp_status show_whole(struct walk *walk, const struct rp_store_place *place, struct rp_err *err) {
  bool meeting = place->type == RP_TYPE_INTERACTION;
  rp_status status = RP_OK;
  if (meeting && walk->newer)
    status = show_parts(walk, place, err);
  if (status == RP_OK && walk->more)
    status = show(walk, place, err);
  if (status == RP_OK && walk->more && meeting && !walk->newer)
    status = show_parts(walk, place, err);
  return status;
}

/* From the midst of a meeting: what is left of it. */
static rp_status show_rest(struct walk *walk, const struct rp_store_place *from, struct rp_err *err) {
  struct rp_store_place meeting = meeting_of(from);
  rp_status status = show_parts(walk, from, err);
  return status == RP_OK && walk->more && walk->newer ? show(walk, &meeting, err) : status;
}

static rp_status walk_streams(struct walk *walk, struct rp_err *err) {
  rp_status status = RP_OK;
  enum rp_type type;
  while (status == RP_OK && walk->more && (type = nearest(walk)) != RP_TYPE_NONE) {
    struct stream *stream = &walk->streams[type];
    if (!stream->belongs)
      status = show_whole(
          walk,
          &(struct rp_store_place){.when = stream->when, .type = type, .id = stream->id, .part_type = RP_TYPE_NONE},
          err);
    if (status == RP_OK && walk->more)
      status = advance(walk, stream, err);
  }
  return status;
}

rp_status rp_store_each_by_day(struct rp_store *store, const struct rp_store_place *from, bool newer,
                               bool (*visit)(void *data, const struct rp_store_place *place,
                                             const struct rp_record *record),
                               void *data, struct rp_err *err) {
  struct walk walk = {.store = store, .newer = newer, .more = true, .visit = visit, .data = data};
  bool own;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  if (from->part_type != RP_TYPE_NONE)
    status = show_rest(&walk, from, err);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT && walk.more && status == RP_OK; type++) {
    if (day_field((enum rp_type)type) >= 0)
      status = begin_stream(&walk, (enum rp_type)type, from, err);
  }
  if (status == RP_OK)
    status = walk_streams(&walk, err);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    db_reset(store->of_day[type][newer ? DAY_NEWER : DAY_OLDER]);
  db_read_end(store, own);
  return status;
}
