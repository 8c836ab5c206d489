/* Files for the tests of the store: what may be in the place of a journal, what is in a folder, who holds what. */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Each puts something else in the place of a closed journal, or damages it. */
void becomes_folder(const char *path);
void becomes_link(const char *path);
void becomes_dangling_link(const char *path);
void becomes_fifo(const char *path);
void becomes_empty(const char *path);
void becomes_text(const char *path);
void becomes_other_database(const char *path);
void becomes_newer(const char *path);
void becomes_versionless(const char *path);
void becomes_without_magic(const char *path);
void becomes_damaged_header(const char *path);
void becomes_damaged_schema(const char *path);
void becomes_short(const char *path);
void becomes_nothing(const char *path);

void files_overwrite(const char *path, long offset, const void *bytes, size_t length);
/* The pages of a database, counted from 1. */
enum { PAGE = 4096 };
int64_t files_pages(const char *path);
void files_overwrite_page(const char *path, int64_t number, int byte);
/* Past the store. */
void files_run_sql(const char *path, const char *sql);

/* Every file below with its kind, mode, size, time and content; the caller frees. No journal below may be open here. */
char *files_seen(const char *folder);
/* The names in a folder, sorted, each followed by a newline; the caller frees. */
char *files_names(const char *folder);
/* How often the text (not empty) is in these names. */
int files_count(const char *folder, const char *text);
unsigned files_mode(const char *path);

/* A process that holds the journal by an open transaction (`begin`: how it is begun) until it is released. */
pid_t files_hold(const char *path, const char *begin);
void files_release(pid_t process);

#endif
