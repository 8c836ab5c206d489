/* The join of two states of one record. Nothing here knows where a state is kept or how it travels. */
#include "rapport/replica.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/json.h"
#include "rapport/mem.h"

/* ---- writes ------------------------------------------------------------------------------------------------------ */

int rp_dot_compare(const struct rp_dot *a, const struct rp_dot *b) {
  if (a->clock != b->clock)
    return a->clock < b->clock ? -1 : 1;
  return rp_id_compare(&a->node, &b->node);
}

bool rp_version_covers(const struct rp_version *by, const struct rp_dot *dot) {
  if (rp_id_equal(&by->dot.node, &dot->node))
    return by->dot.clock >= dot->clock;
  for (size_t i = 0; i < by->seen.count; i++) {
    if (rp_id_equal(&by->seen.items[i].node, &dot->node))
      return by->seen.items[i].clock >= dot->clock;
  }
  return false;
}

static void see(struct rp_version *by, const struct rp_dot *dot) {
  size_t i = 0;
  if (rp_id_equal(&dot->node, &by->dot.node))
    return;
  while (i < by->seen.count && rp_id_compare(&by->seen.items[i].node, &dot->node) < 0)
    i++;
  if (i < by->seen.count && rp_id_equal(&by->seen.items[i].node, &dot->node)) {
    if (by->seen.items[i].clock < dot->clock)
      by->seen.items[i].clock = dot->clock;
    return;
  }
  rp_vec_add(&by->seen);
  memmove(&by->seen.items[i + 1], &by->seen.items[i], (by->seen.count - i - 1) * sizeof *by->seen.items);
  by->seen.items[i] = *dot;
}

void rp_version_see(struct rp_version *by, const struct rp_version *version) {
  see(by, &version->dot);
  for (size_t i = 0; i < version->seen.count; i++)
    see(by, &version->seen.items[i]);
}

static struct rp_version version_copy(const struct rp_version *version) {
  struct rp_version copy = {.dot = version->dot};
  for (size_t i = 0; i < version->seen.count; i++)
    *rp_vec_add(&copy.seen) = version->seen.items[i];
  return copy;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static int field_count(const struct rp_replica *replica) {
  return rp_record_type_get(replica->record->type)->field_count;
}

static const struct rp_field *descriptor(const struct rp_replica *replica, int field) {
  return &rp_record_type_get(replica->record->type)->fields[field];
}

static void field_fini(struct rp_replica_field *field) {
  rp_vec_fini(&field->version.seen);
  for (size_t i = 0; i < field->others.count; i++)
    free(field->others.items[i].text);
  rp_vec_fini(&field->others);
  *field = (struct rp_replica_field){0};
}

static void add_other(struct rp_replica_field *field, const struct rp_sibling *other) {
  *rp_vec_add(&field->others) =
      (struct rp_sibling){.dot = other->dot, .text = other->text != NULL ? rp_mem_text(other->text) : NULL};
}

static struct rp_replica_field field_copy(const struct rp_replica_field *field) {
  struct rp_replica_field copy = {.written = field->written, .version = version_copy(&field->version)};
  for (size_t i = 0; i < field->others.count; i++)
    add_other(&copy, &field->others.items[i]);
  return copy;
}

static void take_field(struct rp_replica *into, const struct rp_replica *from, int field) {
  rp_record_set_value(into->record, field, from->record);
  field_fini(&into->fields[field]);
  into->fields[field] = field_copy(&from->fields[field]);
}

static void forget_field(struct rp_replica *replica, int field) {
  rp_record_unset(replica->record, field);
  replica->record->values[field].cleared = false;
  field_fini(&replica->fields[field]);
}

/* The value as one line of text; NULL when it is not set. The caller frees. */
static char *value_text(const struct rp_record *record, int field) {
  json_t *json = rp_record_field_to_json(record, field);
  struct rp_str text = {0};
  if (json == NULL)
    return NULL;
  rp_json_add(&text, json);
  json_decref(json);
  return rp_str_take(&text);
}

static bool has_parts(const struct rp_record *record, int field) {
  enum rp_kind kind = rp_record_type_get(record->type)->fields[field].kind;
  return (kind == RP_KIND_OBJECT || kind == RP_KIND_OBJECTS) && record->values[field].set;
}

/* The note of an item stays at home when no more than the shape of its evaluation is shared. */
static void forget_content_of_parts(struct rp_record *record, int field) {
  for (size_t i = 0; has_parts(record, field) && i < record->values[field].parts.count; i++) {
    struct rp_record *part = record->values[field].parts.items[i];
    const struct rp_record_type *type = rp_record_type_get(part->type);
    for (int j = 0; j < type->field_count; j++) {
      if ((type->fields[j].flags & RP_FIELD_CONTENT) != 0)
        rp_record_unset(part, j);
    }
  }
}

/* The value without the content of its parts. The caller frees. */
static char *shape_text(const struct rp_record *record, int field) {
  struct rp_record *shape = rp_record_new(record->type);
  rp_record_set_value(shape, field, record);
  forget_content_of_parts(shape, field);
  char *text = value_text(shape, field);
  rp_record_free(shape);
  return text;
}

/* What two writes of one dot wrote, which happens only when somebody has tampered with them: any order will do that is
 * the same everywhere. */
static int compare_texts(const char *a, const char *b) {
  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);
  return strcmp(a, b);
}

/* ---- states ------------------------------------------------------------------------------------------------------ */

struct rp_replica *rp_replica_new(struct rp_record *record, struct rp_dot made) {
  struct rp_replica *replica = rp_mem_zero(1, sizeof *replica);
  *replica = (struct rp_replica){.record = record, .made = made};
  replica->fields = rp_mem_zero((size_t)field_count(replica), sizeof *replica->fields);
  for (int i = 0; i < field_count(replica); i++)
    replica->fields[i] = (struct rp_replica_field){.written = record->values[i].set, .version = {.dot = made}};
  return replica;
}

struct rp_replica *rp_replica_copy(const struct rp_replica *replica) {
  struct rp_replica *copy = rp_mem_zero(1, sizeof *copy);
  *copy = *replica;
  copy->record = rp_record_copy(replica->record);
  copy->fields = rp_mem_zero((size_t)field_count(replica), sizeof *copy->fields);
  for (int i = 0; i < field_count(replica); i++)
    copy->fields[i] = field_copy(&replica->fields[i]);
  return copy;
}

static void fini(struct rp_replica *replica) {
  for (int i = 0; i < field_count(replica); i++)
    field_fini(&replica->fields[i]);
  free(replica->fields);
  rp_record_free(replica->record);
}

void rp_replica_free(struct rp_replica *replica) {
  if (replica == NULL)
    return;
  fini(replica);
  free(replica);
}

bool rp_replica_is_dead(const struct rp_replica *replica) {
  return replica->life % 2 != 0;
}

bool rp_replica_knows(const struct rp_replica *replica, int field) {
  if (rp_replica_is_dead(replica))
    return false;
  if (replica->whole)
    return true;
  unsigned flags = descriptor(replica, field)->flags;
  bool content = (flags & RP_FIELD_CONTENT) != 0;
  if ((flags & RP_FIELD_HOME) != 0)
    return false;
  return replica->record->audience >= (content ? RP_AUDIENCE_TEAM : RP_AUDIENCE_SHAPE);
}

/* A record of which nothing is known but that it was there. */
static struct rp_record *nothing_of(const struct rp_record *record) {
  struct rp_record *empty = rp_record_new(record->type);
  empty->id = record->id;
  empty->audience = RP_AUDIENCE_ME;
  return empty;
}

static void forget_all(struct rp_replica *replica) {
  struct rp_record *empty = nothing_of(replica->record);
  for (int i = 0; i < field_count(replica); i++)
    field_fini(&replica->fields[i]);
  rp_record_free(replica->record);
  replica->record = empty;
}

void rp_replica_narrow(struct rp_replica *replica) {
  replica->whole = false;
  if (rp_replica_is_dead(replica))
    return;
  if (replica->record->audience < RP_AUDIENCE_SHAPE) {
    forget_all(replica);
    return;
  }
  free(replica->record->extra);
  replica->record->extra = NULL;
  for (int i = 0; i < field_count(replica); i++) {
    if (!rp_replica_knows(replica, i))
      forget_field(replica, i);
    else if (replica->record->audience < RP_AUDIENCE_TEAM)
      forget_content_of_parts(replica->record, i);
  }
}

/* ---- what is set aside ------------------------------------------------------------------------------------------- */

void rp_losses_fini(struct rp_losses *losses) {
  for (size_t i = 0; i < losses->items.count; i++)
    free(losses->items.items[i].value);
  rp_vec_fini(&losses->items);
}

/* Of the field's value in `loser`, unless the winner knew it or it says the same. */
static void lose(struct rp_losses *losses, const struct rp_replica *loser, const struct rp_replica *winner, int field) {
  const struct rp_version *lost = &loser->fields[field].version;
  const struct rp_version *won = &winner->fields[field].version;
  if (losses == NULL || rp_version_covers(won, &lost->dot) ||
      rp_record_field_equal(loser->record, winner->record, field))
    return;
  *rp_vec_add(&losses->items) =
      (struct rp_loss){.field = field, .dot = lost->dot, .winner = won->dot, .value = value_text(loser->record, field)};
}

/* A state that stands back as a whole: what was written in it after the other one began. */
static void lose_all(struct rp_losses *losses, const struct rp_replica *loser, const struct rp_replica *winner) {
  if (losses == NULL)
    return;
  for (int i = 0; i < field_count(loser); i++) {
    const struct rp_dot *dot = &loser->fields[i].version.dot;
    if (rp_replica_knows(loser, i) && loser->fields[i].written && rp_dot_compare(dot, &winner->made) > 0 &&
        !(rp_replica_knows(winner, i) && rp_record_field_equal(loser->record, winner->record, i)))
      *rp_vec_add(&losses->items) =
          (struct rp_loss){.field = i, .dot = *dot, .winner = winner->made, .value = value_text(loser->record, i)};
  }
}

static int by_id(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

/* ---- the join ---------------------------------------------------------------------------------------------------- */

static int compare_standing(const struct rp_replica *a, const struct rp_replica *b) {
  if (a->life != b->life)
    return a->life < b->life ? -1 : 1;
  return (a->sharing > b->sharing) - (a->sharing < b->sharing);
}

static void replace(struct rp_replica *into, const struct rp_replica *from) {
  struct rp_replica *copy = rp_replica_copy(from);
  if (into->whole && !rp_replica_is_dead(copy)) /* x_ fields never leave, so only the home of them can keep them */
    rp_mem_replace(&copy->record->extra, into->record->extra);
  fini(into);
  *into = *copy;
  free(copy);
}

struct ids {
  RP_VEC(struct rp_id) items;
};

static void add_ids(struct ids *ids, const struct rp_record *record, int field) {
  const struct rp_value *value = &record->values[field];
  for (size_t i = 0; value->set && i < value->ids.count; i++)
    *rp_vec_add(&ids->items) = value->ids.items[i];
  rp_mem_sort(ids->items.items, ids->items.count, sizeof *ids->items.items, by_id);
}

/* Both in order. */
static bool has_all(const struct ids *ids, const struct ids *part) {
  size_t at = 0;
  for (size_t i = 0; i < part->items.count; i++) {
    while (at < ids->items.count && rp_id_compare(&ids->items.items[at], &part->items.items[i]) < 0)
      at++;
    if (at == ids->items.count || !rp_id_equal(&ids->items.items[at], &part->items.items[i]))
      return false;
  }
  return true;
}

static void set_ids(struct rp_record *record, int field, const struct ids *ids) {
  rp_record_unset(record, field);
  for (size_t i = 0; i < ids->items.count; i++) {
    if (i == 0 || !rp_id_equal(&ids->items.items[i - 1], &ids->items.items[i]))
      rp_record_add_id(record, field, ids->items.items[i]);
  }
}

/* A list of references that some have only seen without what they may not see: what anybody has seen of it, in the
 * order of who has seen all of that, else in that of the ids. `order`: of the values as they are. */
static bool join_refs(struct rp_replica *into, const struct rp_replica *from, int field, int order) {
  struct ids ours = {0}, theirs = {0};
  add_ids(&ours, into->record, field);
  add_ids(&theirs, from->record, field);
  bool more = has_all(&ours, &theirs), less = has_all(&theirs, &ours);
  bool changed = more && less ? order < 0 : !more;
  if (changed && less) {
    rp_record_set_value(into->record, field, from->record);
  } else if (changed) {
    add_ids(&ours, from->record, field);
    set_ids(into->record, field, &ours);
  }
  rp_vec_fini(&ours.items);
  rp_vec_fini(&theirs.items);
  return changed;
}

/* Two values of one dot: what is shared of them first, so that who sees less comes to the same, then who sees more. */
static int compare_values(const struct rp_record *ours, const struct rp_record *theirs, int field) {
  char *our_text = value_text(ours, field), *their_text = value_text(theirs, field);
  int order = compare_texts(our_text, their_text);
  if (order != 0 && has_parts(ours, field) && has_parts(theirs, field)) {
    char *our_shape = shape_text(ours, field), *their_shape = shape_text(theirs, field);
    size_t our_length = strlen(our_text), their_length = strlen(their_text);
    int order_of_shapes = compare_texts(our_shape, their_shape);
    if (order_of_shapes != 0)
      order = order_of_shapes;
    else if (our_length != their_length)
      order = our_length < their_length ? -1 : 1;
    free(our_shape);
    free(their_shape);
  }
  free(our_text);
  free(their_text);
  return order;
}

/* One value: the latest. */
static bool join_value(struct rp_replica *into, const struct rp_replica *from, int field, struct rp_losses *losses) {
  int order = rp_dot_compare(&into->fields[field].version.dot, &from->fields[field].version.dot);
  if (order == 0) {
    order = compare_values(into->record, from->record, field);
    if (order == 0)
      return false;
    if (descriptor(into, field)->kind == RP_KIND_REFS)
      return join_refs(into, from, field, order);
  }
  if (order > 0) {
    lose(losses, from, into, field);
    return false;
  }
  lose(losses, into, from, field);
  take_field(into, from, field);
  return true;
}

struct texts {
  RP_VEC(struct rp_sibling) items; /* borrowed */
};

static void add_texts(struct texts *texts, const struct rp_replica *replica, int field) {
  const struct rp_replica_field *state = &replica->fields[field];
  char *text = replica->record->values[field].set ? replica->record->values[field].text : NULL;
  *rp_vec_add(&texts->items) = (struct rp_sibling){.dot = state->version.dot, .text = text};
  for (size_t i = 0; i < state->others.count; i++)
    *rp_vec_add(&texts->items) = state->others.items[i];
}

static bool has_dot(const struct texts *texts, const struct rp_dot *dot) {
  for (size_t i = 0; i < texts->items.count; i++) {
    if (rp_dot_compare(&texts->items.items[i].dot, dot) == 0)
      return true;
  }
  return false;
}

/* Those that the other side has too, or has not known; what it has known and has not was written over there. */
static void add_standing(struct texts *out, const struct texts *texts, const struct texts *other,
                         const struct rp_version *known) {
  for (size_t i = 0; i < texts->items.count; i++) {
    const struct rp_sibling *text = &texts->items.items[i];
    bool written_over = rp_version_covers(known, &text->dot) && rp_dot_compare(&text->dot, &known->dot) < 0;
    if (has_dot(other, &text->dot) || !written_over)
      *rp_vec_add(&out->items) = *text;
  }
}

static int latest_first(const void *a, const void *b) {
  const struct rp_sibling *left = a, *right = b;
  int order = rp_dot_compare(&right->dot, &left->dot);
  return order != 0 ? order : compare_texts(right->text, left->text);
}

static bool is_same_text(const struct rp_replica_field *a, const struct rp_replica_field *b) {
  bool same = rp_dot_compare(&a->version.dot, &b->version.dot) == 0 && a->others.count == b->others.count &&
              a->version.seen.count == b->version.seen.count;
  for (size_t i = 0; same && i < a->others.count; i++)
    same = latest_first(&a->others.items[i], &b->others.items[i]) == 0;
  for (size_t i = 0; same && i < a->version.seen.count; i++)
    same = rp_dot_compare(&a->version.seen.items[i], &b->version.seen.items[i]) == 0;
  return same;
}

/* Free text: every version that nobody has written over (a set of dots with a causal context, as in the dotted version
 * vector sets of Almeida et al. 2014). The later value of both sides is always among them. */
static bool join_texts(struct rp_replica *into, const struct rp_replica *from, int field) {
  struct texts ours = {0}, theirs = {0}, texts = {0};
  struct rp_replica_field joined = {.written = true};
  add_texts(&ours, into, field);
  add_texts(&theirs, from, field);
  add_standing(&texts, &ours, &theirs, &from->fields[field].version);
  add_standing(&texts, &theirs, &ours, &into->fields[field].version);
  qsort(texts.items.items, texts.items.count, sizeof *texts.items.items, latest_first);
  joined.version.dot = texts.items.items[0].dot;
  rp_version_see(&joined.version, &into->fields[field].version);
  rp_version_see(&joined.version, &from->fields[field].version);
  for (size_t i = 1; i < texts.items.count; i++) {
    if (rp_dot_compare(&texts.items.items[i].dot, &texts.items.items[i - 1].dot) != 0)
      add_other(&joined, &texts.items.items[i]);
  }
  char *value = texts.items.items[0].text != NULL ? rp_mem_text(texts.items.items[0].text) : NULL;
  bool changed =
      !rp_str_equal(rp_record_text(into->record, field), value) || !is_same_text(&into->fields[field], &joined);
  rp_record_set_text(into->record, field, value);
  free(value);
  rp_vec_fini(&ours.items);
  rp_vec_fini(&theirs.items);
  rp_vec_fini(&texts.items);
  field_fini(&into->fields[field]);
  into->fields[field] = joined;
  return changed;
}

/* What nobody has written is no value that could stand before another's, as when two have made the record from one list
 * and one of them went on to fill it in. */
static bool is_unwritten(const struct rp_replica *replica, int field) {
  return rp_replica_knows(replica, field) && !replica->fields[field].written;
}

static bool join_field(struct rp_replica *into, const struct rp_replica *from, int field, struct rp_losses *losses) {
  if (!rp_replica_knows(from, field) || (rp_replica_knows(into, field) && is_unwritten(from, field)))
    return false;
  if (!rp_replica_knows(into, field) || is_unwritten(into, field)) {
    take_field(into, from, field);
    return true;
  }
  return descriptor(into, field)->kind == RP_KIND_TEXT ? join_texts(into, from, field)
                                                       : join_value(into, from, field, losses);
}

/* Both are deleted: of what they are the same as, any one will do that is the same everywhere. */
static bool join_grave(struct rp_replica *into, const struct rp_replica *from) {
  if (rp_id_compare(&into->joined, &from->joined) >= 0)
    return false;
  into->joined = from->joined;
  return true;
}

static bool join_stamps(struct rp_record *into, const struct rp_record *from) {
  bool changed = false;
  if (from->created != 0 && (into->created == 0 || from->created < into->created)) {
    into->created = from->created;
    changed = true;
  }
  if (from->changed > into->changed)
    into->changed = from->changed;
  return changed;
}

bool rp_replica_join(struct rp_replica *into, const struct rp_replica *from, struct rp_losses *losses) {
  assert(into->record->type == from->record->type && rp_id_equal(&into->record->id, &from->record->id));
  int order = compare_standing(into, from);
  if (order > 0) {
    lose_all(losses, from, into);
    return false;
  }
  if (order < 0) {
    lose_all(losses, into, from);
    replace(into, from);
    return true;
  }
  bool changed = join_grave(into, from);
  for (int i = 0; i < field_count(into); i++)
    changed |= join_field(into, from, i, losses);
  if (rp_dot_compare(&into->made, &from->made) < 0) {
    into->made = from->made;
    changed = true;
  }
  if (from->record->audience > into->record->audience) {
    into->record->audience = from->record->audience;
    changed = true;
  }
  into->whole |= from->whole;
  return join_stamps(into->record, from->record) || changed;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

void rp_replica_write(struct rp_replica *replica, int field, const struct rp_record *from, struct rp_dot dot) {
  struct rp_replica_field *state = &replica->fields[field];
  struct rp_version version = {.dot = dot};
  rp_version_see(&version, &state->version);
  rp_record_set_value(replica->record, field, from);
  field_fini(state);
  *state = (struct rp_replica_field){.written = true, .version = version};
}

void rp_replica_set_audience(struct rp_replica *replica, enum rp_audience audience) {
  if ((int)audience < replica->record->audience)
    replica->sharing++;
  replica->record->audience = (int)audience;
}

void rp_replica_kill(struct rp_replica *replica, struct rp_dot dot, struct rp_id joined) {
  assert(!rp_replica_is_dead(replica));
  forget_all(replica);
  replica->life++;
  replica->sharing = 0;
  replica->made = dot;
  replica->joined = joined;
}

void rp_replica_raise(struct rp_replica *replica, struct rp_record *record, struct rp_dot dot) {
  assert(rp_replica_is_dead(replica));
  int64_t life = replica->life + 1;
  fini(replica);
  struct rp_replica *raised = rp_replica_new(record, dot);
  *replica = *raised;
  free(raised);
  replica->life = life;
}

/* ---- the form for a digest --------------------------------------------------------------------------------------- */

static void add_dot(struct rp_str *out, const struct rp_dot *dot) {
  char node[RP_ID_TEXT_SIZE];
  rp_str_addf(out, "[%lld,\"%s\"]", (long long)dot->clock, rp_id_format(&dot->node, node));
}

static void add_value(struct rp_str *out, const struct rp_dot *dot, const char *json) {
  rp_str_add(out, "[");
  add_dot(out, dot);
  rp_str_addf(out, ",%s]", json != NULL ? json : "null");
}

static void add_field(struct rp_str *out, const struct rp_replica *replica, int field) {
  char *value = value_text(replica->record, field);
  rp_str_addf(out, ",\"%s\":", descriptor(replica, field)->name);
  add_value(out, &replica->fields[field].version.dot, value);
  free(value);
  for (size_t i = 0; i < replica->fields[field].others.count; i++) {
    const struct rp_sibling *other = &replica->fields[field].others.items[i];
    struct rp_str text = {0};
    json_t *json = other->text != NULL ? json_string(other->text) : json_null();
    rp_json_add(&text, json);
    json_decref(json);
    rp_str_addf(out, ",\"%s %zu\":", descriptor(replica, field)->name, i + 1);
    add_value(out, &other->dot, text.data);
    rp_str_fini(&text);
  }
}

void rp_replica_canonical(const struct rp_replica *replica, struct rp_str *out) {
  const struct rp_record *record = replica->record;
  char id[RP_ID_TEXT_SIZE];
  rp_str_addf(out,
              "{\"id\":\"%s\",\"type\":\"%s\",\"life\":%lld,\"sharing\":%lld,\"made\":", rp_id_format(&record->id, id),
              rp_record_type_get(record->type)->name, (long long)replica->life, (long long)replica->sharing);
  add_dot(out, &replica->made);
  if (!rp_id_is_none(&replica->joined))
    rp_str_addf(out, ",\"joined\":\"%s\"", rp_id_format(&replica->joined, id));
  if (!rp_replica_is_dead(replica)) {
    rp_str_addf(out, ",\"created\":%lld,\"audience\":\"%s\"", (long long)record->created,
                rp_vocab_code(RP_VOCAB_AUDIENCE, record->audience));
    for (int i = 0; i < field_count(replica); i++) {
      if (rp_replica_knows(replica, i) && replica->fields[i].written)
        add_field(out, replica, i);
    }
  }
  rp_str_add(out, "}");
}
