/* One hash of all that was merged. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/merge.h"

static void add(crypto_generichash_state *state, const char *text, size_t length) {
  crypto_generichash_update(state, (const uint8_t *)text, length);
  crypto_generichash_update(state, (const uint8_t *)"\n", 1);
}

static bool add_replica(void *data, const struct rp_replica *replica) {
  struct rp_str text = {0};
  rp_replica_canonical(replica, &text);
  add(data, rp_str_text(&text), text.length);
  rp_str_fini(&text);
  return true;
}

static bool add_conclusion(void *data, const struct rp_store_conclusion *conclusion) {
  char relationship[RP_ID_TEXT_SIZE], node[RP_ID_TEXT_SIZE];
  char *text = rp_str_format("%s %lld %s %s", rp_id_format(&conclusion->relationship, relationship),
                             (long long)conclusion->dot.clock, rp_id_format(&conclusion->dot.node, node),
                             conclusion->text != NULL ? conclusion->text : "");
  add(data, text, strlen(text));
  free(text);
  return true;
}

static bool add_erasure(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at) {
  char hex[2 * RP_STORE_ERASURE_SIZE + 1];
  sodium_bin2hex(hex, sizeof hex, hash, RP_STORE_ERASURE_SIZE);
  char *text = rp_str_format("erasure %s %lld", hex, (long long)at);
  add(data, text, strlen(text));
  free(text);
  return true;
}

static bool add_answer(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], const struct rp_id *node) {
  char hex[2 * RP_STORE_ERASURE_SIZE + 1], id[RP_ID_TEXT_SIZE];
  sodium_bin2hex(hex, sizeof hex, hash, RP_STORE_ERASURE_SIZE);
  char *text = rp_str_format("erased %s %s", hex, rp_id_format(node, id));
  add(data, text, strlen(text));
  free(text);
  return true;
}

rp_status rp_team_digest(struct rp_store *store, char out[RP_DIGEST_TEXT_SIZE], struct rp_err *err) {
  crypto_generichash_state state;
  uint8_t hash[(RP_DIGEST_TEXT_SIZE - 1) / 2];
  if (sodium_init() < 0)
    abort();
  crypto_generichash_init(&state, NULL, 0, sizeof hash);
  rp_status status = rp_store_each_replica(store, add_replica, &state, err);
  if (status == RP_OK)
    status = rp_store_each_conclusion(store, add_conclusion, &state, err);
  if (status == RP_OK)
    status = rp_store_each_erasure(store, add_erasure, &state, err);
  if (status == RP_OK)
    status = rp_store_each_erasure_answer(store, add_answer, &state, err);
  crypto_generichash_final(&state, hash, sizeof hash);
  sodium_bin2hex(out, RP_DIGEST_TEXT_SIZE, hash, sizeof hash);
  return status;
}
