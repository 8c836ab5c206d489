/* A team file that takes in the bundles of many journals. */
#ifndef RAPPORT_BENCH_MERGE_H
#define RAPPORT_BENCH_MERGE_H

struct bench_merge_round {
  double seconds, processor;  /* that merging all took: by the clock, and of the processor */
  double early_mib, late_mib; /* the most that the merging process held after a tenth of the bundles, and after all */
};
struct bench_merge {
  struct bench_merge_round first, next;  /* `next`: each bundle has ten records more than the one before it */
  double packing;                        /* seconds of the processor for a bundle, with what is concluded */
  double bare;                           /* seconds of the processor for bare INSERTs of the rows of the team file */
  long records, file_bytes;              /* of the team file */
  long bundle_records, bundle_bytes;     /* of one bundle, on average */
  double record_bytes, conclusion_bytes; /* of one line, on average */
};
/* Makes so many journals of about 5,000 shared records in the folder, each of another salesperson, packs them, and
 * merges the bundles in a process of its own. Ends the program when anything fails. */
void bench_merge(const char *folder, int journals, struct bench_merge *out);

#endif
