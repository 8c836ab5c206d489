/* Who is told of one relationship, and what. */
#include <stdlib.h>

#include "rapport/assessment_json.h"
#include "rapport/leaving.h"

struct loader {
  struct rp_sharing *sharing;
  const struct rp_roster *roster;
  const struct rp_clock *clock;
};

static bool add_told(void *data, const struct rp_id *node, int audience, int64_t first, int64_t last) {
  struct loader *loader = data;
  const struct rp_member *member = rp_roster_member(loader->roster, node);
  char id[RP_ID_TEXT_SIZE];
  *rp_vec_add(&loader->sharing->told) =
      (struct rp_shared_with){.name = rp_mem_text(member != NULL ? member->name : rp_id_format(node, id)),
                              .audience = audience,
                              .first = rp_clock_date(loader->clock, first),
                              .last = rp_clock_date(loader->clock, last)};
  return true;
}

static rp_status find_how(struct rp_journal *journal, const struct rp_record *relationship, enum rp_leaving_how *out,
                          struct rp_err *err) {
  struct rp_store *shared = NULL;
  bool withheld = false;
  rp_status status = rp_store_is_withheld(journal->store, &relationship->id, &withheld, err);
  if (status == RP_OK)
    status = rp_store_open_shared(journal->store, &shared, err);
  if (status != RP_OK)
    return status;
  if (rp_store_type(shared, &relationship->id) == RP_TYPE_NONE)
    *out = withheld ? RP_LEAVING_WITHHELD : RP_LEAVING_PRIVATE;
  else
    *out = relationship->audience == RP_AUDIENCE_TEAM ? RP_LEAVING_WHOLE : RP_LEAVING_SHAPE;
  rp_store_close(shared);
  return RP_OK;
}

static rp_status conclude(struct rp_journal *journal, const struct rp_id *relationship, char **out,
                          struct rp_err *err) {
  struct rp_person *person = NULL;
  struct rp_str text = {0};
  rp_status status = rp_journal_person(journal, relationship, &person, err);
  if (status != RP_OK)
    return status;
  rp_told_write(&person->assessment, &text);
  rp_person_free(person);
  *out = rp_str_take(&text);
  return RP_OK;
}

static rp_status load(struct rp_journal *journal, const struct rp_record *relationship,
                      const struct rp_membership *membership, struct rp_sharing *sharing, struct rp_err *err) {
  struct loader loader = {sharing, &membership->roster, journal->clock};
  struct rp_id salesperson = rp_record_ref(relationship, RP_RELATIONSHIP_SALESPERSON);
  const struct rp_store_name *owner = rp_store_name_by_id(journal->store, &salesperson);
  sharing->in_team = membership->in_team;
  sharing->own = owner != NULL && owner->me;
  rp_status status = rp_store_each_shared(journal->store, &relationship->id, add_told, &loader, err);
  if (status == RP_OK && sharing->own)
    status = find_how(journal, relationship, &sharing->how, err);
  if (status == RP_OK && sharing->own && sharing->how <= RP_LEAVING_SHAPE)
    status = conclude(journal, &relationship->id, &sharing->says, err);
  return status;
}

rp_status rp_sharing_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_sharing **out,
                          struct rp_err *err) {
  struct rp_sharing *sharing = rp_mem_zero(1, sizeof *sharing);
  struct rp_membership membership = {0};
  struct rp_record *record = NULL;
  rp_status status = rp_store_get(journal->store, relationship, &record, err);
  if (status == RP_OK)
    status = rp_membership_load(journal->store, &membership, err);
  if (status == RP_OK)
    status = load(journal, record, &membership, sharing, err);
  rp_membership_fini(&membership);
  rp_record_free(record);
  if (status == RP_OK)
    *out = sharing;
  else
    rp_sharing_free(sharing);
  return status;
}

void rp_sharing_free(struct rp_sharing *sharing) {
  if (sharing == NULL)
    return;
  for (size_t i = 0; i < sharing->told.count; i++)
    free(sharing->told.items[i].name);
  rp_vec_fini(&sharing->told);
  free(sharing->says);
  free(sharing);
}
