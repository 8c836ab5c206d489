#include "term_colour.h"

#include <stdlib.h>

/* xterm's 256 colours: 16 of the palette (their usual values), a cube of 6x6x6, 24 greys. */
static const int cube_levels[] = {0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF};
static const uint32_t palette[] = {
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
};

static int red_of(uint32_t rgb) {
  return (int)(rgb >> 16 & 0xFF);
}

static int green_of(uint32_t rgb) {
  return (int)(rgb >> 8 & 0xFF);
}

static int blue_of(uint32_t rgb) {
  return (int)(rgb & 0xFF);
}

static uint32_t rgb_of_index(uint32_t index) {
  if (index < 16)
    return palette[index];
  if (index < 232) {
    uint32_t place = index - 16;
    return (uint32_t)(cube_levels[place / 36] << 16 | cube_levels[place / 6 % 6] << 8 | cube_levels[place % 6]);
  }
  uint32_t grey = 8 + (index - 232) * 10;
  return grey << 16 | grey << 8 | grey;
}

static long distance(uint32_t a, uint32_t b) {
  long red = red_of(a) - red_of(b);
  long green = green_of(a) - green_of(b);
  long blue = blue_of(a) - blue_of(b);
  return 2 * red * red + 4 * green * green + 3 * blue * blue; /* the eye sees green best */
}

static int nearest(uint32_t rgb, uint32_t first, uint32_t last) {
  uint32_t best = first;
  for (uint32_t i = first + 1; i <= last; i++) {
    if (distance(rgb, rgb_of_index(i)) < distance(rgb, rgb_of_index(best)))
      best = i;
  }
  return (int)best;
}

static int nearest_level(int channel) {
  int best = 0;
  for (int i = 1; i < 6; i++) {
    if (abs(channel - cube_levels[i]) < abs(channel - cube_levels[best]))
      best = i;
  }
  return best;
}

/* As `nearest` over the cube and the greys, without trying all 240 for each cell of the screen: the distance is a sum
 * over the channels, so that each has its own nearest level, and the nearest grey is next to their weighted mean. */
static int nearest_of_256(uint32_t rgb) {
  int red = red_of(rgb), green = green_of(rgb), blue = blue_of(rgb);
  int best = 16 + 36 * nearest_level(red) + 6 * nearest_level(green) + nearest_level(blue);
  int mean = (2 * red + 4 * green + 3 * blue) / 9;
  int grey = mean < 8 ? 0 : (mean - 8) / 10;
  for (int i = 232 + grey; i <= 232 + grey + 1 && i < 256; i++) {
    if (distance(rgb, rgb_of_index((uint32_t)i)) < distance(rgb, rgb_of_index((uint32_t)best)))
      best = i;
  }
  return best;
}

int colour_256(struct rp_colour colour) {
  if (colour.kind == RP_COLOUR_INDEX)
    return (int)(colour.value & 0xFF);
  return colour.kind == RP_COLOUR_RGB ? nearest_of_256(colour.value) : -1;
}

/* Of eight colours the nearest to a grey may be cyan: greys become black or white, on the side that can be read. */
static int nearest_of_8(uint32_t rgb, bool background) {
  enum { GREY = 0x28, DARK_TEXT = 0x30, DARK_GROUND = 0x80 };
  int red = red_of(rgb);
  int green = green_of(rgb);
  int blue = blue_of(rgb);
  if (abs(red - green) < GREY && abs(green - blue) < GREY && abs(red - blue) < GREY)
    return green < (background ? DARK_GROUND : DARK_TEXT) ? 0 : 7;
  return nearest(rgb, 0, 7);
}

int colour_8(struct rp_colour colour, bool background) {
  if (colour.kind == RP_COLOUR_INDEX && colour.value < 16)
    return (int)(colour.value % 8);
  if (colour.kind == RP_COLOUR_INDEX)
    return nearest_of_8(rgb_of_index(colour.value & 0xFF), background);
  return colour.kind == RP_COLOUR_RGB ? nearest_of_8(colour.value, background) : -1;
}

int colour_8_on(int ink, int ground) {
  static const bool is_bright[8] = {[2] = true, [3] = true, [6] = true, [7] = true};
  return ink != ground || ground < 0 ? ink : is_bright[ground % 8] ? 0 : 7;
}

int colour_direct(struct rp_colour colour, struct colour_depth depth) {
  if (colour.kind != RP_COLOUR_RGB && colour.kind != RP_COLOUR_INDEX)
    return -1;
  if (colour.kind == RP_COLOUR_INDEX && colour.value < 8)
    return (int)colour.value; /* terminals with direct colours keep the first eight for the palette */
  uint32_t rgb = colour.kind == RP_COLOUR_RGB ? colour.value : rgb_of_index(colour.value & 0xFF);
  int number = (red_of(rgb) >> (8 - depth.red)) << (depth.green + depth.blue) |
               (green_of(rgb) >> (8 - depth.green)) << depth.blue | blue_of(rgb) >> (8 - depth.blue);
  return number > 0 && number < 8 ? 8 : number; /* nearly black must not become red or green */
}
