/* Lists as a person types them: "oem, “Oy, Ab”, hydraulics". */
#include <string.h>

#include "record_internal.h"

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n';
}

/* What a backslash at `at` stands for, 0 when it stands for itself. */
static char escaped(const char *at) {
  return at[0] == '\\' && at[1] != '\0' && strchr(",\"\\", at[1]) != NULL ? at[1] : '\0';
}

/* Reads up to the closing quotation mark and on to the comma or the end. */
static rp_status next_quoted(struct list_reader *reader, struct rp_str *out, struct rp_err *err) {
  const char *at = reader->at + 1;
  while (*at != '\0' && *at != '"') {
    char byte = escaped(at);
    rp_str_addc(out, byte != '\0' ? byte : *at);
    at += byte != '\0' ? 2 : 1;
  }
  if (*at == '\0')
    return rp_err_set(err, RP_EREFUSED, _("%s has a quotation mark that is not closed; write \" at its end too"),
                      reader->field);
  at++;
  while (is_blank(*at))
    at++;
  if (*at != '\0' && *at != ',')
    return rp_err_set(err, RP_EREFUSED, _("%s has text behind a closing quotation mark; write a comma between them"),
                      reader->field);
  reader->at = at;
  return RP_OK;
}

static void next_plain(struct list_reader *reader, struct rp_str *out) {
  const char *at = reader->at;
  while (*at != '\0' && *at != ',') {
    char byte = escaped(at);
    rp_str_addc(out, byte != '\0' ? byte : *at);
    at += byte != '\0' ? 2 : 1;
  }
  while (out->length > 0 && is_blank(out->data[out->length - 1]))
    rp_str_cut(out, out->length - 1);
  reader->at = at;
}

rp_status list_next(struct list_reader *reader, struct rp_str *out, bool *more, struct rp_err *err) {
  rp_str_clear(out);
  *more = false;
  while (is_blank(*reader->at) || *reader->at == ',')
    reader->at++;
  if (*reader->at == '\0')
    return RP_OK;
  *more = true;
  if (*reader->at == '"')
    return next_quoted(reader, out, err);
  next_plain(reader, out);
  return RP_OK;
}

void list_add(struct rp_str *list, const char *element, bool first) {
  size_t length = strlen(element);
  if (!first)
    rp_str_add(list, ", ");
  if (length > 0 && element[0] != '"' && !is_blank(element[0]) && !is_blank(element[length - 1]) &&
      strpbrk(element, ",\\") == NULL) {
    rp_str_addn(list, element, length);
    return;
  }
  rp_str_addc(list, '"');
  for (size_t i = 0; i < length; i++) {
    if (element[i] == '"' || element[i] == '\\')
      rp_str_addc(list, '\\');
    rp_str_addc(list, element[i]);
  }
  rp_str_addc(list, '"');
}
