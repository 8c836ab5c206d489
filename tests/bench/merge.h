/* A team file that takes in the bundles of many journals. */
#ifndef RAPPORT_BENCH_MERGE_H
#define RAPPORT_BENCH_MERGE_H

struct bench_merge {
  double seconds;   /* that merging all took */
  double again;     /* that taking in the last round of bundles took, in each of which ten records are other */
  long records;     /* that the team file holds */
  long bytes;       /* of the largest bundle */
  long half, whole; /* kilobytes this process held when half of the bundles were in, and when all were */
};
/* Makes so many journals of about 5,000 shared records in the folder, packs and merges them in this process. Ends the
 * program when anything fails. */
void bench_merge(const char *folder, int journals, struct bench_merge *out);

#endif
