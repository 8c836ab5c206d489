/* A journal in a folder of its own, filled with random records that hang together. */
#ifndef STORE_WORLD_H
#define STORE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rapport/store.h"
#include "rapport/vec.h"
#include "record_random.h"

struct world {
  char *folder, *path, *backups;
  struct rp_clock clock;
  struct rp_store_options options;
  struct rp_store *store;
  struct record_random random;
  RP_VEC(struct rp_id) ids[RP_TYPE_RECORD_COUNT]; /* that were put; some may be gone again */
};

/* Fails the test with the sentence of the error unless the call returns RP_OK. */
#define assert_ok(call) \
  do { \
    struct rp_err err_ = {0}; \
    struct rp_err *err = &err_; \
    if ((call) != RP_OK) \
      fail_msg("%s: %s", #call, err_.text); \
  } while (0)
/* The call is refused with the status, and its sentence has the words. */
#define assert_says(call, status, words) \
  do { \
    struct rp_err err_ = {0}; \
    struct rp_err *err = &err_; \
    assert_int_equal((call), (status)); \
    assert_int_equal(err_.code, (status)); \
    if (strstr(err_.text, (words)) == NULL) \
      fail_msg("“%s” does not say “%s”", err_.text, (words)); \
  } while (0)

/* Ends a forked process, as _exit does; valgrind looks for no leaks in what it leaves in the middle of its work. */
_Noreturn void child_end(int status);

/* A new journal at a fixed time; a seed gives the same world again. */
void world_init(struct world *world, uint64_t seed);
void world_fini(struct world *world);
void world_reopen(struct world *world);
/* What comes then opens it, and makes none. */
void world_close(struct world *world);

/* A random record of the type whose references are answered; NULL when there is nothing yet to refer to. */
struct rp_record *world_record(struct world *world, enum rp_type type);
/* One of the ids of the type, or zeros. */
struct rp_id world_pick(struct world *world, enum rp_type type);
/* 1 to `most` random puts, edits and deletes, inside an action. */
void world_change(struct world *world, int most);
/* One action of them. */
void world_act(struct world *world, int most);
/* `actions` actions, the first with something of every type. */
void world_fill(struct world *world, int actions);

/* Does what is due of the upkeep until it is done; returns whether anything was. */
bool world_upkeep(struct world *world);

/* All records as interchange lines, in export order; the caller frees. */
char *world_export(struct rp_store *store);
/* Every check of the store finds nothing. */
void world_is_sound(struct rp_store *store);
/* Everything, of one type or of all. */
struct rp_store_query world_all(enum rp_type type);
/* A record from a line of the interchange format, ids by their short names. */
struct rp_record *world_line(const char *line);
/* Puts lines in one action, each in the order given; a NULL ends them. */
void world_put_lines(struct rp_store *store, const char *const *lines);
void world_put_line(struct rp_store *store, const char *line);
/* The customer of the short name "c" is called so. */
void world_customer_is(struct rp_store *store, const char *name);
/* The id that a short name stands for. */
struct rp_id world_id(const char *name);
int64_t world_count(struct rp_store *store, enum rp_type type);

#endif
