/*
 * A record as several journals hold it, and the join of two such states: any order, any repetition, the same result.
 *
 * Sources: state-based replicated data and join-semilattices (Shapiro, Preguiça, Baquero, Zawirski 2011); hybrid
 * logical clocks (Kulkarni, Demirbas, Madappa, Avva, Leone 2014); the length of a causal chain as the life of what is
 * deleted and comes back (Yu, Rostad 2020); dotted version vectors for texts written on two sides at once (Preguiça,
 * Baquero, Almeida, Fonte, Gonçalves 2010).
 */
#ifndef RAPPORT_REPLICA_H
#define RAPPORT_REPLICA_H

#include <stdbool.h>
#include <stdint.h>

#include "rapport/id.h"
#include "rapport/record.h"
#include "rapport/vec.h"

/* One write of one journal, used once. */
struct rp_dot {
  int64_t clock;     /* hybrid logical clock: UTC milliseconds << 16 | counter */
  struct rp_id node; /* the journal that wrote; nodes compare by their ids, whatever number a journal gives them */
};
/* The later write: greater clock, then greater node. */
int rp_dot_compare(const struct rp_dot *a, const struct rp_dot *b);

/* A write and what was known of the field then: the greatest clock of each other node. What the same node wrote before
 * is always known. */
struct rp_version {
  struct rp_dot dot;
  RP_VEC(struct rp_dot) seen; /* in the order of the nodes, one for each; all earlier than `dot` */
};
/* Whether `dot` is the version itself, or was known to it. */
bool rp_version_covers(const struct rp_version *by, const struct rp_dot *dot);
/* Adds to `seen` the other version and all that was known to it. */
void rp_version_see(struct rp_version *by, const struct rp_version *version);

/* What else a free text is, written on another side at the same time; NULL: cleared there. */
struct rp_sibling {
  struct rp_dot dot;
  char *text;
};
struct rp_replica_field {
  bool written;              /* false: the record was made without it, and nobody has written it since */
  struct rp_version version; /* of the value in the record; of a TEXT, `seen` also has what others have seen */
  RP_VEC(struct rp_sibling)
  others; /* only of a TEXT: what nobody has written over, the latest first; all of it earlier
             than `version` and in its `seen` */
};

/*
 * The whole of a record on one side.
 *
 * `life` counts deletions and returns: even when the record is there, odd when it is deleted. `sharing` counts how
 * often its audience was lowered. A greater life, then a greater sharing, stands for the record as a whole; of the same
 * life and sharing, what each side knows is joined field by field, and the audience is the wider one.
 *
 * Content (RP_FIELD_CONTENT) is only known where the audience is `team`, the other fields where it is `shape`; what is
 * not known takes no part in a join. At home all is known, whatever the audience: `whole`.
 */
struct rp_replica {
  struct rp_record *record; /* always there; without values when deleted, withdrawn or not known */
  int64_t life, sharing;
  struct rp_dot made;              /* the beginning of this life */
  struct rp_id joined;             /* deleted because it is the same as another record: that one; else none */
  bool whole;                      /* everything is known, though the audience is narrower */
  struct rp_replica_field *fields; /* one for each field of the type */
};

/* A state around a record, which it takes over: its first life, every field written at `made`. The caller frees. */
struct rp_replica *rp_replica_new(struct rp_record *record, struct rp_dot made);
struct rp_replica *rp_replica_copy(const struct rp_replica *replica);
void rp_replica_free(struct rp_replica *replica);

/* Whether it is deleted. */
bool rp_replica_is_dead(const struct rp_replica *replica);
/* Whether the state knows the field. */
bool rp_replica_knows(const struct rp_replica *replica, int field);

/* What a join has set aside although whoever wrote the other did not know it. */
struct rp_loss {
  int field; /* -1: the record as a whole, which was deleted or withdrawn */
  struct rp_dot dot;
  struct rp_dot winner;
  char *value; /* JSON (rp_record_field_to_json); NULL for what was cleared, and for a whole record */
};
struct rp_losses {
  RP_VEC(struct rp_loss) items;
};
void rp_losses_fini(struct rp_losses *losses);

/* Joins `from`, a state of the same record (same id and type), into `into`; `from` stays as it is. Appends what was set
 * aside; `losses` may be NULL. Returns whether `into` is another state now. Commutative, associative and idempotent. */
bool rp_replica_join(struct rp_replica *into, const struct rp_replica *from, struct rp_losses *losses);

/* ---- writing; `dot` is later than every one in the state and of this node ---- */

/* Sets a field to what it is in `from` and writes over every version there is, the texts of others too. */
void rp_replica_write(struct rp_replica *replica, int field, const struct rp_record *from, struct rp_dot dot);
/* Sets the audience; a narrower one counts as a lowering. */
void rp_replica_set_audience(struct rp_replica *replica, enum rp_audience audience);
/* Deletes it; `joined` is the record it is the same as, or none. */
void rp_replica_kill(struct rp_replica *replica, struct rp_dot dot, struct rp_id joined);
/* Brings it back as `record` (taken over). */
void rp_replica_raise(struct rp_replica *replica, struct rp_record *record, struct rp_dot dot);
/* Forgets what somebody with that audience may not know, also in parts; the state is not `whole` any more. */
void rp_replica_narrow(struct rp_replica *replica);

/* Two states that say the same have the same line: JSON with sorted keys, without `changed`, which is not joined as
 * content is. Appends it, for a digest. */
void rp_replica_canonical(const struct rp_replica *replica, struct rp_str *out);

#endif
