/*
 * A team's own rules: a rules file (rapport/rules_file.h) that its manager signs and that every bundle to a member
 * carries, with a version that only grows. In a journal of the team the engine goes by the shipped rules, over these
 * the team's, over these the person's own; but thresholds are the team's alone, since a stage must mean the same where
 * stages are compared (docs/team.md).
 */
#ifndef RAPPORT_TEAM_RULES_H
#define RAPPORT_TEAM_RULES_H

#include "rapport/rules_file.h"
#include "rapport/store.h"

#define RP_TEAM_RULES_MOST (64 << 10) /* bytes of the file */

struct rp_team_rules {
  uint64_t version; /* rises by one with every change; 0: the team has never had any */
  rp_date since;    /* the day on which the manager signed this version */
  char *text;       /* the file, clean UTF-8; NULL: there are none, or they were taken back */
};
/* What is kept in a journal or team file. The caller frees with rp_team_rules_fini. */
rp_status rp_team_rules_get(struct rp_store *store, struct rp_team_rules *out, struct rp_err *err);
void rp_team_rules_fini(struct rp_team_rules *rules);

/* Makes a rules file those of the team, in its team file: checked as rp_rules_file_parse does, signed, with the next
 * version and that day. NULL takes them back. *changed is false when they say so already. RP_EREFUSED with line and
 * column, for a file that is too long, and in a journal. */
rp_status rp_team_rules_set(struct rp_store *store, const char *text, size_t length, rp_date today, bool *changed,
                            struct rp_err *err);

/* In a team file: by which version a member has concluded what came from them last; 0: by none. */
rp_status rp_team_rules_of_member(struct rp_store *store, const struct rp_id *node, uint64_t *version,
                                  struct rp_err *err);

/* The rules that apply in a journal, and how they are kept up. */
struct rp_team_rules_source {
  const char *path; /* of the person's own file, as for rp_rules_file_load; borrowed */
  uint64_t version; /* of the team's rules that were read last */
  bool read;
};
/* Reads them. Rules of a team that this rapport does not understand (a newer one has signed them) are left aside. The
 * caller frees. Errors as of rp_rules_file_load. */
rp_status rp_team_rules_load(struct rp_store *store, struct rp_team_rules_source *source, struct rp_rules *out,
                             struct rp_err *err);
/* For rp_journal.renew_rules, with the source as its data. */
rp_status rp_team_rules_renew(void *source, struct rp_store *store, struct rp_rules *rules, bool *changed,
                              struct rp_err *err);

#endif
