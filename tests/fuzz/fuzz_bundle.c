/* The envelope of a bundle. The first byte chooses: even, the rest is a file from anybody; odd, the rest is content,
 * which comes out as it went in, and not otherwise when its sender changes bytes of the envelope and signs again: 7
 * times a place (2 bytes) and what to change there. */
#include <sodium.h>
#include <string.h>

#include "check.h"
#include "rapport/bundle.h"

enum { EDITS = 7, EDIT_SIZE = 3 };

static struct rp_member_keys sender, receiver;
static const struct rp_id sender_node = {.bytes = {1}}, receiver_node = {.bytes = {2}};

/* Always the same, so that the kept files can be opened. */
static void make_keys(struct rp_member_keys *keys, uint8_t number) {
  uint8_t seed[crypto_sign_SEEDBYTES];
  memset(seed, number, sizeof seed);
  crypto_sign_seed_keypair(keys->open.sign, keys->sign, seed);
  crypto_box_seed_keypair(keys->open.box, keys->box, seed);
}

static void try_file(const char *bytes, size_t length) {
  struct rp_bundle bundle;
  struct rp_str content = {0};
  struct rp_err err = {0};
  rp_status status = rp_bundle_open(bytes, length, &bundle, &err);
  CHECK(status == RP_OK || (status == RP_EREFUSED && err.text[0] != '\0'));
  if (status != RP_OK)
    return;
  CHECK(bundle.recipients >= 1 && bundle.recipients <= RP_BUNDLE_MOST_RECIPIENTS && bundle.length == length);
  CHECK(bundle.head.sequence >= 1 && bundle.head.sequence <= INT64_MAX);
  status = rp_bundle_verify(&bundle, sender.open.sign, &err);
  CHECK(status == RP_OK || status == RP_EREFUSED);
  /* a sender may sign whatever they like */
  status = rp_bundle_unseal(&bundle, &receiver_node, &receiver, &content, &err);
  CHECK(status == RP_OK || (status == RP_EREFUSED && err.text[0] != '\0' && content.length == 0));
  CHECK(content.length <= length);
  rp_str_fini(&content);
}

static void sign_again(struct rp_str *bytes) {
  crypto_sign_state state;
  size_t length = bytes->length - crypto_sign_BYTES;
  crypto_sign_init(&state);
  crypto_sign_update(&state, (const uint8_t *)bytes->data, length);
  crypto_sign_final_create(&state, (uint8_t *)bytes->data + length, NULL, sender.sign);
}

static void read_back(const struct rp_str *bytes, const char *content, size_t length, bool changed) {
  struct rp_bundle bundle;
  struct rp_str read = {0};
  rp_status status = rp_bundle_open(bytes->data, bytes->length, &bundle, NULL);
  if (status == RP_OK)
    CHECK(rp_bundle_verify(&bundle, sender.open.sign, NULL) == RP_OK);
  if (status == RP_OK)
    status = rp_bundle_unseal(&bundle, &receiver_node, &receiver, &read, NULL);
  CHECK(status == RP_OK || changed);
  CHECK(status == RP_OK ? read.length == length : read.length == 0);
  CHECK(status != RP_OK || memcmp(rp_str_text(&read), content, length) == 0);
  rp_str_fini(&read);
}

static void try_content(const uint8_t *edits, const char *content, size_t length) {
  struct rp_bundle_head head = {.team = {.bytes = {9}}, .sender = sender_node, .sequence = 1 + length};
  struct rp_bundle_recipient to[2] = {{.node = sender_node}, {.node = receiver_node}};
  struct rp_str bytes = {0};
  bool changed = false;
  memcpy(to[0].box, sender.open.box, sizeof to[0].box);
  memcpy(to[1].box, receiver.open.box, sizeof to[1].box);
  CHECK(rp_bundle_write(&head, to, 2, &sender, content, length, &bytes, NULL) == RP_OK);
  read_back(&bytes, content, length, false);
  for (int i = 0; i < EDITS; i++, edits += EDIT_SIZE) {
    size_t at = ((size_t)edits[0] << 8 | edits[1]) % bytes.length;
    bytes.data[at] = (char)(bytes.data[at] ^ edits[2]);
    changed = changed || edits[2] != 0;
  }
  sign_again(&bytes);
  read_back(&bytes, content, length, changed);
  rp_str_fini(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static bool ready;
  if (!ready) {
    CHECK(sodium_init() >= 0);
    make_keys(&sender, 1);
    make_keys(&receiver, 2);
    ready = true;
  }
  if (size < 1)
    return 0;
  if (data[0] % 2 == 0)
    try_file((const char *)data + 1, size - 1);
  else if (size >= 1 + EDITS * EDIT_SIZE)
    try_content(data + 1, (const char *)data + 1 + EDITS * EDIT_SIZE, size - 1 - EDITS * EDIT_SIZE);
  return 0;
}
