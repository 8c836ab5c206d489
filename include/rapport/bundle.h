/*
 * The envelope in which records travel between the journals of a team: sealed for its recipients, signed by its sender.
 * It knows nothing of what it carries.
 *
 * A file is, in order (numbers are big-endian; docs/format.md):
 *   magic (8 bytes), version (1 byte), team (16), sender (16), sequence (8), BLAKE2b-256 of the sender's bundle before
 *   it (32, zeros in the first), number of recipients (2), for each of them its node (16) and the content key sealed
 *   for it (80: X25519, crypto_box_seal), the header of a secret stream (24), the content in chunks of 64 KiB
 *   (XChaCha20-Poly1305, each 17 bytes longer, the last one marked as such), and an Ed25519ph signature over all before
 *   it (64).
 *
 * Sources: RFC 8032 (Ed25519ph), RFC 7748 (X25519), libsodium's crypto_secretstream_xchacha20poly1305.
 */
#ifndef RAPPORT_BUNDLE_H
#define RAPPORT_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/id.h"
#include "rapport/str.h"

#define RP_BUNDLE_MOST_BYTES (64 << 20) /* a whole file */
#define RP_BUNDLE_MOST_RECIPIENTS 1000

enum { RP_BUNDLE_HASH_SIZE = 32 };
struct rp_bundle_hash {
  uint8_t bytes[RP_BUNDLE_HASH_SIZE];
};

/* The keys of one member; whoever holds them wipes the secret halves (rp_membership_fini). */
enum { RP_SIGN_PUBLIC_SIZE = 32, RP_SIGN_SECRET_SIZE = 64, RP_BOX_PUBLIC_SIZE = 32, RP_BOX_SECRET_SIZE = 32 };
struct rp_member_public {
  uint8_t sign[RP_SIGN_PUBLIC_SIZE];
  uint8_t box[RP_BOX_PUBLIC_SIZE];
};
struct rp_member_keys {
  struct rp_member_public open;
  uint8_t sign[RP_SIGN_SECRET_SIZE];
  uint8_t box[RP_BOX_SECRET_SIZE];
};
/* New keys, by libsodium's generator. */
void rp_member_keys_new(struct rp_member_keys *out);
/* Twelve groups of five digits of both public keys, for two people to compare by telephone; appended. Not secret. */
void rp_member_fingerprint(const struct rp_member_public *member, struct rp_str *out);

/* What stands on the outside. */
struct rp_bundle_head {
  struct rp_id team, sender; /* nodes */
  uint64_t sequence;         /* 1 to INT64_MAX */
  struct rp_bundle_hash previous;
};
struct rp_bundle_recipient {
  struct rp_id node;
  uint8_t box[RP_BOX_PUBLIC_SIZE];
};

/* Appends a bundle to `out`. RP_EREFUSED when there are no recipients or more than RP_BUNDLE_MOST_RECIPIENTS, or when
 * it would be larger than RP_BUNDLE_MOST_BYTES; `out` is as it was then. */
rp_status rp_bundle_write(const struct rp_bundle_head *head, const struct rp_bundle_recipient *recipients, size_t count,
                          const struct rp_member_keys *sender, const char *content, size_t length, struct rp_str *out,
                          struct rp_err *err);

/* A bundle in memory, borrowed; nothing of it is believed until it is verified. */
struct rp_bundle {
  struct rp_bundle_head head;
  const uint8_t *bytes;
  size_t length;
  size_t recipients; /* how many */
};
/* Reads what stands on the outside. RP_EREFUSED with a sentence: no bundle (what it is instead, where that can be
 * told), of a newer version, cut short, too large. */
rp_status rp_bundle_open(const char *bytes, size_t length, struct rp_bundle *out, struct rp_err *err);
/* Whether the holder of `sign`, whom the roster names as the sender, has signed all of it; RP_EREFUSED. */
rp_status rp_bundle_verify(const struct rp_bundle *bundle, const uint8_t sign[RP_SIGN_PUBLIC_SIZE], struct rp_err *err);
/* Appends the content, opened with the keys of a recipient. RP_EREFUSED when it is not for that node or has been
 * damaged; nothing is appended then. Only after rp_bundle_verify. */
rp_status rp_bundle_unseal(const struct rp_bundle *bundle, const struct rp_id *node, const struct rp_member_keys *keys,
                           struct rp_str *out, struct rp_err *err);
/* What the next bundle of the same sender calls `previous`. */
struct rp_bundle_hash rp_bundle_hash(const char *bytes, size_t length);

/* A text signed by itself: rosters, requests, invitations. */
enum { RP_SIGNATURE_SIZE = 64 };
void rp_sign_text(const struct rp_member_keys *keys, const char *text, size_t length, uint8_t out[RP_SIGNATURE_SIZE]);
bool rp_sign_check(const uint8_t sign[RP_SIGN_PUBLIC_SIZE], const char *text, size_t length,
                   const uint8_t signature[RP_SIGNATURE_SIZE]);

#endif
