#include "signed_text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"

void text_set_id(json_t *object, const char *name, const struct rp_id *id) {
  char text[RP_ID_TEXT_SIZE];
  rp_json_set_text(object, name, rp_id_format(id, text));
}

void text_set_hex(json_t *object, const char *name, const uint8_t *bytes, size_t length) {
  char *text = rp_mem_alloc(length * 2 + 1);
  rp_json_set_text(object, name, sodium_bin2hex(text, length * 2 + 1, bytes, length));
  free(text);
}

rp_status text_get_id(const json_t *object, const char *name, bool needed, struct rp_id *out, struct rp_err *err) {
  const json_t *json = json_object_get(object, name);
  *out = (struct rp_id){{0}};
  if (json == NULL && !needed)
    return RP_OK;
  if (json_is_string(json) && rp_id_parse(json_string_value(json), out) && !rp_id_is_none(out))
    return RP_OK;
  return rp_err_set(err, RP_EREFUSED, _("%s is missing or no id"), name);
}

rp_status text_get_hex(const json_t *object, const char *name, uint8_t *bytes, size_t length, struct rp_err *err) {
  const char *text = json_string_value(json_object_get(object, name)), *end = NULL;
  size_t read = 0;
  if (text != NULL && sodium_hex2bin(bytes, length, text, strlen(text), NULL, &read, &end) == 0 && read == length &&
      *end == '\0')
    return RP_OK;
  return rp_err_set(err, RP_EREFUSED, _("%s is missing or not %zu bytes in hexadecimal"), name, length);
}

rp_status text_clean_line(const char *bytes, size_t length, const char *name, char **out, struct rp_err *err) {
  struct rp_str text = {0};
  rp_status status = rp_utf8_clean(bytes, length, RP_UTF8_ONE_LINE, &text, err);
  if (status == RP_OK && rp_utf8_is_blank(rp_str_text(&text)))
    status = rp_err_set(err, RP_EREFUSED, _("%s is missing or empty"), name);
  if (status == RP_OK && rp_utf8_count(rp_str_text(&text), text.length) > RP_LINE_CHARACTERS)
    status = rp_err_set(err, RP_EREFUSED, _("%s has more than %d characters"), name, RP_LINE_CHARACTERS);
  if (status == RP_OK)
    *out = rp_str_take(&text);
  rp_str_fini(&text);
  return status;
}

rp_status text_get_line(const json_t *object, const char *name, char **out, struct rp_err *err) {
  const json_t *json = json_object_get(object, name);
  if (!json_is_string(json))
    return rp_err_set(err, RP_EREFUSED, _("%s is missing or empty"), name);
  return text_clean_line(json_string_value(json), json_string_length(json), name, out, err);
}

rp_status text_get_text(const json_t *object, const char *name, const char **out, struct rp_err *err) {
  *out = json_string_value(json_object_get(object, name));
  return *out != NULL ? RP_OK : rp_err_set(err, RP_EREFUSED, _("%s is missing or no text"), name);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

void signed_write(const char *format, const char *text, const struct rp_member_keys *keys, json_t *more,
                  struct rp_str *out) {
  uint8_t signature[RP_SIGNATURE_SIZE];
  json_t *object = json_object();
  if (object == NULL)
    rp_mem_exhausted();
  rp_sign_text(keys, text, strlen(text), signature);
  rp_json_set_text(object, "format", format);
  rp_json_set(object, "version", json_integer(1));
  rp_json_set_text(object, "text", text);
  text_set_hex(object, "signature", signature, sizeof signature);
  if (more != NULL && json_object_update(object, more) != 0)
    rp_mem_exhausted();
  json_decref(more);
  rp_json_add(out, object);
  rp_str_addc(out, '\n');
  json_decref(object);
}

rp_status signed_read(const char *format, const char *bytes, size_t length, json_t **object, const char **text,
                      uint8_t signature[RP_SIGNATURE_SIZE], struct rp_err *err) {
  *object = NULL;
  if (rp_json_parse(bytes, length, object, NULL) != RP_OK || !json_is_object(*object))
    return rp_err_set(err, RP_EREFUSED, _("This is no file of the form “%s”; it may have been damaged on its way"),
                      format);
  const char *given = json_string_value(json_object_get(*object, "format"));
  json_int_t version = json_integer_value(json_object_get(*object, "version"));
  if (given == NULL || strcmp(given, format) != 0)
    return rp_err_set(err, RP_EREFUSED, _("This is a file of the form “%s”; “%s” is needed here"),
                      given != NULL ? given : "", format);
  if (version != 1)
    return rp_err_set(err, RP_EREFUSED, _("This is version %lld of “%s”; this rapport reads version 1. Update rapport"),
                      (long long)version, format);
  rp_status status = text_get_text(*object, "text", text, err);
  return status == RP_OK ? text_get_hex(*object, "signature", signature, RP_SIGNATURE_SIZE, err) : status;
}
