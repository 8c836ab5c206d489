/* Options, then a command or the interface. */
#include "rapport/cli.h"

int main(int argc, char **argv) {
  return rp_cli_main(argc, argv);
}
