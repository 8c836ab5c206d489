/* The fields of a form while they are filled in: keys, paste and mouse go to the one that has them, or to what opens
 * beside it. */
#ifndef APP_FORM_EDIT_H
#define APP_FORM_EDIT_H

#include "form_popup.h"

struct form_edit {
  struct form_fields fields;
  bool ready; /* the fields are there */
  struct form_popup popup;
  bool chosen_here;            /* the field with the keys was typed into: Enter goes on */
  RP_VEC(struct rp_key) early; /* what was typed before the fields were there */
};

void form_edit_fini(struct form_edit *edit);
/* The fields are there: the keys go to the first that is not filled in (`seeks`) or to the first. */
void form_edit_begin(struct form_edit *edit, bool seeks);
/* Types what was typed before that. */
void form_edit_catch_up(struct model *model, struct screen *screen, struct form_edit *edit);
/* Returns whether the key was for the fields; what is typed asks for a pause. */
bool form_edit_key(struct model *model, struct screen *screen, struct form_edit *edit, struct rp_key pressed);
void form_edit_paste(struct model *model, struct screen *screen, struct form_edit *edit, const char *bytes,
                     size_t length);
/* `form` is where the fields are drawn in the body. */
void form_edit_mouse(struct model *model, struct screen *screen, struct form_edit *edit, struct rp_rect form,
                     const struct rp_mouse *event, int x, int y);
/* The keys go to the first field that is wrong. */
void form_edit_go_to_fault(struct form_edit *edit);

void form_edit_fit(struct form_edit *edit, struct rp_rect form, int width, int height);
/* What the field with the keys takes. */
void form_edit_draw_help(const struct form_edit *edit, struct rp_area row);
/* The fields in `form` of the area, and what is open beside them. */
void form_edit_draw(const struct form_edit *edit, struct rp_rect form, struct rp_area area, bool active);

#endif
