/* The parts of `team`, each in the file of its idea. `membership` is that of the open journal or team file. */
#ifndef RAPPORT_CMD_TEAM_H
#define RAPPORT_CMD_TEAM_H

#include "cmd.h"
#include "rapport/merge.h"
#include "rapport/team_rules.h"

/* cmd_team_bundle.c */
rp_status team_pack(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);
rp_status team_merge(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);
/* cmd_team_review.c */
rp_status team_review(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);
/* cmd_team_status.c */
rp_status team_status(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);
rp_status team_conflicts(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);

/* cmd_team_rules.c */
rp_status team_rules(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);
/* Version, day and whether they are in force; null when the team has never had any. */
json_t *team_rules_json(const struct rp_team_rules *rules);
/* "version 3, 12 Nov". The caller frees. */
char *team_rules_version(const struct rp_cli *cli, const struct rp_team_rules *rules);
/* What a merge says of newer rules; null, nothing, when none came. */
json_t *team_rules_news_json(const struct rp_rules_news *news);
void team_print_rules_news(struct rp_cli *cli, const struct rp_rules_news *news);

/* cmd_team_handover.c */
rp_status team_handover(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);
/* cmd_team_erased.c: who has erased whom, as a part of the status; into `object` too. */
rp_status team_erasures(struct rp_cli *cli, const struct rp_membership *membership, json_t *object, struct rp_err *err);

/* Says whose keys they are, for two people to compare by telephone. */
void team_print_fingerprint(struct rp_cli *cli, const struct rp_member_public *keys);
void team_set_fingerprint(json_t *object, const struct rp_member_public *keys);
/* Id of a record, a member or a team. */
void team_set_id(json_t *object, const char *key, const struct rp_id *id);

#endif
