#include "note_page.h"

#include <stdlib.h>
#include <string.h>

#include "note_help.h"
#include "rapport/i18n.h"

bool note_is_blank(const char *text) {
  return text[strspn(text, " \n\t")] == '\0';
}

static void add_record(const struct model *model, struct page *page, const struct preview_line *record) {
  enum { TYPE_COLUMNS = 14 };
  struct rp_rich first = {0};
  rp_rich_addf(&first, RP_SLOT_DIM, "%s", record->kind);
  page_text(page, PAGE_NO_TARGET, TYPE_COLUMNS, &first, RP_SLOT_NORMAL, shown_text(model, record->text));
  rp_rich_fini(&first);
}

void note_page_change(const struct model *model, struct page *page, const char *text) {
  char buffer[SHOWN_NAME_SIZE];
  size_t name = strcspn(text, "\n");
  char *who = rp_mem_textn(text, name);
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NAME, shown_name(model, who, buffer));
  free(who);
  for (const char *at = text + name; *at == '\n';) {
    size_t length = strcspn(++at, "\n");
    char *line = rp_mem_textn(at, length);
    struct rp_rich first = {0};
    rp_rich_add(&first, RP_SLOT_DIM, "· ");
    page_text(page, PAGE_NO_TARGET, 2, &first, RP_SLOT_NORMAL, shown_text(model, line));
    rp_rich_fini(&first);
    free(line);
    at += length;
  }
}

static void add_note_line(struct page *page, size_t number, const char *text, size_t length) {
  struct rp_ranges ranges = {0};
  note_highlight(NULL, number, text, length, &ranges);
  size_t marked = ranges.count > 0 ? ranges.items[0].length : 0;
  struct rp_rich line = {0};
  if (marked > 0)
    rp_rich_addn(&line, ranges.items[0].slot, text, marked);
  rp_rich_addn(&line, RP_SLOT_DIM, text + marked, length - marked);
  page_rich(page, PAGE_NO_TARGET, 0, NULL, &line);
  rp_rich_fini(&line);
  rp_vec_fini(&ranges);
}

static void add_example(struct page *page) {
  static const char *const lines[] = {
      N_("video Maija yesterday: Budget round opens."),
      N_("< b2 goals_and_strategy: a second line in Oulu"),
      N_("> s1 hobbies: our summers at sea"),
      N_("+ trust 4"),
      N_("! send the offer by fri"),
  };
  page_heading(page, _("How a note looks"));
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
    add_note_line(page, i, _(lines[i]), strlen(_(lines[i])));
  page_gap(page);
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
            _("< they told, > you told, + a benefit, - a cost, ! you promise, ? they promise, ?? they ask. F1 says "
              "more."));
}

void note_page_other(struct page *page, const char *text) {
  page_heading(page, _("What it says now elsewhere"));
  for (size_t number = 0;; number++) {
    size_t length = strcspn(text, "\n");
    add_note_line(page, number, text, length);
    if (text[length] == '\0')
      break;
    text += length + 1;
  }
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("Take over what you want; saving asks once more."));
}

void note_page(const struct model *model, struct page *page, const char *text, const struct preview *preview,
               const char *error) {
  if (note_is_blank(text)) {
    add_example(page);
    return;
  }
  if (error != NULL) {
    page_heading(page, _("Not yet"));
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, error);
  }
  if (preview == NULL || preview->records.count == 0)
    return;
  page_heading(page, _("What it becomes"));
  for (size_t i = 0; i < preview->records.count; i++)
    add_record(model, page, &preview->records.items[i]);
  if (preview->needs_create)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_WARNING, _("Somebody new: you are asked when you save."));
  page_heading(page, _("What changes"));
  for (size_t i = 0; i < preview->changes.count; i++)
    note_page_change(model, page, preview->changes.items[i].text);
  if (preview->changes.count == 0)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("nothing about how close you are"));
}
