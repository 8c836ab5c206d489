#include "rapport/id.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* The state of the generator: the random part of the last id, so that a second id of the same millisecond (or of a
 * clock that went back) can count on from it (RFC 9562, 6.2, method 2). */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t last_stamp;
static uint64_t last_high; /* 12 bits */
static uint64_t last_low;  /* 62 bits */
static uint64_t seed_given;
static uint64_t seed_used;

#define STAMP_LIMIT (UINT64_C(1) << 48)
#define HIGH_LIMIT (UINT64_C(1) << 12)
#define LOW_LIMIT (UINT64_C(1) << 62)

static void start_sodium(void) {
  if (sodium_init() < 0)
    abort(); /* no entropy: an id could be one that exists */
}

static void store_big_endian(uint8_t *bytes, uint64_t number, int count) {
  for (int i = count - 1; i >= 0; i--) {
    bytes[i] = (uint8_t)(number & 0xFF);
    number >>= 8;
  }
}

static void random_words(uint64_t words[2]) {
  if (seed_given == 0) {
    randombytes_buf(words, 2 * sizeof words[0]);
    return;
  }
  unsigned char key[randombytes_SEEDBYTES] = {0};
  uint8_t bytes[16];
  store_big_endian(key, seed_given, 8);
  store_big_endian(key + 8, seed_used++, 8);
  randombytes_buf_deterministic(bytes, sizeof bytes, key);
  words[0] = words[1] = 0;
  for (int i = 0; i < 8; i++) {
    words[0] = words[0] << 8 | bytes[i];
    words[1] = words[1] << 8 | bytes[8 + i];
  }
}

static void set_version(struct rp_id *id, unsigned version) {
  id->bytes[6] = (uint8_t)((id->bytes[6] & 0x0F) | version << 4);
  id->bytes[8] = (uint8_t)((id->bytes[8] & 0x3F) | 0x80);
}

void rp_id_seed(uint64_t seed) {
  pthread_mutex_lock(&lock);
  seed_given = seed;
  seed_used = 0;
  last_stamp = last_high = last_low = 0;
  pthread_mutex_unlock(&lock);
}

struct rp_id rp_id_new(int64_t stamp) {
  uint64_t milliseconds = stamp < 0 ? 0 : (uint64_t)stamp;
  if (milliseconds >= STAMP_LIMIT)
    milliseconds = STAMP_LIMIT - 1;
  start_sodium();

  pthread_mutex_lock(&lock);
  uint64_t words[2];
  random_words(words);
  if (milliseconds > last_stamp) {
    last_stamp = milliseconds;
    last_high = words[0] % HIGH_LIMIT;
    last_low = words[1] % LOW_LIMIT;
  } else {
    last_low += 1 + (words[1] & 0xFFFFFFFF);
    last_high += last_low / LOW_LIMIT;
    last_low %= LOW_LIMIT;
    last_stamp += last_high / HIGH_LIMIT;
    last_high %= HIGH_LIMIT;
  }
  struct rp_id id;
  store_big_endian(id.bytes, last_stamp, 6);
  store_big_endian(id.bytes + 6, last_high, 2);
  store_big_endian(id.bytes + 8, last_low, 8);
  pthread_mutex_unlock(&lock);
  set_version(&id, 7);
  return id;
}

/* The first number of a text. Records that another program has numbered in order then lie in order in the journal, as
 * those do that are made here: a large import is written and read from one end to the other, not in leaps. */
static uint64_t first_number(const char *text) {
  uint64_t number = 0;
  text += strcspn(text, "0123456789");
  for (; *text >= '0' && *text <= '9'; text++)
    number = number * 10 + (uint64_t)(*text - '0');
  return number;
}

struct rp_id rp_id_derive(const char *source, const char *text) {
  static const unsigned char purpose[] = "rapport id, version 1";
  struct rp_id id;
  crypto_generichash_state state;
  start_sodium();
  crypto_generichash_init(&state, purpose, sizeof purpose - 1, sizeof id.bytes);
  crypto_generichash_update(&state, (const unsigned char *)source, strlen(source) + 1); /* the NUL parts the two */
  crypto_generichash_update(&state, (const unsigned char *)text, strlen(text));
  crypto_generichash_final(&state, id.bytes, sizeof id.bytes);
  store_big_endian(id.bytes, first_number(text), 6);
  set_version(&id, 8);
  return id;
}

static int hex_digit(char byte) {
  if (byte >= '0' && byte <= '9')
    return byte - '0';
  if (byte >= 'a' && byte <= 'f')
    return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F')
    return byte - 'A' + 10;
  return -1;
}

static bool is_hyphen_place(int at) {
  return at == 8 || at == 13 || at == 18 || at == 23;
}

bool rp_id_parse(const char *text, struct rp_id *out) {
  struct rp_id id = {{0}};
  int digits = 0;
  for (int at = 0; at < RP_ID_TEXT_SIZE - 1; at++) {
    if (is_hyphen_place(at)) {
      if (text[at] != '-')
        return false;
      continue;
    }
    int digit = hex_digit(text[at]);
    if (digit < 0)
      return false;
    id.bytes[digits / 2] = (uint8_t)(id.bytes[digits / 2] << 4 | digit);
    digits++;
  }
  if (text[RP_ID_TEXT_SIZE - 1] != '\0')
    return false;
  *out = id;
  return true;
}

const char *rp_id_format(const struct rp_id *id, char out[RP_ID_TEXT_SIZE]) {
  static const char hex[] = "0123456789abcdef";
  char *at = out;
  for (size_t i = 0; i < sizeof id->bytes; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      *at++ = '-';
    *at++ = hex[id->bytes[i] >> 4];
    *at++ = hex[id->bytes[i] & 0x0F];
  }
  *at = '\0';
  return out;
}

void rp_id_hash(const struct rp_id *id, const uint8_t key[RP_ID_KEY_SIZE], uint8_t out[RP_ID_HASH_SIZE]) {
  start_sodium();
  crypto_generichash(out, RP_ID_HASH_SIZE, id->bytes, sizeof id->bytes, key, RP_ID_KEY_SIZE);
}

void rp_id_key_new(uint8_t key[RP_ID_KEY_SIZE]) {
  start_sodium();
  randombytes_buf(key, RP_ID_KEY_SIZE);
}
