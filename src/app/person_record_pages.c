/* The pages of a person that show records as they are: weighings, limits, promises, and what is kept and why. */
#include <stdlib.h>

#include "person_pages.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"

enum { DATE_COLUMNS = 16, LABEL_COLUMNS = 24, LABEL_NARROW = 20, NARROW = 60 };

static int target_of(person_items *items, const struct rp_record *record) {
  *rp_vec_add(items) = (struct person_item){.record = record->id, .type = record->type, .step = -1};
  return (int)items->count - 1;
}

static void add_date(const struct model *model, struct rp_rich *out, enum rp_slot slot, rp_date date) {
  struct rp_str text = {0};
  if (date != RP_DATE_NONE)
    rp_date_format_short(date, model->as_of, &text);
  rp_rich_add(out, slot, rp_str_text(&text));
  rp_str_fini(&text);
}

/* "12 Nov          text" below each other. */
static void add_dated(const struct model *model, struct page *page, person_items *items, const struct rp_record *record,
                      rp_date date, enum rp_slot slot, const char *text) {
  struct rp_rich first = {0};
  add_date(model, &first, RP_SLOT_DATE, date);
  page_text(page, target_of(items, record), DATE_COLUMNS, &first, slot, text);
  rp_rich_fini(&first);
}

/* A day in the page's own sentence: "until 12 Nov". */
static void add_sentence(const struct model *model, struct page *page, const char *format, rp_date date) {
  struct rp_str day = {0};
  rp_date_format_short(date, model->as_of, &day);
  char *text = rp_str_format(format, rp_str_text(&day));
  page_text(page, PAGE_NO_TARGET, DATE_COLUMNS, NULL, RP_SLOT_DIM, text);
  free(text);
  rp_str_fini(&day);
}

/* ---- balance over time ------------------------------------------------------------------------------------------- */

enum { MOST_COLUMNS = 40 };

struct sums {
  int benefits, costs;
};

static struct sums sums_of(const struct rp_record *evaluation) {
  struct sums sums = {0};
  const struct rp_value *value = &evaluation->values[RP_EVALUATION_ITEMS];
  for (size_t i = 0; value->set && i < value->parts.count; i++) {
    const struct rp_record *item = value->parts.items[i];
    int score = (int)rp_record_number(item, RP_ITEM_SCORE, 0);
    *(rp_record_code(item, RP_ITEM_KIND) == RP_ITEM_KIND_BENEFIT ? &sums.benefits : &sums.costs) += score;
  }
  return sums;
}

static bool is_weighing(const struct rp_record *record, int viewpoint) {
  return record->type == RP_TYPE_EVALUATION && rp_record_code(record, RP_EVALUATION_VIEWPOINT) == viewpoint;
}

/* The last weighings of one side, the newest at the right with its numbers. */
static void add_weighing_chart(const struct person *person, int viewpoint, struct page *page) {
  double values[RP_ITEM_KIND_COUNT][MOST_COLUMNS];
  double most = 1;
  size_t count = 0;
  for (size_t i = 0; i < person->records.count && count < MOST_COLUMNS; i++)
    count += is_weighing(person->records.items[i], viewpoint);
  struct sums last = {0};
  for (size_t i = 0, at = count; i < person->records.count && at > 0; i++) { /* the newest stand first */
    if (!is_weighing(person->records.items[i], viewpoint))
      continue;
    struct sums sums = sums_of(person->records.items[i]);
    if (at == count)
      last = sums;
    at--;
    values[RP_ITEM_KIND_BENEFIT][at] = sums.benefits;
    values[RP_ITEM_KIND_COST][at] = sums.costs;
    most = sums.benefits > most ? sums.benefits : most;
    most = sums.costs > most ? sums.costs : most;
  }
  page_heading(page, viewpoint == RP_VIEWPOINT_OWN ? _("As you see it") : _("As you think they see it"));
  if (count == 0) {
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("not weighed yet"));
    return;
  }
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    bool benefit = kind == RP_ITEM_KIND_BENEFIT;
    struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
    enum rp_slot slot = benefit ? RP_SLOT_BENEFIT : RP_SLOT_COST;
    rp_rich_add(row, slot, benefit ? "+ " : "- ");
    rp_chart_spark(row, slot, values[kind], count, most);
    rp_rich_addf(row, RP_SLOT_NORMAL, " %d", benefit ? last.benefits : last.costs);
    rp_rich_addf(row, RP_SLOT_DIM, " %s", benefit ? _("benefits") : _("costs"));
  }
}

/* "trust 3, revenue 3 · time 2" */
static void say_items(const struct rp_record *evaluation, struct rp_str *out) {
  const struct rp_value *value = &evaluation->values[RP_EVALUATION_ITEMS];
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    bool first = true;
    for (size_t i = 0; value->set && i < value->parts.count; i++) {
      const struct rp_record *item = value->parts.items[i];
      if (rp_record_code(item, RP_ITEM_KIND) != kind)
        continue;
      if (first && out->length > 0)
        rp_str_add(out, " · ");
      rp_str_addf(out, "%s%s %d", first ? "" : ", ",
                  rp_vocab_label(kind == RP_ITEM_KIND_BENEFIT ? RP_VOCAB_BENEFIT : RP_VOCAB_COST,
                                 rp_record_code(item, RP_ITEM_CODE)),
                  (int)rp_record_number(item, RP_ITEM_SCORE, 0));
      first = false;
    }
  }
}

void person_balance(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  bool any = false;
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++)
    add_weighing_chart(person, viewpoint, page);
  for (size_t i = 0; i < person->records.count; i++) {
    const struct rp_record *record = person->records.items[i];
    if (record->type != RP_TYPE_EVALUATION)
      continue;
    if (!any)
      page_heading(page, _("Each time"));
    any = true;
    struct sums sums = sums_of(record);
    struct rp_rich first = {0};
    struct rp_rich text = {0};
    struct rp_str said = {0};
    add_date(model, &first, RP_SLOT_DATE, rp_record_date(record, RP_EVALUATION_DATE));
    rp_rich_addf(&text, RP_SLOT_BENEFIT, "+%d ", sums.benefits);
    rp_rich_addf(&text, RP_SLOT_COST, "-%d  ", sums.costs);
    rp_rich_add(&text, RP_SLOT_NORMAL,
                rp_record_code(record, RP_EVALUATION_VIEWPOINT) == RP_VIEWPOINT_OWN ? _("you: ") : _("they: "));
    say_items(record, &said);
    rp_rich_add(&text, RP_SLOT_NORMAL, rp_str_text(&said));
    page_rich(page, target_of(items, record), DATE_COLUMNS, &first, &text);
    rp_str_fini(&said);
    rp_rich_fini(&text);
    rp_rich_fini(&first);
  }
}

/* ---- boundaries -------------------------------------------------------------------------------------------------- */

static bool is_lifted(const struct model *model, const struct rp_record *boundary) {
  rp_date until = rp_record_date(boundary, RP_BOUNDARY_UNTIL);
  return until != RP_DATE_NONE && until <= model->as_of;
}

static void add_boundary(const struct model *model, const struct person *person, const struct rp_record *boundary,
                         struct page *page, person_items *items) {
  struct rp_str text = {0};
  rp_sentence_boundary(boundary, person->brief->person->dyad->contact_name, &text);
  rp_date until = rp_record_date(boundary, RP_BOUNDARY_UNTIL);
  rp_date review = rp_record_date(boundary, RP_BOUNDARY_REVIEW);
  const char *note = rp_record_text(boundary, RP_BOUNDARY_NOTE);
  bool lifted = is_lifted(model, boundary);
  add_dated(model, page, items, boundary, rp_record_date(boundary, RP_BOUNDARY_FROM),
            lifted ? RP_SLOT_DIM : RP_SLOT_PRIVATE, rp_str_text(&text));
  rp_str_clear(&text);
  rp_str_addf(&text, _("because of: %s"),
              rp_vocab_label(RP_VOCAB_BOUNDARY_REASON, rp_record_code(boundary, RP_BOUNDARY_REASON)));
  page_text(page, PAGE_NO_TARGET, DATE_COLUMNS, NULL, RP_SLOT_DIM, rp_str_text(&text));
  if (note != NULL)
    page_text(page, PAGE_NO_TARGET, DATE_COLUMNS, NULL, RP_SLOT_NORMAL, note);
  if (until != RP_DATE_NONE)
    add_sentence(model, page, lifted ? _("lifted on %s") : _("until %s"), until);
  else if (review != RP_DATE_NONE)
    add_sentence(model, page, _("to be thought of again on %s"), review);
  rp_str_fini(&text);
}

void person_boundaries(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  bool any = false;
  for (int past = 0; past < 2; past++) {
    bool first = true;
    for (size_t i = 0; i < person->records.count; i++) {
      const struct rp_record *record = person->records.items[i];
      if (record->type != RP_TYPE_BOUNDARY || is_lifted(model, record) != (past == 1))
        continue;
      if (first)
        page_heading(page, past ? _("Lifted") : _("What is respected"));
      else
        page_gap(page);
      first = false;
      any = true;
      add_boundary(model, person, record, page, items);
    }
  }
  if (!any)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("No limits are known. Somebody who keeps business and private life apart has chosen so: it is written "
                "down here, and nothing that goes past it is suggested."));
}

/* ---- promises ---------------------------------------------------------------------------------------------------- */

static void add_promise(const struct model *model, const struct rp_record *promise, struct page *page,
                        person_items *items) {
  rp_date settled = rp_record_date(promise, RP_PROMISE_SETTLED);
  const char *text = rp_journal_text(promise, RP_PROMISE_TEXT);
  int how = rp_record_code(promise, RP_PROMISE_SETTLED_HOW);
  bool question = rp_record_code(promise, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION;
  if (settled == RP_DATE_NONE || settled > model->as_of) {
    struct rp_str when = {0};
    enum rp_slot slot;
    say_due(model, rp_record_date(promise, RP_PROMISE_DUE), true, &when, &slot);
    struct rp_rich first = {0};
    rp_rich_addf(&first, slot, "%s%s", slot == RP_SLOT_LATE ? "! " : "", rp_str_text(&when));
    page_text(page, target_of(items, promise), DATE_COLUMNS, &first, question ? RP_SLOT_QUESTION : RP_SLOT_NORMAL,
              text);
    rp_rich_fini(&first);
    rp_str_fini(&when);
    return;
  }
  add_dated(model, page, items, promise, settled, RP_SLOT_NORMAL, text);
  struct rp_str said = {0};
  if (how != RP_CODE_NONE)
    rp_str_add(&said, rp_vocab_label(RP_VOCAB_SETTLEMENT, how));
  else
    rp_str_add(&said, question ? _("answered") : _("settled"));
  long late = (long)settled - rp_record_date(promise, RP_PROMISE_DUE);
  if (late > 0 && how != RP_SETTLEMENT_CANCELLED)
    rp_str_addf(&said, P_(", %ld day late", ", %ld days late", (unsigned long)late), late);
  page_text(page, PAGE_NO_TARGET, DATE_COLUMNS, NULL, RP_SLOT_DIM, rp_str_text(&said));
  rp_str_fini(&said);
}

void person_promises(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  static const struct {
    const char *heading;
    int by; /* enum rp_party */
    bool open;
  } parts[] = {{N_("You owe"), RP_PARTY_SALESPERSON, true},
               {N_("They owe"), RP_PARTY_CUSTOMER, true},
               {N_("You settled"), RP_PARTY_SALESPERSON, false},
               {N_("They settled"), RP_PARTY_CUSTOMER, false}};
  bool any = false;
  for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
    bool first = true;
    for (size_t i = 0; i < person->records.count; i++) {
      const struct rp_record *record = person->records.items[i];
      if (record->type != RP_TYPE_PROMISE || rp_record_code(record, RP_PROMISE_BY) != parts[part].by)
        continue;
      rp_date settled = rp_record_date(record, RP_PROMISE_SETTLED);
      if ((settled == RP_DATE_NONE || settled > model->as_of) != parts[part].open)
        continue;
      if (first)
        page_heading(page, _(parts[part].heading));
      first = false;
      any = true;
      add_promise(model, record, page, items);
    }
  }
  if (!any)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("Nobody has promised anything: “! the offer by fri” in a note writes down what you promise, “?” what "
                "they do."));
}

/* ---- privacy ----------------------------------------------------------------------------------------------------- */

static int label_columns(const struct page *page) {
  return page->width < NARROW ? LABEL_NARROW : LABEL_COLUMNS;
}

static void add_fact(struct page *page, const char *label, enum rp_slot slot, const char *text) {
  struct rp_rich first = {0};
  rp_rich_add(&first, RP_SLOT_DIM, label);
  page_text(page, PAGE_NO_TARGET, label_columns(page), &first, slot, text);
  rp_rich_fini(&first);
}

static void add_day(const struct model *model, struct page *page, const char *label, rp_date date,
                    const char *without) {
  struct rp_str text = {0};
  if (date != RP_DATE_NONE)
    rp_date_format_short(date, model->as_of, &text);
  else
    rp_str_add(&text, without);
  add_fact(page, label, RP_SLOT_NORMAL, rp_str_text(&text));
  rp_str_fini(&text);
}

static void add_duties(const struct model *model, const struct person *person, struct page *page) {
  const struct rp_record *contact = person->contact;
  const char *source = rp_record_text(contact, RP_CONTACT_SOURCE);
  int basis = rp_record_code(contact, RP_CONTACT_LEGAL_BASIS);
  page_heading(page, _("Their data"));
  add_fact(page, _("where it came from"), RP_SLOT_NORMAL, source != NULL ? source : _("from themselves"));
  add_day(model, page, _("told of it"), rp_record_date(contact, RP_CONTACT_INFORMED),
          source != NULL ? _("not yet: within a month (GDPR Art. 14)") : _("no need: it came from themselves"));
  add_fact(page, _("legal basis"), RP_SLOT_NORMAL,
           basis != RP_CODE_NONE ? rp_vocab_label(RP_VOCAB_LEGAL_BASIS, basis) : _("not said"));
  add_day(model, page, _("kept until"), rp_record_date(contact, RP_CONTACT_RETAIN_UNTIL), _("no day is set"));
  if (rp_record_bool(contact, RP_CONTACT_RESTRICTED))
    add_fact(page, _("restricted"), RP_SLOT_WARNING, _("kept as it is, not edited and not shared (GDPR Art. 18)"));
  if (rp_record_bool(contact, RP_CONTACT_OBJECTED))
    add_fact(page, _("objected"), RP_SLOT_WARNING, _("nothing is concluded about them (GDPR Art. 21)"));
}

/* Who may see how many of what is kept. */
static void add_kept(const struct person *person, struct page *page) {
  int counts[RP_TYPE_RECORD_COUNT][RP_AUDIENCE_COUNT] = {{0}};
  for (size_t i = 0; i < person->records.count; i++) {
    const struct rp_record *record = person->records.items[i];
    if (record->audience >= 0 && record->audience < RP_AUDIENCE_COUNT)
      counts[record->type][record->audience]++;
  }
  page_heading(page, _("What is kept, and who may see it"));
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    struct rp_str text = {0};
    for (int audience = 0; audience < RP_AUDIENCE_COUNT; audience++) {
      if (counts[type][audience] > 0)
        rp_str_addf(&text, "%s%d %s", text.length > 0 ? " · " : "", counts[type][audience],
                    rp_vocab_label(RP_VOCAB_AUDIENCE, audience));
    }
    if (text.length > 0)
      add_fact(page, _(rp_record_type_get((enum rp_type)type)->label), RP_SLOT_NORMAL, rp_str_text(&text));
    rp_str_fini(&text);
  }
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
            _("me: stays here · shape: that it was, without content · team: whole, for a team file"));
}

/* Health, beliefs and the like need a reason to be kept. */
static void add_special(const struct model *model, const struct person *person, struct page *page,
                        person_items *items) {
  bool any = false;
  for (size_t i = 0; i < person->records.count; i++) {
    const struct rp_record *record = person->records.items[i];
    if (record->type != RP_TYPE_DISCLOSURE || !person->special.items[i])
      continue;
    const char *basis = rp_record_text(record, RP_DISCLOSURE_BASIS);
    if (!any)
      page_heading(page, _("Special categories (GDPR Art. 9)"));
    any = true;
    const char *text = rp_record_text(record, RP_DISCLOSURE_TEXT);
    add_dated(model, page, items, record, rp_record_date(record, RP_DISCLOSURE_DATE), RP_SLOT_PRIVATE,
              text != NULL ? text : "");
    struct rp_str said = {0};
    rp_str_addf(&said, basis != NULL ? _("may be kept because: %s") : _("why it may be kept is not said yet: e"),
                basis);
    page_text(page, PAGE_NO_TARGET, DATE_COLUMNS, NULL, basis != NULL ? RP_SLOT_DIM : RP_SLOT_WARNING,
              rp_str_text(&said));
    rp_str_fini(&said);
  }
}

/* "Sofia Berg      shape, since 12 Nov, last 22 Nov" */
static void add_told(const struct model *model, const struct rp_shared_with *with, struct page *page) {
  struct rp_str first = {0}, last = {0};
  char *text;
  rp_date_format_short(with->first, model->as_of, &first);
  rp_date_format_short(with->last, model->as_of, &last);
  if (with->audience == RP_AUDIENCE_ME)
    text = rp_str_format(_("taken back on %s"), rp_str_text(&last));
  else if (with->first == with->last)
    text = rp_str_format("%s, %s", rp_vocab_label(RP_VOCAB_AUDIENCE, with->audience), rp_str_text(&last));
  else
    text = rp_str_format(_("%s, first on %s, last on %s"), rp_vocab_label(RP_VOCAB_AUDIENCE, with->audience),
                         rp_str_text(&first), rp_str_text(&last));
  add_fact(page, with->name, RP_SLOT_NORMAL, text);
  free(text);
  rp_str_fini(&first);
  rp_str_fini(&last);
}

/* "w keeps it at home", for an action that has a key. */
static void add_key(const struct model *model, enum rp_action action, const char *does, struct rp_str *out) {
  struct rp_key key;
  if (!keymap_key(model->keys, action, false, &key))
    return;
  rp_str_add(out, out->length > 0 ? " · " : "");
  rp_key_format(key, out);
  rp_str_addf(out, " %s", does);
}

/* Whether it leaves, what is told of it then, and whom it was told. */
static void add_sharing(const struct model *model, const struct rp_sharing *sharing, struct page *page) {
  struct rp_str text = {0};
  page_heading(page, _("What the team is told"));
  if (!sharing->own) {
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("This relationship is a colleague's: only they share it or withhold it."));
  } else {
    bool leaves = sharing->how <= RP_LEAVING_SHAPE;
    if (sharing->how == RP_LEAVING_WITHHELD)
      rp_str_addf(&text, "%s: ", rp_leaving_label(sharing->how));
    rp_str_add(&text, sharing->how == RP_LEAVING_WITHHELD ? _("it stays at home, with all that hangs on it")
                                                          : rp_leaving_label(sharing->how));
    add_fact(page, _("the relationship"), leaves ? RP_SLOT_NORMAL : RP_SLOT_PRIVATE, rp_str_text(&text));
    rp_str_clear(&text);
    if (sharing->says != NULL) {
      rp_team_conclusion_print(sharing->says, model->as_of, &text);
      add_fact(page, _("what is concluded"), RP_SLOT_NORMAL, rp_str_text(&text));
    }
  }
  if (!sharing->in_team)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("This journal belongs to no team yet: nothing leaves it."));
  else if (sharing->own && sharing->told.count == 0)
    add_fact(page, _("told so far"), RP_SLOT_DIM, _("nobody"));
  for (size_t i = 0; i < sharing->told.count; i++)
    add_told(model, &sharing->told.items[i], page);
  rp_str_clear(&text);
  if (sharing->own) {
    add_key(model, RP_ACTION_WITHHOLD, _("keeps it at home, or shares it again"), &text);
    if (sharing->in_team)
      add_key(model, RP_ACTION_LEAVING, _("shows all that would leave"), &text);
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, rp_str_text(&text));
  }
  rp_str_fini(&text);
}

void person_privacy(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  if (person->contact != NULL)
    add_duties(model, person, page);
  add_special(model, person, page, items);
  add_kept(person, page);
  if (person->sharing != NULL)
    add_sharing(model, person->sharing, page);
}
