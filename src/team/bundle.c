/* The envelope: written and read whole, in memory; its size is bounded. */
#include "rapport/bundle.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/mem.h"

_Static_assert(RP_SIGN_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(RP_SIGN_SECRET_SIZE == crypto_sign_SECRETKEYBYTES, "Ed25519");
_Static_assert(RP_SIGNATURE_SIZE == crypto_sign_BYTES, "Ed25519");
_Static_assert(RP_BOX_PUBLIC_SIZE == crypto_box_PUBLICKEYBYTES, "X25519");
_Static_assert(RP_BOX_SECRET_SIZE == crypto_box_SECRETKEYBYTES, "X25519");
_Static_assert(RP_BUNDLE_HASH_SIZE == crypto_generichash_BYTES, "BLAKE2b-256");

/* Bytes that a transfer as text would damage, as PNG begins with. */
static const uint8_t magic[8] = {0x89, 'R', 'P', 'B', '\r', '\n', 0x1A, '\n'};

enum {
  FORMAT_VERSION = 1,
  ID_SIZE = 16,
  KEY_SIZE = crypto_secretstream_xchacha20poly1305_KEYBYTES,
  SEALED_SIZE = KEY_SIZE + crypto_box_SEALBYTES,
  RECIPIENT_SIZE = ID_SIZE + SEALED_SIZE,
  STREAM_SIZE = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
  CHUNK_PLAIN = 64 << 10,
  CHUNK_MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
  CHUNK_SEALED = CHUNK_PLAIN + CHUNK_MORE,
  VERSION_AT = sizeof magic,
  TEAM_AT = VERSION_AT + 1,
  SENDER_AT = TEAM_AT + ID_SIZE,
  SEQUENCE_AT = SENDER_AT + ID_SIZE,
  PREVIOUS_AT = SEQUENCE_AT + 8,
  COUNT_AT = PREVIOUS_AT + RP_BUNDLE_HASH_SIZE,
  RECIPIENTS_AT = COUNT_AT + 2,
};

static void start_sodium(void) {
  if (sodium_init() < 0)
    abort(); /* no entropy: keys could be guessed */
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

void rp_member_keys_new(struct rp_member_keys *out) {
  start_sodium();
  crypto_sign_keypair(out->open.sign, out->sign);
  crypto_box_keypair(out->open.box, out->box);
}

void rp_member_fingerprint(const struct rp_member_public *member, struct rp_str *out) {
  enum { GROUPS = 12, BYTES_EACH = 5 };
  uint8_t hash[GROUPS * BYTES_EACH];
  crypto_generichash(hash, sizeof hash, (const uint8_t *)member, sizeof *member, NULL, 0);
  for (int group = 0; group < GROUPS; group++) {
    uint64_t number = 0;
    for (int i = 0; i < BYTES_EACH; i++)
      number = number << 8 | hash[group * BYTES_EACH + i];
    rp_str_addf(out, "%s%05u", group > 0 ? " " : "", (unsigned)(number % 100000));
  }
}

void rp_sign_text(const struct rp_member_keys *keys, const char *text, size_t length, uint8_t out[RP_SIGNATURE_SIZE]) {
  start_sodium();
  crypto_sign_detached(out, NULL, (const uint8_t *)text, length, keys->sign);
}

bool rp_sign_check(const uint8_t sign[RP_SIGN_PUBLIC_SIZE], const char *text, size_t length,
                   const uint8_t signature[RP_SIGNATURE_SIZE]) {
  start_sodium();
  return crypto_sign_verify_detached(signature, (const uint8_t *)text, length, sign) == 0;
}

struct rp_bundle_hash rp_bundle_hash(const char *bytes, size_t length) {
  struct rp_bundle_hash hash;
  crypto_generichash(hash.bytes, sizeof hash.bytes, (const uint8_t *)bytes, length, NULL, 0);
  return hash;
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static void put_number(uint8_t *at, uint64_t number, int bytes) {
  for (int i = bytes - 1; i >= 0; i--) {
    at[i] = (uint8_t)(number & 0xFF);
    number >>= 8;
  }
}

static uint64_t get_number(const uint8_t *at, int bytes) {
  uint64_t number = 0;
  for (int i = 0; i < bytes; i++)
    number = number << 8 | at[i];
  return number;
}

static struct rp_id get_id(const uint8_t *at) {
  struct rp_id id;
  memcpy(id.bytes, at, sizeof id.bytes);
  return id;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static size_t sealed_length(size_t length) {
  size_t chunks = length == 0 ? 1 : (length + CHUNK_PLAIN - 1) / CHUNK_PLAIN;
  return length + chunks * CHUNK_MORE;
}

static void write_head(const struct rp_bundle_head *head, size_t count, uint8_t *out) {
  memcpy(out, magic, sizeof magic);
  out[VERSION_AT] = FORMAT_VERSION;
  memcpy(out + TEAM_AT, head->team.bytes, ID_SIZE);
  memcpy(out + SENDER_AT, head->sender.bytes, ID_SIZE);
  put_number(out + SEQUENCE_AT, head->sequence, 8);
  memcpy(out + PREVIOUS_AT, head->previous.bytes, RP_BUNDLE_HASH_SIZE);
  put_number(out + COUNT_AT, count, 2);
}

static bool seal_key(const uint8_t *key, const struct rp_bundle_recipient *recipient, uint8_t *out) {
  memcpy(out, recipient->node.bytes, ID_SIZE);
  return crypto_box_seal(out + ID_SIZE, key, KEY_SIZE, recipient->box) == 0;
}

static void write_content(const uint8_t *key, const uint8_t *content, size_t length, uint8_t *out) {
  crypto_secretstream_xchacha20poly1305_state stream;
  crypto_secretstream_xchacha20poly1305_init_push(&stream, out, key);
  out += STREAM_SIZE;
  bool last;
  do {
    size_t part = length < CHUNK_PLAIN ? length : CHUNK_PLAIN;
    last = part == length;
    uint8_t tag =
        last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(&stream, out, NULL, content, part, NULL, 0, tag);
    out += part + CHUNK_MORE;
    content += part;
    length -= part;
  } while (!last);
  sodium_memzero(&stream, sizeof stream);
}

rp_status rp_bundle_write(const struct rp_bundle_head *head, const struct rp_bundle_recipient *recipients, size_t count,
                          const struct rp_member_keys *sender, const char *content, size_t length, struct rp_str *out,
                          struct rp_err *err) {
  uint8_t key[KEY_SIZE];
  rp_status status = RP_OK;
  if (count == 0 || count > RP_BUNDLE_MOST_RECIPIENTS)
    return rp_err_set(err, RP_EREFUSED, _("A bundle is for 1 to %d members of the team, not for %zu"),
                      RP_BUNDLE_MOST_RECIPIENTS, count);
  size_t body = RECIPIENTS_AT + count * RECIPIENT_SIZE;
  size_t total = body + STREAM_SIZE + RP_SIGNATURE_SIZE;
  if (length > RP_BUNDLE_MOST_BYTES || total + sealed_length(length) > RP_BUNDLE_MOST_BYTES)
    return rp_err_set(err, RP_EREFUSED,
                      _("What is shared makes a bundle of more than %d MiB; share less, or less of it"),
                      RP_BUNDLE_MOST_BYTES >> 20);
  total += sealed_length(length);
  start_sodium();
  uint8_t *bytes = rp_mem_alloc(total);
  write_head(head, count, bytes);
  crypto_secretstream_xchacha20poly1305_keygen(key);
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    if (!seal_key(key, &recipients[i], bytes + RECIPIENTS_AT + i * RECIPIENT_SIZE))
      status = rp_err_set(err, RP_EREFUSED, _("The key of a member in the roster is none; nothing was packed"));
  }
  if (status == RP_OK) {
    crypto_sign_state sign;
    write_content(key, (const uint8_t *)content, length, bytes + body);
    crypto_sign_init(&sign);
    crypto_sign_update(&sign, bytes, total - RP_SIGNATURE_SIZE);
    crypto_sign_final_create(&sign, bytes + total - RP_SIGNATURE_SIZE, NULL, sender->sign);
    rp_str_addn(out, (const char *)bytes, total);
  }
  sodium_memzero(key, sizeof key);
  free(bytes);
  return status;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static bool begins_with(const char *bytes, size_t length, const char *text) {
  return length >= strlen(text) && memcmp(bytes, text, strlen(text)) == 0;
}

static rp_status refuse_other(const char *bytes, size_t length, struct rp_err *err) {
  if (begins_with(bytes, length, "SQLite format 3"))
    return rp_err_set(err, RP_EREFUSED,
                      _("This is a database and no bundle; a colleague's journal is never opened here. Ask for what "
                        "“rapport team pack” writes"));
  if (length == 0)
    return rp_err_set(err, RP_EREFUSED, _("The file is empty; it may have been lost on its way. Ask for it again"));
  if (begins_with(bytes, length, "\x89RPB"))
    return rp_err_set(err, RP_EREFUSED,
                      _("The bundle was damaged on its way: it was sent as text. Send it as a file, and ask for it "
                        "again"));
  return rp_err_set(err, RP_EREFUSED, _("This is no bundle; ask for what “rapport team pack” writes"));
}

static rp_status refuse_short(struct rp_err *err) {
  return rp_err_set(err, RP_EREFUSED, _("The bundle is cut short; ask for it again"));
}

static rp_status refuse_damaged(struct rp_err *err) {
  return rp_err_set(
      err, RP_EREFUSED,
      _("The bundle is not what its sender signed: damaged on its way, or changed by somebody. Ask for it "
        "again"));
}

rp_status rp_bundle_open(const char *bytes, size_t length, struct rp_bundle *out, struct rp_err *err) {
  const uint8_t *at = (const uint8_t *)bytes;
  *out = (struct rp_bundle){.bytes = at, .length = length};
  if (length > RP_BUNDLE_MOST_BYTES)
    return rp_err_set(err, RP_EREFUSED, _("The bundle is larger than %d MiB, which none may be"),
                      RP_BUNDLE_MOST_BYTES >> 20);
  size_t compared = length < sizeof magic ? length : sizeof magic;
  if (length == 0 || memcmp(at, magic, compared) != 0)
    return refuse_other(bytes, length, err);
  if (length <= VERSION_AT)
    return refuse_short(err);
  if (at[VERSION_AT] != FORMAT_VERSION)
    return rp_err_set(
        err, RP_EREFUSED,
        at[VERSION_AT] > FORMAT_VERSION
            ? _("The bundle is of version %u, of a newer rapport; this one reads version %d. Update rapport")
            : _("The bundle is of version %u, which there never was; this one reads version %d"),
        at[VERSION_AT], FORMAT_VERSION);
  if (length < RECIPIENTS_AT)
    return refuse_short(err);
  out->head.team = get_id(at + TEAM_AT);
  out->head.sender = get_id(at + SENDER_AT);
  out->head.sequence = get_number(at + SEQUENCE_AT, 8);
  memcpy(out->head.previous.bytes, at + PREVIOUS_AT, RP_BUNDLE_HASH_SIZE);
  out->recipients = (size_t)get_number(at + COUNT_AT, 2);
  if (out->recipients == 0 || out->recipients > RP_BUNDLE_MOST_RECIPIENTS || out->head.sequence == 0 ||
      out->head.sequence > INT64_MAX)
    return refuse_damaged(err);
  if (length < RECIPIENTS_AT + out->recipients * RECIPIENT_SIZE + STREAM_SIZE + CHUNK_MORE + RP_SIGNATURE_SIZE)
    return refuse_short(err);
  return RP_OK;
}

rp_status rp_bundle_verify(const struct rp_bundle *bundle, const uint8_t sign[RP_SIGN_PUBLIC_SIZE],
                           struct rp_err *err) {
  crypto_sign_state state;
  uint8_t signature[RP_SIGNATURE_SIZE];
  start_sodium();
  memcpy(signature, bundle->bytes + bundle->length - sizeof signature, sizeof signature);
  crypto_sign_init(&state);
  crypto_sign_update(&state, bundle->bytes, bundle->length - sizeof signature);
  return crypto_sign_final_verify(&state, signature, sign) == 0 ? RP_OK : refuse_damaged(err);
}

static rp_status unseal_key(const struct rp_bundle *bundle, const struct rp_id *node, const struct rp_member_keys *keys,
                            uint8_t key[KEY_SIZE], struct rp_err *err) {
  for (size_t i = 0; i < bundle->recipients; i++) {
    const uint8_t *at = bundle->bytes + RECIPIENTS_AT + i * RECIPIENT_SIZE;
    if (memcmp(at, node->bytes, ID_SIZE) != 0)
      continue;
    if (crypto_box_seal_open(key, at + ID_SIZE, SEALED_SIZE, keys->open.box, keys->box) == 0)
      return RP_OK;
    return rp_err_set(
        err, RP_EREFUSED,
        _("The bundle was sealed for another key of yours; its sender has an old roster. Ask for it again"));
  }
  return rp_err_set(err, RP_EREFUSED, _("The bundle is not for you; nobody but those it was packed for can open it"));
}

static bool read_content(const uint8_t *key, const uint8_t *at, size_t length, struct rp_str *out) {
  crypto_secretstream_xchacha20poly1305_state stream;
  uint8_t *plain = rp_mem_alloc(CHUNK_PLAIN);
  uint8_t tag = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  bool good = crypto_secretstream_xchacha20poly1305_init_pull(&stream, at, key) == 0;
  at += STREAM_SIZE;
  length -= STREAM_SIZE;
  while (good && length > 0) {
    size_t part = length < CHUNK_SEALED ? length : CHUNK_SEALED;
    unsigned long long got = 0;
    good = tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE && part >= CHUNK_MORE &&
           crypto_secretstream_xchacha20poly1305_pull(&stream, plain, &got, &tag, at, part, NULL, 0) == 0;
    if (good)
      rp_str_addn(out, (const char *)plain, (size_t)got);
    at += part;
    length -= part;
  }
  sodium_memzero(plain, CHUNK_PLAIN);
  sodium_memzero(&stream, sizeof stream);
  free(plain);
  return good && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

rp_status rp_bundle_unseal(const struct rp_bundle *bundle, const struct rp_id *node, const struct rp_member_keys *keys,
                           struct rp_str *out, struct rp_err *err) {
  uint8_t key[KEY_SIZE];
  size_t before = out->length;
  size_t body = RECIPIENTS_AT + bundle->recipients * RECIPIENT_SIZE;
  rp_status status = unseal_key(bundle, node, keys, key, err);
  if (status == RP_OK && !read_content(key, bundle->bytes + body, bundle->length - body - RP_SIGNATURE_SIZE, out)) {
    rp_str_cut(out, before);
    status = refuse_damaged(err);
  }
  sodium_memzero(key, sizeof key);
  return status;
}
