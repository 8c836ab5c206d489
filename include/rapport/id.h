/*
 * Record ids: UUID version 7 (RFC 9562), made here; ids of other systems are mapped to a UUID that is always the same
 * for the same source and id.
 */
#ifndef RAPPORT_ID_H
#define RAPPORT_ID_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "rapport/err.h"

#define RP_ID_TEXT_SIZE 37 /* 36 characters and NUL */

struct rp_id {
  uint8_t bytes[16];
};

/* A new id for a UTC stamp in milliseconds (RFC 9562, 5.7); ids of one process never go backwards. Entropy is
 * libsodium's; rp_id_seed makes them deterministic for tests and the sample journal (seed 0: random again). */
struct rp_id rp_id_new(int64_t stamp);
void rp_id_seed(uint64_t seed);
/* The id that stands for `text` of `source`, always the same: version 8 (RFC 9562, 5.8), the first number of the text
 * in its first 48 bits (larger ones modulo 2^48; 0 without one), then 74 bits of BLAKE2b over both. */
struct rp_id rp_id_derive(const char *source, const char *text);
/* Whether `text` is a UUID in its 36-character form, either case; fills *out. */
bool rp_id_parse(const char *text, struct rp_id *out);
/* Lower-case 36-character form. Returns `out`. */
const char *rp_id_format(const struct rp_id *id, char out[RP_ID_TEXT_SIZE]);
/* Asked of very many: two numbers each. */
static inline bool rp_id_equal(const struct rp_id *a, const struct rp_id *b) {
  return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
static inline int rp_id_compare(const struct rp_id *a, const struct rp_id *b) {
  return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}
/* All zero. */
static inline bool rp_id_is_none(const struct rp_id *id) {
  static const struct rp_id none;
  return rp_id_equal(id, &none);
}

/* What stands for an id without naming it: BLAKE2b (RFC 7693) of its bytes under a secret key. Who has not the key can
 * neither tell the id nor whether two of them are the same. */
enum { RP_ID_KEY_SIZE = 32, RP_ID_HASH_SIZE = 32 };
void rp_id_hash(const struct rp_id *id, const uint8_t key[RP_ID_KEY_SIZE], uint8_t out[RP_ID_HASH_SIZE]);
/* A key for it, from libsodium's entropy. */
void rp_id_key_new(uint8_t key[RP_ID_KEY_SIZE]);

#endif
