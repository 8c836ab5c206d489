#include "form_text.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"

/* ---- picks --------------------------------------------------------------------------------------------------------
 */

const char *form_pick_title(const form_picks *picks, int of, const struct rp_id *id) {
  for (size_t i = 0; i < picks->count; i++) {
    if (picks->items[i].of == of && rp_id_equal(&picks->items[i].id, id))
      return picks->items[i].title;
  }
  return NULL;
}

bool form_pick_find(const form_picks *picks, int of, const char *title, struct rp_id *out) {
  for (size_t i = 0; i < picks->count; i++) {
    if (picks->items[i].of == of && rp_str_equal(picks->items[i].title, title)) {
      *out = picks->items[i].id;
      return true;
    }
  }
  return false;
}

const char *form_pick_add(form_picks *picks, int of, const char *title, const struct rp_id *id) {
  const char *known = form_pick_title(picks, of, id);
  if (known != NULL)
    return known;
  struct rp_id other;
  char *unique = rp_mem_text(title);
  for (int number = 2; form_pick_find(picks, of, unique, &other); number++) {
    free(unique);
    unique = rp_str_format("%s (%d)", title, number);
  }
  *rp_vec_add(picks) = (struct form_pick){of, unique, *id};
  return unique;
}

void form_picks_fini(form_picks *picks) {
  for (size_t i = 0; i < picks->count; i++)
    free(picks->items[i].title);
  rp_vec_fini(picks);
}

/* ---- printing -----------------------------------------------------------------------------------------------------
 */

static void set_id(json_t *object, const char *key, const struct rp_id *id) {
  char text[RP_ID_TEXT_SIZE];
  if (!rp_id_is_none(id))
    rp_json_set_text(object, key, rp_id_format(id, text));
}

static const char audience_name[] = "audience";

static const char *name_of(enum rp_type type, int field) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  return field < descriptor->field_count ? descriptor->fields[field].name : audience_name;
}

static json_t *print_fields(const struct form_text *form) {
  json_t *fields = json_object();
  for (size_t i = 0; i < form->fields.count; i++) {
    const struct form_text_field *field = &form->fields.items[i];
    json_t *entry = json_object();
    rp_json_set_text(entry, "text", field->text);
    if (*field->was != '\0')
      rp_json_set_text(entry, "was", field->was);
    rp_json_set(fields, name_of(form->type, field->field), entry);
  }
  return fields;
}

static json_t *print_picks(const struct form_text *form) {
  json_t *picks = json_array();
  for (size_t i = 0; i < form->picks.count; i++) {
    json_t *entry = json_object();
    rp_json_set(entry, "of", json_integer(form->picks.items[i].of));
    rp_json_set_text(entry, "title", form->picks.items[i].title);
    set_id(entry, "id", &form->picks.items[i].id);
    json_array_append_new(picks, entry);
  }
  return picks;
}

char *form_text_print(const struct form_text *form) {
  json_t *object = json_object();
  rp_json_set_text(object, "type", rp_record_type_get(form->type)->name);
  set_id(object, "id", &form->id);
  set_id(object, "about", &form->about);
  if (form->based_on != 0)
    rp_json_set(object, "based_on", json_integer(form->based_on));
  rp_json_set(object, "fields", print_fields(form));
  rp_json_set(object, "picks", print_picks(form));
  struct rp_str text = {0};
  rp_json_add(&text, object);
  json_decref(object);
  return rp_str_take(&text);
}

/* ---- parsing ------------------------------------------------------------------------------------------------------
 */

/* A text member, "" when there is none. */
static const char *text_at(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text == NULL ? "" : text;
}

static void parse_fields(json_t *fields, struct form_text *out) {
  const char *name;
  json_t *entry;
  json_object_foreach(fields, name, entry) {
    int field = strcmp(name, audience_name) == 0 ? rp_record_type_get(out->type)->field_count
                                                 : rp_record_field_find(out->type, name, strlen(name));
    if (field >= 0)
      *rp_vec_add(&out->fields) =
          (struct form_text_field){field, rp_mem_text(text_at(entry, "text")), rp_mem_text(text_at(entry, "was"))};
  }
}

static void parse_picks(const json_t *picks, struct form_text *out) {
  for (size_t i = 0; i < json_array_size(picks); i++) {
    const json_t *entry = json_array_get(picks, i);
    int of = (int)json_integer_value(json_object_get(entry, "of"));
    struct rp_id id;
    if (rp_id_parse(text_at(entry, "id"), &id))
      (void)form_pick_add(&out->picks, of, text_at(entry, "title"), &id);
  }
}

rp_status form_text_parse(const char *text, struct form_text *out, struct rp_err *err) {
  *out = (struct form_text){.type = RP_TYPE_NONE};
  json_t *object = NULL;
  rp_status status = rp_json_parse(text, strlen(text), &object, err);
  if (status != RP_OK)
    return status;
  const char *type = text_at(object, "type");
  out->type = rp_record_type_find(type, strlen(type));
  if (out->type == RP_TYPE_NONE) {
    json_decref(object);
    return rp_err_set(err, RP_EREFUSED, _("this is no form that was begun with this program"));
  }
  (void)rp_id_parse(text_at(object, "id"), &out->id);
  (void)rp_id_parse(text_at(object, "about"), &out->about);
  out->based_on = json_integer_value(json_object_get(object, "based_on"));
  parse_fields(json_object_get(object, "fields"), out);
  parse_picks(json_object_get(object, "picks"), out);
  json_decref(object);
  return RP_OK;
}

void form_text_fini(struct form_text *form) {
  for (size_t i = 0; i < form->fields.count; i++) {
    free(form->fields.items[i].text);
    free(form->fields.items[i].was);
  }
  rp_vec_fini(&form->fields);
  form_picks_fini(&form->picks);
}

/* The field that says most: the name, else the first text that was typed. */
static const char *telling(const struct form_text *form) {
  const struct rp_record_type *type = rp_record_type_get(form->type);
  const char *best = NULL;
  bool is_text = false;
  for (size_t i = 0; i < form->fields.count; i++) {
    const struct form_text_field *field = &form->fields.items[i];
    if (field->field >= type->field_count || *field->text == '\0')
      continue;
    enum rp_kind kind = type->fields[field->field].kind;
    bool says = kind == RP_KIND_TEXT || (type->fields[field->field].flags & RP_FIELD_NAME) != 0;
    if (best == NULL || (says && !is_text))
      best = field->text;
    is_text = is_text || says;
  }
  return best;
}

char *form_text_line(const char *text) {
  struct form_text form;
  struct rp_str line = {0};
  if (form_text_parse(text, &form, NULL) == RP_OK) {
    const char *says = telling(&form);
    rp_str_add(&line, _(rp_record_type_get(form.type)->label));
    if (says != NULL) {
      rp_str_add(&line, ": ");
      rp_str_addn(&line, says, strcspn(says, "\n"));
    }
  }
  form_text_fini(&form);
  return rp_str_take(&line);
}
