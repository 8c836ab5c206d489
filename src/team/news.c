#include "news.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"

/* More deletions and lowerings than anybody makes; a hostile number must not overflow when it is counted on. */
#define COUNT_MOST (INT64_C(1) << 32)

size_t news_node(struct news_nodes *nodes, const struct rp_id *node) {
  for (size_t i = nodes->ids.count; i > 0; i--) {
    if (rp_id_equal(&nodes->ids.items[i - 1], node))
      return i - 1;
  }
  *rp_vec_add(&nodes->ids) = *node;
  return nodes->ids.count - 1;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static json_t *new_array(void) {
  json_t *array = json_array();
  if (array == NULL)
    rp_mem_exhausted();
  return array;
}

static json_t *new_object(void) {
  json_t *object = json_object();
  if (object == NULL)
    rp_mem_exhausted();
  return object;
}

static void append(json_t *array, json_t *element) {
  if (element == NULL || json_array_append_new(array, element) != 0)
    rp_mem_exhausted();
}

json_t *news_dot_to_json(const struct rp_dot *dot, struct news_nodes *nodes) {
  json_t *pair = new_array();
  append(pair, json_integer(dot->clock));
  append(pair, json_integer((json_int_t)news_node(nodes, &dot->node)));
  return pair;
}

/* [clock, node], and what was known then when there is anything. */
static json_t *version_to_json(const struct rp_version *version, struct news_nodes *nodes) {
  json_t *json = news_dot_to_json(&version->dot, nodes);
  if (version->seen.count == 0)
    return json;
  json_t *seen = new_array();
  for (size_t i = 0; i < version->seen.count; i++)
    append(seen, news_dot_to_json(&version->seen.items[i], nodes));
  append(json, seen);
  return json;
}

static json_t *others_to_json(const struct rp_replica_field *field, struct news_nodes *nodes) {
  json_t *list = new_array();
  for (size_t i = 0; i < field->others.count; i++) {
    json_t *other = new_object();
    rp_json_set_text(other, "text", field->others.items[i].text);
    rp_json_set(other, "clock", news_dot_to_json(&field->others.items[i].dot, nodes));
    append(list, other);
  }
  return list;
}

static void set_fields(json_t *object, const struct rp_replica *replica, struct news_nodes *nodes) {
  const struct rp_record_type *type = rp_record_type_get(replica->record->type);
  json_t *clocks = new_object(), *also = new_object();
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_replica_field *field = &replica->fields[i];
    if (!rp_replica_knows(replica, i) || !field->written)
      continue;
    if (rp_dot_compare(&field->version.dot, &replica->made) != 0 || field->version.seen.count > 0 ||
        !replica->record->values[i].set)
      rp_json_set(clocks, type->fields[i].name, version_to_json(&field->version, nodes));
    if (field->others.count > 0)
      rp_json_set(also, type->fields[i].name, others_to_json(field, nodes));
  }
  if (json_object_size(clocks) > 0)
    rp_json_set(object, "clocks", clocks);
  else
    json_decref(clocks);
  if (json_object_size(also) > 0)
    rp_json_set(object, "also", also);
  else
    json_decref(also);
}

void news_write(const struct rp_replica *replica, struct news_nodes *nodes, struct rp_str *out) {
  json_t *object = rp_record_to_json(replica->record);
  char joined[RP_ID_TEXT_SIZE];
  rp_json_set(object, "born", news_dot_to_json(&replica->made, nodes));
  if (replica->life != 0)
    rp_json_set(object, "life", json_integer(replica->life));
  if (replica->sharing != 0)
    rp_json_set(object, "sharing", json_integer(replica->sharing));
  if (!rp_id_is_none(&replica->joined))
    rp_json_set_text(object, "joined", rp_id_format(&replica->joined, joined));
  set_fields(object, replica, nodes);
  rp_json_add(out, object);
  rp_str_addc(out, '\n');
  json_decref(object);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static rp_status refuse(const char *name, const char *allowed, struct rp_err *err) {
  return rp_err_set(err, RP_EREFUSED, _("%s is not what it may be; allowed: %s"), name, allowed);
}

static rp_status refuse_ahead(struct rp_err *err) {
  return rp_err_set(err, RP_EREFUSED,
                    _("It was written more than a day ahead of the clock here; set the date of the computer that is "
                      "wrong, and pack again"));
}

/* The first two of an array. */
static rp_status read_dot(const json_t *json, const struct news_nodes *nodes, int64_t latest, struct rp_dot *out,
                          struct rp_err *err) {
  const json_t *clock = json_array_get(json, 0), *node = json_array_get(json, 1);
  json_int_t number = json_integer_value(node);
  if (!json_is_integer(clock) || !json_is_integer(node) || json_integer_value(clock) <= 0 || number < 0 ||
      (size_t)number >= nodes->ids.count)
    return refuse("clock", _("a clock and the number of a node of the list at the top"), err);
  if (json_integer_value(clock) > latest)
    return refuse_ahead(err);
  *out = (struct rp_dot){.clock = json_integer_value(clock), .node = nodes->ids.items[number]};
  return RP_OK;
}

rp_status news_dot_from_json(const json_t *json, const struct news_nodes *nodes, int64_t latest, struct rp_dot *out,
                             struct rp_err *err) {
  if (json_array_size(json) != 2)
    return refuse("clock", _("a clock and the number of a node of the list at the top"), err);
  return read_dot(json, nodes, latest, out, err);
}

static rp_status version_from_json(const json_t *json, const struct news_nodes *nodes, int64_t latest,
                                   struct rp_version *out, struct rp_err *err) {
  const json_t *seen = json_array_get(json, 2), *other;
  size_t index;
  if (json_array_size(json) > 3 || (seen != NULL && !json_is_array(seen)) || json_array_size(seen) > nodes->ids.count)
    return refuse("clock", _("a clock, a node, and a list of at most one clock for each node"), err);
  rp_status status = read_dot(json, nodes, latest, &out->dot, err);
  json_array_foreach(seen, index, other) {
    struct rp_version known = {0};
    if (status == RP_OK)
      status = news_dot_from_json(other, nodes, latest, &known.dot, err);
    if (status == RP_OK && rp_dot_compare(&known.dot, &out->dot) >= 0)
      status = refuse("clock", _("one later than all that was known"), err);
    if (status == RP_OK)
      rp_version_see(out, &known);
  }
  return status;
}

/* Takes a member out of the object; NULL when there is none. The caller releases it. */
static json_t *take(json_t *object, const char *name) {
  json_t *member = json_incref(json_object_get(object, name));
  json_object_del(object, name);
  return member;
}

static rp_status take_count(json_t *object, const char *name, int64_t *out, struct rp_err *err) {
  json_t *member = take(object, name);
  json_int_t number = member != NULL ? json_integer_value(member) : 0;
  bool good = member == NULL || (json_is_integer(member) && number > 0 && number < COUNT_MOST);
  json_decref(member);
  *out = number;
  return good ? RP_OK : refuse(name, _("a whole number above 0"), err);
}

static rp_status read_clocks(json_t *clocks, const struct news_nodes *nodes, int64_t latest, struct rp_replica *replica,
                             struct rp_err *err) {
  const char *name;
  json_t *json;
  if (clocks != NULL && !json_is_object(clocks))
    return refuse("clocks", _("clocks by the names of fields"), err);
  json_object_foreach(clocks, name, json) {
    int field = rp_record_field_find(replica->record->type, name, strlen(name));
    if (field < 0 || !rp_replica_knows(replica, field))
      return rp_err_set(err, RP_EREFUSED, _("It has a clock for %s, which it does not share"), name);
    replica->fields[field].written = true;
    replica->fields[field].version.dot = (struct rp_dot){0};
    rp_status status = version_from_json(json, nodes, latest, &replica->fields[field].version, err);
    if (status != RP_OK)
      return status;
  }
  return RP_OK;
}

static rp_status read_text(const json_t *json, char **out, struct rp_err *err) {
  struct rp_str clean = {0};
  if (!json_is_string(json) && !json_is_null(json))
    return refuse("also", _("texts with their clocks"), err);
  rp_status status = json_is_null(json) ? RP_OK
                                        : rp_utf8_clean(json_string_value(json), json_string_length(json),
                                                        RP_UTF8_MANY_LINES, &clean, err);
  if (status == RP_OK && clean.length > RP_TEXT_BYTES)
    status = refuse("also", _("texts of at most 64 KiB"), err);
  if (status == RP_OK && clean.length > 0)
    *out = rp_str_take(&clean);
  rp_str_fini(&clean);
  return status;
}

/* They stand as a join leaves them: the latest first, each known to the value. */
static rp_status read_other(const json_t *json, const struct news_nodes *nodes, int64_t latest,
                            struct rp_replica_field *field, struct rp_err *err) {
  const struct rp_dot *before =
      field->others.count > 0 ? &field->others.items[field->others.count - 1].dot : &field->version.dot;
  struct rp_version known = {0};
  char *text = NULL;
  if (!json_is_object(json) || json_object_size(json) != 2)
    return refuse("also", _("texts with their clocks"), err);
  rp_status status = news_dot_from_json(json_object_get(json, "clock"), nodes, latest, &known.dot, err);
  if (status == RP_OK && rp_dot_compare(before, &known.dot) <= 0)
    status = refuse("also", _("the latest text first"), err);
  if (status == RP_OK)
    status = read_text(json_object_get(json, "text"), &text, err);
  if (status != RP_OK)
    return status;
  *rp_vec_add(&field->others) = (struct rp_sibling){.dot = known.dot, .text = text};
  rp_version_see(&field->version, &known);
  return RP_OK;
}

static rp_status read_also(json_t *also, const struct news_nodes *nodes, int64_t latest, struct rp_replica *replica,
                           struct rp_err *err) {
  enum { TEXTS_MOST = 1000 }; /* more sides than a team has */
  const char *name;
  json_t *list;
  if (also != NULL && !json_is_object(also))
    return refuse("also", _("texts by the names of fields"), err);
  json_object_foreach(also, name, list) {
    int field = rp_record_field_find(replica->record->type, name, strlen(name));
    const json_t *json;
    size_t index;
    if (field < 0 || !rp_replica_knows(replica, field) ||
        rp_record_type_get(replica->record->type)->fields[field].kind != RP_KIND_TEXT || !json_is_array(list) ||
        json_array_size(list) > TEXTS_MOST)
      return refuse("also", _("texts of fields that it shares"), err);
    json_array_foreach(list, index, json) {
      replica->fields[field].written = true;
      rp_status status = read_other(json, nodes, latest, &replica->fields[field], err);
      if (status != RP_OK)
        return status;
    }
  }
  return RP_OK;
}

/* Of a deleted or withdrawn record there is nothing but what it was. */
static rp_status read_nothing(json_t *object, struct rp_record **out, struct rp_err *err) {
  const json_t *type = json_object_get(object, "type"), *id = json_object_get(object, "id");
  const char *audience = json_string_value(json_object_get(object, "audience"));
  enum rp_type number =
      json_is_string(type) ? rp_record_type_find(json_string_value(type), json_string_length(type)) : RP_TYPE_NONE;
  struct rp_id parsed;
  if (number == RP_TYPE_NONE || !json_is_string(id) || !rp_id_parse(json_string_value(id), &parsed) ||
      rp_id_is_none(&parsed))
    return refuse("id", _("the type and the id of a record"), err);
  if (json_object_size(object) != 3 || audience == NULL || strcmp(audience, "me") != 0)
    return rp_err_set(err, RP_EREFUSED, _("A record that is deleted or not shared any more has content"));
  *out = rp_record_new(number);
  (*out)->id = parsed;
  (*out)->audience = RP_AUDIENCE_ME;
  return RP_OK;
}

static bool has_nothing(json_t *object, int64_t life) {
  const char *audience = json_string_value(json_object_get(object, "audience"));
  return life % 2 != 0 || (audience != NULL && strcmp(audience, "me") == 0);
}

/* Of a record that is shared there is when it was made and changed, and by whom it may be seen. */
static rp_status check_stamps(const struct rp_record *record, int64_t latest, struct rp_err *err) {
  if (record->created == 0 || record->changed == 0 || record->audience == RP_CODE_NONE)
    return rp_err_set(err, RP_EREFUSED, _("created, changed or audience is missing"));
  return record->created > latest / 65536 || record->changed > latest / 65536 ? refuse_ahead(err) : RP_OK;
}

/* What nobody may share, whatever the bundle says. */
static rp_status refuse_private(struct rp_replica *replica, struct rp_err *err) {
  if (replica->record->extra != NULL)
    return rp_err_set(err, RP_EREFUSED, _("It has x_ fields, which never leave a journal"));
  struct rp_record *given = rp_record_copy(replica->record);
  struct rp_str names = {0};
  rp_replica_narrow(replica);
  bool told_more = rp_record_difference(given, replica->record, false, &names) > 0;
  if (told_more)
    rp_err_set(err, RP_EREFUSED, _("It has %s, which its audience may not see"), rp_str_text(&names));
  rp_str_fini(&names);
  rp_record_free(given);
  return told_more ? RP_EREFUSED : RP_OK;
}

struct taken {
  json_t *born, *joined, *clocks, *also;
  int64_t life, sharing;
};

static bool read_joined(struct rp_replica *replica, const json_t *json) {
  return rp_replica_is_dead(replica) && json_is_string(json) &&
         rp_id_parse(json_string_value(json), &replica->joined) && !rp_id_is_none(&replica->joined) &&
         rp_id_compare(&replica->joined, &replica->record->id) < 0; /* so that nobody can lead in a circle */
}

static rp_status read_state(json_t *object, const struct taken *taken, const struct news_nodes *nodes, int64_t latest,
                            struct rp_replica **out, struct rp_err *err) {
  struct rp_record_context context = {.elsewhere = true};
  struct rp_record *record = NULL;
  struct rp_dot made;
  bool empty = has_nothing(object, taken->life);
  rp_status status = news_dot_from_json(taken->born, nodes, latest, &made, err);
  if (status == RP_OK)
    status = empty ? read_nothing(object, &record, err) : rp_record_from_json(object, NULL, &context, &record, err);
  if (status != RP_OK)
    return status;
  *out = rp_replica_new(record, made);
  (*out)->life = taken->life;
  (*out)->sharing = taken->sharing;
  if (taken->joined != NULL && !read_joined(*out, taken->joined))
    return refuse("joined",
                  _("the id of the record that a deleted one was joined into, which is the smaller of the two"), err);
  if (!empty)
    status = check_stamps(record, latest, err);
  if (status == RP_OK)
    status = refuse_private(*out, err);
  if (status == RP_OK)
    status = read_clocks(taken->clocks, nodes, latest, *out, err);
  return status == RP_OK ? read_also(taken->also, nodes, latest, *out, err) : status;
}

rp_status news_read(json_t *object, const struct news_nodes *nodes, int64_t latest, struct rp_replica **out,
                    struct rp_err *err) {
  struct taken taken = {0};
  *out = NULL;
  rp_status status = take_count(object, "life", &taken.life, err);
  if (status == RP_OK)
    status = take_count(object, "sharing", &taken.sharing, err);
  taken.born = take(object, "born");
  taken.joined = take(object, "joined");
  taken.clocks = take(object, "clocks");
  taken.also = take(object, "also");
  if (status == RP_OK)
    status = read_state(object, &taken, nodes, latest, out, err);
  json_decref(taken.born);
  json_decref(taken.joined);
  json_decref(taken.clocks);
  json_decref(taken.also);
  if (status != RP_OK) {
    rp_replica_free(*out);
    *out = NULL;
  }
  return status;
}
