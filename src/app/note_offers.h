/* Completions of a note, in a window beside the cursor: names, companies, channels, topics, benefits and costs. */
#ifndef APP_NOTE_OFFERS_H
#define APP_NOTE_OFFERS_H

#include "rapport/editor.h"
#include "view.h"

struct note_offers {
  struct offers *items; /* NULL: none */
  size_t words;         /* of these, in front: the rest are names */
  size_t start;         /* byte of the text that an offer replaces from */
  struct rp_list list;
};

/* Takes the offers away. */
void note_offers_drop(struct note_offers *offers);
/* Offers what fits where the cursor stands; names are asked for. */
void note_offers_find(struct model *model, struct screen *screen, struct note_offers *offers,
                      const struct rp_editor *editor);
/* Adds the names that were asked for, in the place of those that were told before; NULL is taken. */
void note_offers_add(struct note_offers *offers, const struct rp_editor *editor, const struct offers *names);
size_t note_offers_count(const struct note_offers *offers);
/* Takes a key that is about the offers; *completed says that one was put into the text. */
bool note_offers_key(struct screen *screen, struct note_offers *offers, struct rp_editor *editor, struct rp_key key,
                     bool *completed);
void note_offers_fit(struct note_offers *offers);
/* Draws them beside the cursor of the editor, which is drawn in `rect` of the area. */
void note_offers_draw(const struct note_offers *offers, const struct rp_editor *editor,
                      const struct rp_editor_look *look, struct rp_rect rect, struct rp_area area);

#endif
