#include "rapport/nearest.h"

#include <string.h>

#include "rapport/utf8.h"

void rp_nearest_init(struct rp_nearest *nearest, const char *word, size_t length) {
  *nearest = (struct rp_nearest){0};
  rp_utf8_mend(word, length, RP_UTF8_MANY_LINES, &nearest->word);
  struct rp_str folded = {0};
  rp_utf8_fold(rp_str_text(&nearest->word), nearest->word.length, &folded);
  rp_str_fini(&nearest->word);
  nearest->word = folded;
  size_t characters = rp_utf8_count(rp_str_text(&folded), folded.length);
  size_t near_enough = characters <= 2                             ? 0
                       : characters <= 4                           ? 1
                       : characters <= 8                           ? 2
                       : characters <= RP_UTF8_DISTANCE_CHARACTERS ? 3
                                                                   : 0; /* only the start would be compared */
  nearest->distance = near_enough + 1;
  nearest->characters = characters;
}

void rp_nearest_fini(struct rp_nearest *nearest) {
  rp_str_fini(&nearest->word);
}

void rp_nearest_try(struct rp_nearest *nearest, const char *candidate) {
  if (nearest->distance <= 1) /* nothing is near enough, or nearer than what was found */
    return;
  struct rp_str folded = {0};
  rp_utf8_fold(candidate, strlen(candidate), &folded);
  size_t characters = rp_utf8_count(rp_str_text(&folded), folded.length);
  size_t longer = characters > nearest->characters ? characters : nearest->characters;
  size_t distance = longer - (characters < nearest->characters ? characters : nearest->characters); /* at the least */
  if (distance < nearest->distance)
    distance = rp_utf8_distance(rp_str_text(&nearest->word), rp_str_text(&folded));
  if (distance > 1 && strncmp(rp_str_text(&folded), rp_str_text(&nearest->word), nearest->word.length) == 0)
    distance = 1;
  if (distance < nearest->distance) {
    nearest->distance = distance;
    nearest->best = candidate;
  }
  rp_str_fini(&folded);
}
