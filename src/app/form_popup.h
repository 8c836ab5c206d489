/* What opens beside a field of a form: a list to choose from, which narrows down while it is typed, or a calendar. */
#ifndef APP_FORM_POPUP_H
#define APP_FORM_POPUP_H

#include "form_fields.h"
#include "rapport/calendar.h"
#include "view.h"

struct form_popup {
  struct offers *offers; /* NULL: no list */
  size_t start;          /* byte of the text that a choice replaces from */
  struct rp_list list;
  bool has_calendar;
  struct rp_calendar calendar;
  bool raised; /* the form makes room for it in a low window, and goes back to its row `top` afterwards */
  int top;
};

/* What a key did. */
enum form_popup_reply {
  FORM_POPUP_IGNORED, /* it is not about the popup, or there is none */
  FORM_POPUP_TAKEN,
  FORM_POPUP_CHOSEN, /* something was put into the field */
};

void form_popup_close(struct form_popup *popup);
bool form_popup_is_open(const struct form_popup *popup);
/* Offers what fits what is typed of the field with the keys; `all`: everything it takes. What needs the journal is
 * asked for. */
void form_popup_find(struct model *model, struct screen *screen, struct form_popup *popup,
                     const struct form_fields *fields, bool all);
/* Takes the answer of REQUEST_CHOICES over. */
void form_popup_add(struct form_popup *popup, const struct form_fields *fields, struct answer *answer);
void form_popup_calendar(const struct model *model, struct form_popup *popup, const struct form_fields *fields);
enum form_popup_reply form_popup_key(struct form_popup *popup, struct form_fields *fields, struct rp_key key);
/* Fits the form too: `form` is where it is drawn in a body of this size. */
void form_popup_fit(struct form_popup *popup, struct form_fields *fields, struct rp_rect form, int width, int height);
void form_popup_draw(const struct form_popup *popup, const struct form_fields *fields, struct rp_rect form,
                     struct rp_area area);
enum form_popup_reply form_popup_mouse(struct form_popup *popup, struct form_fields *fields, struct rp_rect form,
                                       int width, int height, const struct rp_mouse *mouse, int x, int y);

#endif
