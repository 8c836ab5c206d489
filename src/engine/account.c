#include "rapport/engine.h"

void rp_account_init(struct rp_account *account) {
  *account = (struct rp_account){.deepest = -1};
}

void rp_account_add(struct rp_account *account, const struct rp_assessment *assessment, bool decision_maker) {
  if (assessment->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return;
  if (assessment->stage > account->deepest)
    account->deepest = assessment->stage;
  if (assessment->stage >= RP_STAGE_BUSINESS_PARTNER) {
    account->active_dyads++;
    account->decision_maker = account->decision_maker || decision_maker;
  }
}
