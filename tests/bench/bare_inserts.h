/* The peer of the import: the rows of a journal put into the same tables and indexes by bare prepared INSERTs. */
#ifndef RAPPORT_BENCH_BARE_INSERTS_H
#define RAPPORT_BENCH_BARE_INSERTS_H

/* Copies every row of the journal at `from` into the empty journal at `to`, in one transaction with the store's
 * settings. Reading is not counted. Returns the seconds that writing and the commit took; ends the program when it
 * cannot. *processor (unless NULL) gets the seconds of the processor. The words of the search index are written too:
 * `journal` is opened for reading them. */
double bench_bare_inserts(const char *from, const char *to, double *processor);
/* Seconds since some start. */
double bench_now(void);
/* Seconds of the processor that this process has taken. */
double bench_processor(void);

#endif
