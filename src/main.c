/* Options, then a command or the interface. */
#include <stdio.h>

int main(void) {
  puts("rapport");
  return 0;
}
