/* Colours as a terminal can have them. Pure arithmetic, apart from curses so that it can be tested. */
#ifndef RAPPORT_TERM_COLOUR_H
#define RAPPORT_TERM_COLOUR_H

#include "rapport/style.h"

/* Bits of each part of a direct colour. */
struct colour_depth {
  int red;
  int green;
  int blue;
};

/* The colour's number, -1 for the terminal's own: 0 to 255 (nearest of the cube and the greys; the first 16, which are
 * the user's, only when asked for by number), 0 to 7, or the bits of the colour itself. */
int colour_256(struct rp_colour colour);
int colour_8(struct rp_colour colour, bool background);
/* The ink on this ground: of two shades that became one of the eight, black or white, whichever can be read. */
int colour_8_on(int ink, int ground);
int colour_direct(struct rp_colour colour, struct colour_depth depth);

#endif
