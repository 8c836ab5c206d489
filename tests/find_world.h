/* A journal to find things in: people and companies with something of every kind, for the tests of lists and searches.
 */
#ifndef FIND_WORLD_H
#define FIND_WORLD_H

#include "journal_world.h"

extern const char *const find_lines[];

#define MAIJA "Maija Virtanen"
#define PEKKA "Pekka Salo"
#define ORJAN "Örjan Ålander"
#define LIISA "Liisa Aho"
#define OONA "Oona Objekti"

/* The titles of what a list or a search finds, ", " between them; the caller frees. Fails when it is refused. */
char *find_list(struct journal_world *world, enum rp_type type, const char *filter);
char *find_search(struct journal_world *world, const char *filter, long limit);
/* What both of them visit: `data` is the struct rp_str that gets the titles. */
bool find_add_title(void *data, const struct rp_row *row, const struct rp_record *record);

/* Puts so many people called Testi into it, each with a relationship. */
enum { FIND_MANY = 600 };
void find_put_many(struct journal_world *world);

#endif
