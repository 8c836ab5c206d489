/* The lines of a bundle: one state of one record each, as JSON. */
#ifndef TEAM_NEWS_H
#define TEAM_NEWS_H

#include <jansson.h>

#include "rapport/replica.h"
#include "rapport/str.h"

#define NEWS_FORMAT "rapport-team"
#define NEWS_LINE_MOST (4 << 20) /* bytes of one line, as of the interchange format */

/* Nodes of the clocks in a bundle, which names each once. */
struct news_nodes {
  RP_VEC(struct rp_id) ids;
};
/* The number of a node in the list, to which it is added when it is new. */
size_t news_node(struct news_nodes *nodes, const struct rp_id *node);

/* Appends a state, which must be narrow (rp_replica_narrow), as one line with a newline. */
void news_write(const struct rp_replica *replica, struct news_nodes *nodes, struct rp_str *out);
/* Reads one. No clock in it may be later than `latest`. The object is taken apart. The caller frees *out. RP_EREFUSED
 * with a sentence. */
rp_status news_read(json_t *object, const struct news_nodes *nodes, int64_t latest, struct rp_replica **out,
                    struct rp_err *err);
/* A clock and a node as [clock, number]: new reference; and back, RP_EREFUSED. */
json_t *news_dot_to_json(const struct rp_dot *dot, struct news_nodes *nodes);
rp_status news_dot_from_json(const json_t *json, const struct news_nodes *nodes, int64_t latest, struct rp_dot *out,
                             struct rp_err *err);

#endif
