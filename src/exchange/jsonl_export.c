/* The journal as JSON Lines. */
#include "rapport/jsonl.h"

#include "rapport/i18n.h"
#include "rapport/json.h"

struct exporter {
  FILE *out;
  struct rp_str line; /* reused */
};

static bool write_record(void *data, const struct rp_record *record) {
  struct exporter *exporter = data;
  json_t *object = rp_record_to_json(record);
  rp_str_clear(&exporter->line);
  rp_json_add(&exporter->line, object);
  json_decref(object);
  rp_str_addc(&exporter->line, '\n');
  return fwrite(rp_str_text(&exporter->line), 1, exporter->line.length, exporter->out) == exporter->line.length;
}

rp_status rp_jsonl_export(struct rp_store *store, FILE *out, struct rp_err *err) {
  struct exporter exporter = {.out = out};
  struct rp_store_query all = {
      .type = RP_TYPE_NONE, .field = -1, .order = RP_STORE_BY_ID, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  /* No source: every id is a UUID, so that another journal gives the same bytes. */
  fprintf(out, "{\"format\":\"%s\",\"version\":%d}\n", RP_JSONL_FORMAT, RP_JSONL_VERSION);
  rp_status status = rp_store_each(store, &all, write_record, &exporter, err);
  if (status == RP_OK && (fflush(out) != 0 || ferror(out)))
    status = rp_err_errno(err, _("the export cannot be written"));
  rp_str_fini(&exporter.line);
  return status;
}
