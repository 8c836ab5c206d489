/* For fuzz targets: a check that also holds in a build without asserts, and says where it failed. */
#ifndef RAPPORT_FUZZ_CHECK_H
#define RAPPORT_FUZZ_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition) \
  ((condition) ? (void)0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), abort()))

/* The target itself: takes any bytes, aborts when a property does not hold, returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
