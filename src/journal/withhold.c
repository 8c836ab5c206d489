/* Which relationships stay at home, whatever the audience of their records. */
#include "internal.h"
#include "rapport/i18n.h"

static const char *name_of(struct rp_journal *journal, const struct rp_id *id) {
  const struct rp_store_name *name = rp_store_name_by_id(journal->store, id);
  return name != NULL ? name->name : "";
}

/* What somebody else has shared is theirs to take back. */
static rp_status refuse_of_others(struct rp_journal *journal, const struct rp_record *relationship,
                                  struct rp_err *err) {
  struct rp_id salesperson = rp_record_ref(relationship, RP_RELATIONSHIP_SALESPERSON);
  struct rp_id contact = rp_record_ref(relationship, RP_RELATIONSHIP_CONTACT);
  const struct rp_store_name *owner = rp_store_name_by_id(journal->store, &salesperson);
  if (owner != NULL && owner->me)
    return RP_OK;
  return rp_err_set(err, RP_EREFUSED, _("the relationship with %s is that of %s; only they can share or withhold it"),
                    name_of(journal, &contact), name_of(journal, &salesperson));
}

rp_status rp_journal_withhold(struct rp_journal *journal, const struct rp_id *relationship, bool withheld,
                              struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, relationship, &record, err);
  if (status != RP_OK)
    return status;
  struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  status = refuse_of_others(journal, record, err);
  rp_record_free(record);
  if (status == RP_OK)
    status = action_begin_withhold(journal, name_of(journal, &contact), withheld, err);
  if (status != RP_OK)
    return status;
  status = rp_store_withhold(journal->store, relationship, withheld, err);
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}
