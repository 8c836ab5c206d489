/* A team of Sofia, who keeps the team file, Anna and Erik, who sell, and what goes between them. */
#ifndef TEAM_WORLD_H
#define TEAM_WORLD_H

#include "rapport/merge.h"
#include "store_world.h"

struct team_side {
  struct world base;
  struct rp_journal *journal;
  struct rp_id node;
};
struct team_world {
  struct team_side sofia, anna, erik;
};

/* All three are in the team; Anna and Erik have nothing but themselves ("s1" and "s2"). */
void team_world_init(struct team_world *world);
void team_world_fini(struct team_world *world);
/* One of them alone, in no team. */
void team_side_init(struct team_side *side, uint64_t seed);
void team_side_fini(struct team_side *side);
/* They ask, are admitted and accept. */
void team_side_join(struct team_side *side, struct team_side *manager, const char *short_id, const char *name);

/* What a side packs; for a member when it is the manager. The caller frees. */
struct rp_str team_pack(struct team_side *side, const struct team_side *member);
/* The side takes it in. */
void team_take(struct team_side *side, const struct rp_str *bundle);
/* From one to the other. */
void team_tell(struct team_side *from, struct team_side *to);
/* The caller frees. */
char *team_digest(struct team_side *side);
void team_put(struct team_side *side, const char *const *lines);
void team_put_line(struct team_side *side, const char *line);
/* NULL when it is not there; the caller frees. */
struct rp_record *team_get(struct team_side *side, const char *name);
bool team_has(struct team_side *side, const char *name);
void team_delete(struct team_side *side, const char *name);

#endif
