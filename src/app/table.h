/*
 * A table of records with the pane beside it: columns that are orders too, a filter, marks. A view gives its columns
 * and its rows; all else is here, once. The state of such a view begins with its table, so that the functions below
 * stand in the view's own table of functions.
 */
#ifndef APP_TABLE_H
#define APP_TABLE_H

#include "browse.h"

enum { TABLE_COLUMNS = 12 };

struct table_column {
  const char *label; /* to be translated when shown */
  struct rp_column width;
  /* The row with the smallest comes first; those alike stay in the order of their names. NULL: all do. */
  long (*key)(const void *row);
  void (*draw)(const struct model *model, const void *row, struct rp_area cell);
};

/* What is particular to a table. `state` is that of the view. */
struct table_kind {
  const struct table_column *columns;
  size_t column_count;
  size_t row_size;
  int ratio; /* of the panes */
  /* Of the records that a filter is asked of, and that marks are kept by. */
  enum rp_type type;
  /* Of the records that a row stands for, which are changed together: the first is what is deleted. RP_TYPE_NONE: no
   * more. */
  enum rp_type types[SEVERAL_TYPES];
  struct rp_id (*id)(const void *row, enum rp_type type); /* of such a record */
  uint32_t (*place)(const void *row);                     /* of its id of `type` among those of all rows, ascending */
  const char *nothing; /* said when there are no rows, and when the filter lets none through; to be translated */
  const char *none;
  const char *filter_hint;
  /* Appends what else is to be said in the head; may be NULL. */
  void (*note)(const void *state, struct rp_rich *out);
  /* Whether a column has anything to say; NULL: all have. */
  bool (*shows)(const void *state, size_t column);
  /* As of browse_rows; each may be NULL. */
  bool (*about)(const void *row, struct rp_id *out);
  void (*ask)(struct model *model, struct screen *screen, const void *row);
  void (*tell)(const struct model *model, const void *state, const void *row, struct page *page);
};

struct table_entry {
  long key;
  const void *row;
};

struct table {
  const struct table_kind *kind;
  const void *rows; /* borrowed from the view, in the order of their names */
  size_t count;
  bool is_read;                       /* the rows are there */
  RP_VEC(struct table_entry) ordered; /* all, made anew only when they or the order are others */
  RP_VEC(const void *) shown;         /* of these, those that the filter lets through */
  size_t order;                       /* a column */
  struct rp_id *ids;                  /* of all rows, ascending */
  char *filter;                       /* NULL: none */
  struct matches *matches;            /* of the filter */
  bool *passing;                      /* by the place of the id; NULL: all do */
  struct matches marks;               /* rows that are marked, also those behind the filter */
  size_t marks_shown;                 /* of these */
  struct rp_id kept;                  /* whom the selection stays with, as long as they are here */
  struct browse browse;
  int widths[TABLE_COLUMNS];
};

void table_init(struct screen *screen, const struct table_kind *kind);
void table_fini(struct table *table);
/* Asks anew what the filter lets through: part of the view's `load`. */
void table_load(struct model *model, struct screen *screen);
/* Gives it other rows; those before must still be there. Order, filter and selection stay. */
void table_set(struct model *model, struct screen *screen, const void *rows, size_t count);
/* Takes the answers that are about the table; false: another one. */
bool table_answer(struct model *model, struct screen *screen, struct answer *given);
/* The selected row; NULL: there is none. */
const void *table_selected(const struct table *table);

/* Of the view's table of functions. */
bool table_knows(const struct model *model, const struct screen *screen, enum rp_action action, bool *can);
bool table_act(struct model *model, struct screen *screen, enum rp_action action);
void table_mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y);
void table_fit(const struct model *model, struct screen *screen, int width, int height);
void table_draw(const struct model *model, const struct screen *screen, struct rp_area area);

/* For columns. */
long tier_key(int tier); /* none is last */
void draw_day(const struct model *model, rp_date date, struct rp_area cell);
void draw_tier(int tier, struct rp_area cell);

#endif
