/* A journal of a salesperson, Anna Laine, on Sunday 22 November 2026, filled with lines of the interchange format and
 * with notes. */
#ifndef JOURNAL_WORLD_H
#define JOURNAL_WORLD_H

#include "rapport/journal.h"
#include "store_world.h"

/* Most worlds have these people: s1 Anna Laine (me), s2 Erik Strand; companies c1 Saimaa Valves Oy (tier B), c2 Åbo
 * Pumpar Ab; p1 Maija Virtanen and p2 Pekka Salo at c1, p3 Örjan Ålander at c2; r1, r2, r3 Anna's relationships with
 * them. */
extern const char *const journal_people[];

struct journal_world {
  struct world base;
  struct rp_journal *journal;
};

/* Makes the journal and puts the people and, unless NULL, more lines (a NULL ends them) into it. */
void journal_world_init(struct journal_world *world, const char *const *lines);
void journal_world_fini(struct journal_world *world);
void journal_world_put(struct journal_world *world, const char *const *lines);

/* The world of a file whose tests each begin with the people and these lines (NULL: none), and such a test. */
#define JOURNAL_TESTS(lines) \
  static struct journal_world world; \
  static int set_up(void **state) { \
    (void)state; \
    journal_world_init(&world, lines); \
    return 0; \
  } \
  static int tear_down(void **state) { \
    (void)state; \
    journal_world_fini(&world); \
    return 0; \
  }
#define JOURNAL_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* The day that is looked at and today become another. */
void journal_world_set_today(struct journal_world *world, rp_date today);
/* "2026-11-22" */
rp_date day(const char *iso);

/* Logs a note and fails the test unless it is stored; the caller frees. */
struct rp_log *journal_log(struct journal_world *world, const char *text);
/* The same when nobody wants to know what came of it. */
void journal_note(struct journal_world *world, const char *text);
/* The stored meeting's id of a note. */
struct rp_id journal_meeting(struct journal_world *world, const char *text);
/* Gives a stored meeting another text. */
void journal_replace(struct journal_world *world, const struct rp_id *meeting, const char *text);
/* The typed form of a stored meeting; the caller frees. */
char *journal_text(struct journal_world *world, const struct rp_id *meeting);

/* The records of a type as lines, newest id last, without ids and stamps: references by the names of what they mean,
 * only what is set and no default. The caller frees. */
char *journal_dump(struct journal_world *world, enum rp_type type);
/* The only record of a type (fails when there are several); the caller frees. */
struct rp_record *journal_only(struct journal_world *world, enum rp_type type);
/* Sets fields of a stored record from "field=value". */
void journal_edit(struct journal_world *world, const struct rp_id *id, const char *assignment);

/* The records of a type are these lines of journal_dump. */
#define assert_dump(world, type, expected) \
  do { \
    char *dump_ = journal_dump(world, type); \
    assert_string_equal(dump_, expected); \
    free(dump_); \
  } while (0)

/* Two assessments say the same: stage, direction, depths, flags, what is missing and what changed. */
void assert_same_assessment(const struct rp_assessment *a, const struct rp_assessment *b);

#endif
