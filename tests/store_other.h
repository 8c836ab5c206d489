/* The other one: a second store on the journal of a world, in this process or in one of its own, that does as it is
 * told. */
#ifndef STORE_OTHER_H
#define STORE_OTHER_H

#include <sys/types.h>

#include "store_world.h"

struct two {
  struct world world;
  struct rp_store *other; /* in this process */
  pid_t process;          /* else */
  int orders, replies;
};

/* A journal of three records: Anna Laine, Saimaa Valves Oy with the id "c", and Åsa Öhman there. */
extern const char *const two_people[];
#define CUSTOMER(name) "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"" name "\"}"

void two_init(struct two *two, bool forked);
void two_fini(struct two *two);

enum { OTHER_PUT, OTHER_BEGIN, OTHER_COMMIT, OTHER_DELETE, OTHER_DRAFT, OTHER_UNDO, OTHER_REDO };
struct reply {
  rp_status status;
  char said[RP_ERR_TEXT_SIZE]; /* the error, or the label of UNDO and REDO */
};
/* `line`: a record for PUT and BEGIN, a short name for DELETE, a text for DRAFT. */
struct reply tell_other(struct two *two, int verb, const char *line);
/* The same, which must go well. */
void other_does(struct two *two, int verb, const char *line);

/* Puts a record in an action that is begun and left open. */
rp_status put_line(struct rp_store *store, const char *line, struct rp_err *err);

#endif
