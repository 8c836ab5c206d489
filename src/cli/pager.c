/* Long output through $PAGER, started by its argument vector, never by a shell. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"

#define PAGER_WORDS 16

/* $PAGER at its spaces; false when there is none. */
static bool split(char *text, char *words[PAGER_WORDS + 1]) {
  size_t count = 0;
  char *rest = NULL;
  for (char *word = strtok_r(text, " \t", &rest); word != NULL && count < PAGER_WORDS;
       word = strtok_r(NULL, " \t", &rest))
    words[count++] = word;
  words[count] = NULL;
  return count > 0;
}

void rp_cli_page(struct rp_cli *cli) {
  const char *pager = getenv("PAGER");
  if (cli->columns == 0 || pager == NULL || cli->pager != 0)
    return;
  char *text = rp_mem_text(pager);
  char *words[PAGER_WORDS + 1];
  int ends[2];
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  if (split(text, words) && pipe2(ends, O_CLOEXEC) == 0) {
    fflush(stdout);
    posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
    /* One that cannot be started is done without. */
    pid_t child;
    FILE *out = NULL;
    if (posix_spawnp(&child, words[0], &files, NULL, words, environ) == 0) {
      cli->pager = child;
      out = fdopen(ends[1], "w");
    }
    close(ends[0]);
    if (out == NULL)
      close(ends[1]);
    else
      cli->out = out;
    signal(SIGPIPE, SIG_IGN); /* a pager that is left early is no error */
    signal(SIGINT, SIG_IGN);  /* it is the pager's: less stops a search by it */
  }
  posix_spawn_file_actions_destroy(&files);
  free(text);
}

void rp_cli_page_end(struct rp_cli *cli) {
  if (cli->pager <= 0)
    return;
  if (cli->out != stdout)
    fclose(cli->out);
  cli->out = stdout;
  while (waitpid(cli->pager, NULL, 0) < 0 && errno == EINTR)
    continue;
  cli->pager = 0;
}
