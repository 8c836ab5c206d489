/* The part of a brief that tells of those whose relationship with the person has ended. */
#ifndef JOURNAL_BRIEF_BEFORE_H
#define JOURNAL_BRIEF_BEFORE_H

#include "internal.h"
#include "rapport/overview.h"

rp_status brief_add_before(struct rp_journal *journal, struct rp_brief *brief, struct rp_err *err);

#endif
