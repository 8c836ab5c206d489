/*
 * A view that is one page about something that was read: a brief, a company, the team. Such a view says what it asks
 * for and how the page is built; reading, scrolling, selecting and drawing are the same for all.
 */
#ifndef APP_PAGE_VIEW_H
#define APP_PAGE_VIEW_H

#include "view.h"

struct page_state;

struct page_source {
  enum request_kind request;
  enum request_kind at_once; /* asked beside it for the same, where it can be told at once; REQUEST_CHANGED: nothing */
  void (*free)(void *data);  /* of what is answered */
  const char *gone;          /* said when it is not in the journal any more; NULL: it is always there */
  int most_columns;          /* 0: as wide as the screen */
  void (*build)(const struct model *model, struct page_state *state); /* once there is data */
};

/* The state of such a view begins with it. */
struct page_state {
  const struct page_source *source;
  struct rp_id id; /* what is asked about; none: everything */
  void *data;      /* the last answer; NULL: none yet */
  struct page page;
  bool built, folded; /* for the answer that is there, and whether what is personal was hidden then */
};

/* Opens the page about a record. */
void page_view_open(struct model *model, enum rp_view view, const struct rp_id *id);

void page_view_init(struct model *model, struct screen *screen);
void page_view_fini(void *state);
void page_view_load(struct model *model, struct screen *screen);
bool page_view_answer(struct model *model, struct screen *screen, struct answer *given);
bool page_view_act(struct model *model, struct screen *screen, enum rp_action action);
void page_view_mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y);
void page_view_fit(const struct model *model, struct screen *screen, int width, int height);
void page_view_draw(const struct model *model, const struct screen *screen, struct rp_area area);

/* What such a view has that adds no state of its own; without what some have themselves. */
#define PAGE_VIEW_FUNCTIONS_OF_ALL \
  .init = page_view_init, .fini = page_view_fini, .load = page_view_load, .answer = page_view_answer, \
  .fit = page_view_fit, .draw = page_view_draw
#define PAGE_VIEW_FUNCTIONS_BUT_KEYS PAGE_VIEW_FUNCTIONS_OF_ALL, .state_size = sizeof(struct page_state)
#define PAGE_VIEW_FUNCTIONS_BUT_SIZE PAGE_VIEW_FUNCTIONS_OF_ALL, .act = page_view_act, .mouse = page_view_mouse
#define PAGE_VIEW_FUNCTIONS PAGE_VIEW_FUNCTIONS_BUT_SIZE, .state_size = sizeof(struct page_state)

#endif
