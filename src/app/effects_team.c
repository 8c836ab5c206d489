/* What the screens ask of the team: what is shared, withheld and told. */
#include "request.h"

rp_status run_team(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_team_review *found = NULL;
  rp_status status = request->kind == REQUEST_TEAM_TOLD ? rp_team_review_load_told(journal, RP_DATE_NONE, &found, err)
                                                        : rp_team_review_load(journal, RP_DATE_NONE, &found, err);
  *out = found;
  return status;
}

rp_status run_evidence(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_team_evidence *found = NULL;
  rp_status status = rp_team_evidence_load(journal, &request->id, &found, err);
  *out = found;
  return status;
}

rp_status run_sharing(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_sharing *found = NULL;
  rp_status status = rp_sharing_load(journal, &request->id, &found, err);
  *out = found;
  return status;
}

rp_status run_leaving(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)request;
  struct rp_leaving *found = NULL;
  rp_status status = rp_leaving_load(journal, NULL, &found, err);
  *out = found;
  return status;
}

rp_status run_conflicts(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)request;
  struct rp_conflicts *found = NULL;
  rp_status status = rp_conflicts_load(journal, RP_DATE_NONE, &found, err);
  *out = found;
  return status;
}

rp_status run_withhold(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  bool *withheld = rp_mem_zero(1, sizeof *withheld);
  rp_status status = rp_store_is_withheld(journal->store, &request->id, withheld, err);
  *withheld = !*withheld;
  if (status == RP_OK)
    status = rp_journal_withhold(journal, &request->id, *withheld, err);
  *out = withheld;
  return status;
}
