/* What a salesperson tells the team of a relationship beside its shared records, since depth rests on private ones: the
 * engine's answer without anybody's words (team.md). */
#ifndef TEAM_CONCLUSION_H
#define TEAM_CONCLUSION_H

#include <jansson.h>

#include "rapport/engine.h"
#include "rapport/str.h"

/* Appends it as one line of JSON without a newline. No day on which it was asked stands in it: it is another text only
 * when something is other. */
void conclusion_write(const struct rp_assessment *assessment, struct rp_str *out);
/* Whether it is one, and says nothing that could not be concluded. RP_EREFUSED with a sentence. */
rp_status conclusion_check(const json_t *object, struct rp_err *err);

#endif
