/* JSON texts with keys, ids and signatures in them: what roster, request and invitation have in common. */
#ifndef TEAM_SIGNED_TEXT_H
#define TEAM_SIGNED_TEXT_H

#include <jansson.h>

#include "rapport/roster.h"

void text_set_id(json_t *object, const char *name, const struct rp_id *id);
void text_set_hex(json_t *object, const char *name, const uint8_t *bytes, size_t length);
/* Each refuses with a sentence that names the member. An id that is not `needed` may be left out. */
rp_status text_get_id(const json_t *object, const char *name, bool needed, struct rp_id *out, struct rp_err *err);
rp_status text_get_hex(const json_t *object, const char *name, uint8_t *bytes, size_t length, struct rp_err *err);
/* A line of 1 to 200 characters, cleaned; the caller frees. */
rp_status text_get_line(const json_t *object, const char *name, char **out, struct rp_err *err);
/* A text as such a line; `name` is what the sentence calls it. */
rp_status text_clean_line(const char *text, size_t length, const char *name, char **out, struct rp_err *err);
/* A text of any length, as it is: borrowed from the object. */
rp_status text_get_text(const json_t *object, const char *name, const char **out, struct rp_err *err);

/* The members that say who somebody is. (roster.c) */
void member_to_json(const struct rp_member *member, json_t *object);
rp_status member_from_json(const json_t *object, struct rp_member *out, struct rp_err *err);

/* A file of one of these formats: {"format":FORMAT,"version":1,"text":TEXT,"signature":HEX,...}. Appends it; `more` is
 * taken over, or NULL. */
void signed_write(const char *format, const char *text, const struct rp_member_keys *keys, json_t *more,
                  struct rp_str *out);
/* Reads one, its signature not checked yet. *object is for the caller to release, `text` borrowed from it. */
rp_status signed_read(const char *format, const char *bytes, size_t length, json_t **object, const char **text,
                      uint8_t signature[RP_SIGNATURE_SIZE], struct rp_err *err);

#endif
