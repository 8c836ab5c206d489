/* A team file of many relationships, as bundles have left it: shared records, and what salespeople have concluded. */
#ifndef RAPPORT_BENCH_REVIEW_H
#define RAPPORT_BENCH_REVIEW_H

/* Makes it at `path`: so many relationships of fifty salespeople, five at a company. Ends the program when it fails. */
void bench_make_team_file(const char *path, int relationships);

#endif
