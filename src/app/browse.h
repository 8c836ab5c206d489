/*
 * A list with a pane beside it about the person of the selected row: what Today, People and other screens are made of.
 */
#ifndef APP_BROWSE_H
#define APP_BROWSE_H

#include "view.h"

struct browse {
  struct rp_list list;
  struct panes panes;
  struct page detail;
  struct rp_brief *brief; /* of a person; NULL: not read yet */
  int head;               /* rows above the list, for the view to draw on */
};

/* The rows of one moment. The context is that of the list. */
struct browse_rows {
  struct rp_list_source list;
  size_t count;
  /* The relationship a row is about; false: nobody's. */
  bool (*about)(const void *context, size_t index, struct rp_id *out);
  /* Asks for what is told of a row besides its person; may be NULL. */
  void (*ask)(struct model *model, struct screen *screen, size_t index);
  /* Adds what is said of a row below who it is about; may be NULL. */
  void (*tell)(const void *context, size_t index, struct page *page);
};

void browse_init(struct browse *browse, int ratio, int head);
void browse_fini(struct browse *browse);
/* The rows are others, or the journal is: what is beside them is asked for anew. */
void browse_renew(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows);
/* Selects a row and asks for its person. */
void browse_select(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows,
                   size_t index);
/* Takes REQUEST_BRIEF; false: another answer, or an error. */
bool browse_answer(struct browse *browse, struct answer *answer);
/* Moves and changes panes; false: another action. */
bool browse_act(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows,
                enum rp_action action);
void browse_mouse(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows,
                  const struct rp_mouse *event, int x, int y);
/* The column of a table whose heading, in the row above the list, is clicked; `widths` as of rp_layout_columns. */
bool browse_heading_at(const struct browse *browse, const struct rp_mouse *event, int x, int y, const int *widths,
                       size_t count, int gap, size_t *out);
void browse_fit(const struct model *model, struct browse *browse, const struct browse_rows *rows, int width,
                int height);
/* Draws the list and the pane beside it; the first `head` rows of *pane are the view's (no size: it is not shown). */
void browse_draw(const struct browse *browse, const struct browse_rows *rows, struct rp_area area,
                 struct rp_area *pane);
/* Draws a text in the place of a list that is empty. */
void browse_draw_empty(struct rp_area area, const char *strong, const char *text);

#endif
