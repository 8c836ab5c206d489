/* Files: whole or not at all, private, and nothing followed that should not be. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/io.h"
#include "temp_folder.h"

static char *home;

static int enter_folder(void **state) {
  (void)state;
  home = temp_folder_make();
  return home != NULL && chdir(home) == 0 ? 0 : -1;
}

static int leave_folder(void **state) {
  (void)state;
  return chdir("/") == 0 ? temp_folder_remove(home) : -1;
}

static void assert_content(const char *path, const char *expected) {
  struct rp_str text = {0};
  assert_int_equal(rp_io_read(path, 1 << 20, &text, NULL), RP_OK);
  assert_string_equal(rp_str_text(&text), expected);
  rp_str_fini(&text);
}

static mode_t mode_of(const char *path) {
  struct stat info;
  assert_int_equal(lstat(path, &info), 0);
  return info.st_mode & 07777;
}

/* Files in the present folder that are there only while something is being written. */
static int leftovers(void) {
  int count = 0;
  DIR *folder = opendir(".");
  assert_non_null(folder);
  for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
    count += strncmp(entry->d_name, ".rapport-", strlen(".rapport-")) == 0;
  closedir(folder);
  return count;
}

static void write__replaces_whole_and_is_private(void **state) {
  (void)state;
  static const mode_t masks[] = {0, 022, 077, 0777};
  for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
    mode_t before = umask(masks[i]);
    assert_int_equal(rp_io_write("journal.txt", "Mäkinen\n", strlen("Mäkinen\n"), NULL), RP_OK);
    umask(before);
    assert_content("journal.txt", "Mäkinen\n");
    assert_int_equal(mode_of("journal.txt"), 0600);
    assert_int_equal(rp_io_write("journal.txt", "", 0, NULL), RP_OK);
    assert_content("journal.txt", "");
    assert_int_equal(unlink("journal.txt"), 0);
  }
  assert_int_equal(leftovers(), 0);
}

static void write__keeps_the_readers_old_file_apart(void **state) {
  (void)state;
  assert_int_equal(rp_io_write("apart", "old", 3, NULL), RP_OK);
  FILE *reader = fopen("apart", "r");
  assert_non_null(reader);
  assert_int_equal(rp_io_write("apart", "new and longer", 14, NULL), RP_OK);
  char text[32] = {0};
  assert_int_equal(fread(text, 1, sizeof text - 1, reader), 3);
  assert_string_equal(text, "old"); /* it has the file it opened, whole */
  fclose(reader);
  assert_content("apart", "new and longer");
}

static void write__refuses_links_and_other_things(void **state) {
  (void)state;
  assert_int_equal(rp_io_write("target", "precious", 8, NULL), RP_OK);
  assert_int_equal(symlink("target", "link"), 0);
  assert_int_equal(symlink("nowhere", "dangling"), 0);
  assert_int_equal(mkdir("folder", 0700), 0);
  assert_int_equal(mkfifo("pipe", 0600), 0);
  static const struct {
    const char *path;
    rp_status status;
    const char *reason;
  } rows[] = {
      {"link", RP_EREFUSED, "symbolic link"},           {"dangling", RP_EREFUSED, "symbolic link"},
      {"folder", RP_EREFUSED, "not a regular file"},    {"pipe", RP_EREFUSED, "not a regular file"},
      {"/dev/full", RP_EREFUSED, "not a regular file"}, {"missing/file", RP_ENOTFOUND, "folder is not there"},
      {"target/file", RP_ENOTFOUND, "not a folder"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_err err = {0};
    assert_int_equal(rp_io_write(rows[i].path, "x", 1, &err), rows[i].status);
    assert_non_null(strstr(err.text, rows[i].reason));
    assert_non_null(strstr(err.text, rows[i].path));
  }
  assert_content("target", "precious");
  assert_int_equal(leftovers(), 0);
}

/* A disk that is full: a limit on the size of files fails a write just so, after part of it. */
static void write__on_a_full_disk_leaves_the_old_file(void **state) {
  (void)state;
  static const size_t sizes[] = {4096, 100000, 1 << 20};
  assert_int_equal(rp_io_write("full", "old", 3, NULL), RP_OK);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      struct rlimit limit = {.rlim_cur = 1000, .rlim_max = 1000};
      signal(SIGXFSZ, SIG_IGN);
      char *bytes = calloc(sizes[i], 1);
      struct rp_err err = {0};
      if (bytes == NULL || setrlimit(RLIMIT_FSIZE, &limit) != 0)
        _exit(99);
      rp_status status = rp_io_write("full", bytes, sizes[i], &err);
      _exit(status == RP_EIO && strstr(err.text, "as it was before") != NULL &&
                    strstr(err.text, "File too large") != NULL
                ? 0
                : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_content("full", "old");
    assert_int_equal(leftovers(), 0);
  }
}

static void writer__commits_piece_by_piece(void **state) {
  (void)state;
  struct rp_io_writer *writer = NULL;
  FILE *stream = NULL;
  assert_int_equal(rp_io_writer_open("pieces", &writer, &stream, NULL), RP_OK);
  for (int i = 0; i < 10000; i++)
    fprintf(stream, "%d\n", i);
  assert_int_equal(access("pieces", F_OK), -1); /* nothing under that name before the commit */
  assert_int_equal(rp_io_writer_commit(writer, NULL), RP_OK);
  struct stat info;
  assert_int_equal(stat("pieces", &info), 0);
  assert_int_equal(info.st_size, 10 * 2 + 90 * 3 + 900 * 4 + 9000 * 5);
  assert_int_equal(mode_of("pieces"), 0600);
}

static void writer__abandon_leaves_nothing(void **state) {
  (void)state;
  struct rp_io_writer *writer = NULL;
  FILE *stream = NULL;
  assert_int_equal(rp_io_write("given_up", "old", 3, NULL), RP_OK);
  assert_int_equal(rp_io_writer_open("given_up", &writer, &stream, NULL), RP_OK);
  fputs("half", stream);
  rp_io_writer_abandon(writer);
  rp_io_writer_abandon(NULL);
  assert_content("given_up", "old");
  assert_int_equal(leftovers(), 0);
}

/* A write that failed long before the commit must not be forgotten there. */
static void writer__commit_remembers_an_earlier_fault(void **state) {
  (void)state;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    struct rlimit limit = {.rlim_cur = 100000, .rlim_max = RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    struct rp_io_writer *writer = NULL;
    FILE *stream = NULL;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || rp_io_writer_open("faulty", &writer, &stream, NULL) != RP_OK)
      _exit(99);
    for (int i = 0; i < 100000; i++)
      fputs("0123456789", stream);
    limit.rlim_cur = RLIM_INFINITY;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
      _exit(98);
    _exit(rp_io_writer_commit(writer, NULL) == RP_EIO ? 0 : 1);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  assert_int_equal(access("faulty", F_OK), -1);
  assert_int_equal(leftovers(), 0);
}

static void writer__is_closed_in_programs_that_are_started(void **state) {
  (void)state;
  struct rp_io_writer *writer = NULL;
  FILE *stream = NULL;
  assert_int_equal(rp_io_writer_open("cloexec", &writer, &stream, NULL), RP_OK);
  assert_true(fcntl(fileno(stream), F_GETFD) & FD_CLOEXEC);
  rp_io_writer_abandon(writer);
}

static void read__has_a_limit(void **state) {
  (void)state;
  static const struct {
    size_t limit;
    rp_status status;
  } rows[] = {{10, RP_OK}, {11, RP_OK}, {SIZE_MAX, RP_OK}, {9, RP_EREFUSED}, {0, RP_EREFUSED}};
  assert_int_equal(rp_io_write("ten", "0123456789", 10, NULL), RP_OK);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_str text = {0};
    rp_str_add(&text, "before ");
    assert_int_equal(rp_io_read("ten", rows[i].limit, &text, NULL), rows[i].status);
    assert_string_equal(rp_str_text(&text), rows[i].status == RP_OK ? "before 0123456789" : "before ");
    rp_str_fini(&text);
  }
}

static void read__keeps_every_byte(void **state) {
  (void)state;
  struct rp_str bytes = {0};
  for (int i = 0; i < 100000; i++)
    rp_str_addc(&bytes, (char)(i * 7 % 256));
  assert_int_equal(rp_io_write("bytes", bytes.data, bytes.length, NULL), RP_OK);
  struct rp_str back = {0};
  assert_int_equal(rp_io_read("bytes", 100000, &back, NULL), RP_OK);
  assert_int_equal(back.length, bytes.length);
  assert_memory_equal(back.data, bytes.data, bytes.length);
  rp_str_fini(&bytes);
  rp_str_fini(&back);
}

static void read__says_what_cannot_be_read(void **state) {
  (void)state;
  assert_int_equal(mkfifo("read_pipe", 0600), 0);
  assert_int_equal(symlink("loop", "loop"), 0);
  static const struct {
    const char *path;
    rp_status status;
  } rows[] = {
      {"not_there", RP_ENOTFOUND}, {"ten/below", RP_ENOTFOUND},
      {"", RP_ENOTFOUND},          {".", RP_EREFUSED},
      {"read_pipe", RP_EREFUSED}, /* and does not wait for a writer */
      {"/dev/zero", RP_EREFUSED},  {"loop", RP_EIO},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_str text = {0};
    struct rp_err err = {0};
    assert_int_equal(rp_io_read(rows[i].path, 100, &text, &err), rows[i].status);
    assert_int_equal(err.code, rows[i].status);
    assert_non_null(strstr(err.text, rows[i].path));
    assert_int_equal(text.length, 0);
    rp_str_fini(&text);
  }
}

static void read__takes_standard_input(void **state) {
  (void)state;
  int kept = dup(STDIN_FILENO);
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(write(ends[1], "piped in", 8), 8);
  close(ends[1]);
  assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
  close(ends[0]);
  struct rp_str text = {0};
  assert_int_equal(rp_io_read("-", 100, &text, NULL), RP_OK);
  assert_string_equal(rp_str_text(&text), "piped in");
  rp_str_fini(&text);
  if (kept >= 0) {
    dup2(kept, STDIN_FILENO);
    close(kept);
  }
}

static void folder__makes_all_above(void **state) {
  (void)state;
  mode_t before = umask(0777);
  assert_int_equal(rp_io_make_folder("a/b//c/", NULL), RP_OK);
  umask(before);
  static const char *const made[] = {"a", "a/b", "a/b/c"};
  for (size_t i = 0; i < sizeof made / sizeof *made; i++)
    assert_int_equal(mode_of(made[i]), 0700);
  assert_int_equal(chmod("a", 0755), 0);
  assert_int_equal(rp_io_make_folder("a/b/c", NULL), RP_OK);
  assert_int_equal(mode_of("a"), 0755); /* left as it is */
  assert_int_equal(symlink("a", "to_a"), 0);
  assert_int_equal(rp_io_make_folder("to_a/d", NULL), RP_OK);
  assert_int_equal(mode_of("a/d"), 0700);
  char *full = rp_str_format("%s/deep/path", home);
  assert_int_equal(rp_io_make_folder(full, NULL), RP_OK);
  assert_int_equal(mode_of(full), 0700);
  free(full);
}

static void folder__refuses_a_file_in_the_way(void **state) {
  (void)state;
  struct rp_err err = {0};
  assert_int_equal(rp_io_write("way", "x", 1, NULL), RP_OK);
  assert_int_equal(rp_io_make_folder("way", &err), RP_EREFUSED);
  assert_int_equal(rp_io_make_folder("way/below", &err), RP_EREFUSED);
  assert_non_null(strstr(err.text, "a file of that name"));
  assert_int_equal(rp_io_make_folder("", &err), RP_EIO);
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static void lines__come_one_by_one(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t length;
    const char *lines; /* joined by | */
  } rows[] = {
      {"", 0, ""},
      {"one", 3, "one|"},
      {"one\n", 4, "one|"},
      {"one\ntwo\n", 8, "one|two|"},
      {"one\r\ntwo\r\n", 10, "one|two|"},
      {"\n\n", 2, "||"},
      {"\r\n", 2, "|"},
      {"a\rb\n", 4, "a\rb|"},
      {"last\r", 5, "last\r|"}, /* no newline behind it: not a line end */
      {"Mäkinen 👩\nx", 15, "Mäkinen 👩|x|"},
      {"12345678\n", 9, "12345678|"},
      {"12345678\r\n", 10, "12345678|"},
      {"123456789\nnext\n", 15, "!|next|"},
      {"123456789", 9, "!|"},
      {"12345678\r", 9, "!|"},
      {"first\n0123456789abcdefghij\n\nlast", 32, "first|!||last|"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    FILE *stream = fmemopen(NULL, rows[i].length + 1, "w+");
    assert_non_null(stream);
    assert_int_equal(fwrite(rows[i].text, 1, rows[i].length, stream), rows[i].length);
    rewind(stream);
    struct rp_io_lines lines = {.stream = stream, .limit = strncmp(rows[i].text, "Mä", 3) == 0 ? 64 : 8};
    struct rp_str joined = {0};
    unsigned long count = 0;
    for (;;) {
      bool more = false;
      struct rp_err err = {0};
      rp_status status = rp_io_lines_next(&lines, &more, &err);
      if (!more)
        break;
      assert_int_equal(lines.number, ++count);
      if (status == RP_EREFUSED) {
        assert_int_equal(err.line, count);
        rp_str_add(&joined, "!");
      } else {
        assert_int_equal(status, RP_OK);
        rp_str_addn(&joined, rp_str_text(&lines.line), lines.line.length);
      }
      rp_str_add(&joined, "|");
    }
    assert_string_equal(rp_str_text(&joined), rows[i].lines);
    rp_str_fini(&joined);
    rp_io_lines_fini(&lines);
    fclose(stream);
  }
}

static void lines__keep_nul_bytes(void **state) {
  (void)state;
  assert_int_equal(rp_io_write("nul", "a\0b\nc", 5, NULL), RP_OK);
  FILE *stream = fopen("nul", "r");
  assert_non_null(stream);
  struct rp_io_lines lines = {.stream = stream, .limit = 100};
  bool more;
  assert_int_equal(rp_io_lines_next(&lines, &more, NULL), RP_OK);
  assert_int_equal(lines.line.length, 3);
  assert_memory_equal(lines.line.data, "a\0b", 4);
  rp_io_lines_fini(&lines);
  fclose(stream);
}

/* A line of 64 MiB against a limit of 1 KiB: the memory held stays near the limit. */
static void lines__memory_does_not_grow_with_a_line(void **state) {
  (void)state;
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    static char block[1 << 16];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 1024; i++) {
      for (size_t at = 0; at < sizeof block;) {
        ssize_t sent = write(ends[1], block + at, sizeof block - at);
        if (sent <= 0)
          _exit(1);
        at += (size_t)sent;
      }
    }
    _exit(write(ends[1], "\nend\n", 5) == 5 ? 0 : 1);
  }
  close(ends[1]);
  FILE *stream = fdopen(ends[0], "r");
  assert_non_null(stream);
  struct rp_io_lines lines = {.stream = stream, .limit = 1024};
  bool more;
  assert_int_equal(rp_io_lines_next(&lines, &more, NULL), RP_EREFUSED);
  assert_true(more);
  assert_true(lines.line.capacity < 16384);
  assert_int_equal(rp_io_lines_next(&lines, &more, NULL), RP_OK);
  assert_string_equal(rp_str_text(&lines.line), "end");
  assert_int_equal(rp_io_lines_next(&lines, &more, NULL), RP_OK);
  assert_false(more);
  rp_io_lines_fini(&lines);
  fclose(stream);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

static void lines__report_a_read_that_fails(void **state) {
  (void)state;
  int folder = open(".", O_RDONLY | O_DIRECTORY);
  assert_true(folder >= 0);
  FILE *stream = fdopen(folder, "r");
  assert_non_null(stream);
  struct rp_io_lines lines = {.stream = stream, .limit = 100};
  bool more = true;
  struct rp_err err = {0};
  assert_int_equal(rp_io_lines_next(&lines, &more, &err), RP_EIO);
  assert_false(more);
  assert_non_null(strstr(err.text, "Is a directory"));
  rp_io_lines_fini(&lines);
  fclose(stream);
}

static void count_alarm(int number) {
  (void)number;
}

/* A signal in the middle of a slow read is not the end of the file. */
static void lines__survive_a_signal(void **state) {
  (void)state;
  struct sigaction action = {.sa_handler = count_alarm}; /* no SA_RESTART */
  struct sigaction kept;
  sigemptyset(&action.sa_mask);
  assert_int_equal(sigaction(SIGUSR1, &action, &kept), 0);
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  pid_t reader = getpid();
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    bool fine = write(ends[1], "ha", 2) == 2;
    for (int i = 0; i < 20 && fine; i++) { /* some of them meet the reader in its read */
      usleep(2000);
      fine = kill(reader, SIGUSR1) == 0;
    }
    fine = fine && write(ends[1], "lf\n", 3) == 3;
    _exit(fine ? 0 : 1);
  }
  close(ends[1]);
  FILE *stream = fdopen(ends[0], "r");
  assert_non_null(stream);
  struct rp_io_lines lines = {.stream = stream, .limit = 100};
  bool more;
  assert_int_equal(rp_io_lines_next(&lines, &more, NULL), RP_OK);
  assert_string_equal(rp_str_text(&lines.line), "half");
  rp_io_lines_fini(&lines);
  fclose(stream);
  int status;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  assert_int_equal(status, 0);
  sigaction(SIGUSR1, &kept, NULL);
}

/* ---- XDG folders ------------------------------------------------------------------------------------------------- */

static void path__follows_xdg(void **state) {
  (void)state;
  static const struct {
    enum rp_io_place place;
    const char *variable, *value, *home, *name, *path; /* path NULL: RP_ENOTFOUND */
  } rows[] = {
      {RP_IO_DATA, "XDG_DATA_HOME", "/data", "/home/anna", "journal.db", "/data/rapport/journal.db"},
      {RP_IO_DATA, "XDG_DATA_HOME", NULL, "/home/anna", "journal.db", "/home/anna/.local/share/rapport/journal.db"},
      {RP_IO_DATA, "XDG_DATA_HOME", "", "/home/anna", "journal.db", "/home/anna/.local/share/rapport/journal.db"},
      {RP_IO_DATA, "XDG_DATA_HOME", "relative", "/home/anna", "j", "/home/anna/.local/share/rapport/j"},
      {RP_IO_CONFIG, "XDG_CONFIG_HOME", NULL, "/home/anna", "settings.yaml",
       "/home/anna/.config/rapport/settings.yaml"},
      {RP_IO_STATE, "XDG_STATE_HOME", NULL, "/home/anna", NULL, "/home/anna/.local/state/rapport"},
      {RP_IO_STATE, "XDG_STATE_HOME", "/state", NULL, "log", "/state/rapport/log"},
      {RP_IO_CONFIG, "XDG_CONFIG_HOME", NULL, "/", "x", "/.config/rapport/x"},
      {RP_IO_CONFIG, "XDG_CONFIG_HOME", NULL, NULL, "x", NULL},
      {RP_IO_CONFIG, "XDG_CONFIG_HOME", NULL, "", "x", NULL},
      {RP_IO_CONFIG, "XDG_CONFIG_HOME", NULL, "relative", "x", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *path = NULL;
    struct rp_err err = {0};
    if (rows[i].value != NULL)
      setenv(rows[i].variable, rows[i].value, 1);
    else
      unsetenv(rows[i].variable);
    if (rows[i].home != NULL)
      setenv("HOME", rows[i].home, 1);
    else
      unsetenv("HOME");
    rp_status status = rp_io_path(rows[i].place, rows[i].name, &path, &err);
    assert_int_equal(status, rows[i].path != NULL ? RP_OK : RP_ENOTFOUND);
    if (status == RP_OK)
      assert_string_equal(path, rows[i].path);
    else
      assert_non_null(strstr(err.text, rows[i].variable));
    free(path);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(write__replaces_whole_and_is_private),
      cmocka_unit_test(write__keeps_the_readers_old_file_apart),
      cmocka_unit_test(write__refuses_links_and_other_things),
      cmocka_unit_test(write__on_a_full_disk_leaves_the_old_file),
      cmocka_unit_test(writer__commits_piece_by_piece),
      cmocka_unit_test(writer__abandon_leaves_nothing),
      cmocka_unit_test(writer__commit_remembers_an_earlier_fault),
      cmocka_unit_test(writer__is_closed_in_programs_that_are_started),
      cmocka_unit_test(read__has_a_limit),
      cmocka_unit_test(read__keeps_every_byte),
      cmocka_unit_test(read__says_what_cannot_be_read),
      cmocka_unit_test(read__takes_standard_input),
      cmocka_unit_test(folder__makes_all_above),
      cmocka_unit_test(folder__refuses_a_file_in_the_way),
      cmocka_unit_test(lines__come_one_by_one),
      cmocka_unit_test(lines__keep_nul_bytes),
      cmocka_unit_test(lines__memory_does_not_grow_with_a_line),
      cmocka_unit_test(lines__report_a_read_that_fails),
      cmocka_unit_test(lines__survive_a_signal),
      cmocka_unit_test(path__follows_xdg),
  };
  return cmocka_run_group_tests_name("io", tests, enter_folder, leave_folder);
}
