/*
 * Who is in a team: the roster that its manager signs, the request and the invitation by which somebody comes into it,
 * and what a journal knows of its own place in it.
 *
 * The three are JSON texts that can be read (docs/format.md); each carries a signature (RFC 8032, Ed25519) over the
 * part it vouches for. A request is signed by whoever asks, a roster and an invitation by the manager. That a key
 * belongs to the person whose name stands beside it, people tell each other by the fingerprint (rp_member_fingerprint).
 */
#ifndef RAPPORT_ROSTER_H
#define RAPPORT_ROSTER_H

#include "rapport/bundle.h"
#include "rapport/store.h"
#include "rapport/vec.h"

struct rp_member {
  struct rp_id node;        /* their journal, or the team file */
  struct rp_id salesperson; /* their record; none: the manager who sells nothing */
  char *name;
  struct rp_member_public keys;
  bool manager;
  bool revoked;           /* bundles after `revoked_after` are refused */
  uint64_t revoked_after; /* sequence number */
};
struct rp_roster {
  struct rp_id team;
  char *name;
  uint64_t version;                 /* rises by one with every change */
  RP_VEC(struct rp_member) members; /* in the order they came; one of them is the manager */
};
void rp_roster_fini(struct rp_roster *roster);
/* Borrowed; NULL when there is none. */
const struct rp_member *rp_roster_member(const struct rp_roster *roster, const struct rp_id *node);
const struct rp_member *rp_roster_manager(const struct rp_roster *roster);
/* The salesperson whom a name means: case and accents do not matter, the beginning of any word of it will do, the whole
 * name wins over that, and so does who was not revoked; or the id of their journal. RP_ENOTFOUND with the names there
 * are, or with the ids that tell namesakes apart. *out is borrowed; when nothing is found, it is NULL unless several
 * fit. */
rp_status rp_roster_find(const struct rp_roster *roster, const char *name, const struct rp_member **out,
                         struct rp_err *err);

/* A roster as the text that is signed, always the same for the same roster; and back: RP_EREFUSED with a sentence. */
void rp_roster_print(const struct rp_roster *roster, struct rp_str *out);
rp_status rp_roster_parse(const char *text, size_t length, struct rp_roster *out, struct rp_err *err);

/* What a journal or a team file knows of its place in a team. */
enum { RP_ERASURE_KEY_SIZE = 32 };
struct rp_membership {
  struct rp_id node; /* its own */
  bool has_keys, in_team;
  bool is_manager; /* this is the team file */
  struct rp_member_keys keys;
  struct rp_roster roster;     /* when in_team */
  struct rp_str signed_roster; /* its text, and the manager's signature as hex */
  uint8_t signature[RP_SIGNATURE_SIZE];
  uint8_t erasure_key[RP_ERASURE_KEY_SIZE]; /* of the whole team: stands for erased people without naming them */
};
rp_status rp_membership_load(struct rp_store *store, struct rp_membership *out, struct rp_err *err);
/* Wipes the secrets. */
void rp_membership_fini(struct rp_membership *membership);

/* Makes the store a team file with a manager of that name, in one action. RP_EREFUSED when it belongs to a team, or a
 * name is empty or too long. */
rp_status rp_team_create(struct rp_store *store, const char *team, const char *manager, struct rp_err *err);
/* The text of a request to join, for the salesperson whose journal this is; makes its keys the first time. */
rp_status rp_team_request(struct rp_store *store, const struct rp_id *salesperson, const char *name, struct rp_str *out,
                          struct rp_err *err);
/* Takes the sender of a request into the roster of a team file and appends the invitation. Asked again, whoever is in
 * it already gets a new invitation. `who` gets what the request says of its sender (the caller frees the name). */
rp_status rp_team_admit(struct rp_store *store, const char *request, size_t length, struct rp_member *who,
                        struct rp_str *out, struct rp_err *err);
/* Puts a journal into the team of an invitation. RP_EREFUSED: not for this journal, not signed by the manager it names,
 * another team than the one it belongs to. */
rp_status rp_team_accept(struct rp_store *store, const char *invitation, size_t length, struct rp_err *err);
/* From now on bundles of this member are refused, but for those already numbered up to the last one merged. */
rp_status rp_team_revoke(struct rp_store *store, const struct rp_id *node, struct rp_err *err);
/* Takes over a newer roster that came with a bundle, when the manager has signed it; inside an action. An older one
 * changes nothing. */
rp_status rp_team_take_roster(struct rp_store *store, struct rp_membership *membership, const char *text, size_t length,
                              const uint8_t signature[RP_SIGNATURE_SIZE], struct rp_err *err);

#endif
