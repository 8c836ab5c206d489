/* Whether a page is well-formed XML whose links within it lead somewhere, and that it asks nothing of anybody outside.
 */
#ifndef RAPPORT_TESTS_XML_H
#define RAPPORT_TESTS_XML_H

#include <stddef.h>

/* Fails the test with the place and what is wrong there. */
void assert_page(const char *page, size_t length);
/* How often `text` stands in the page. */
size_t count_text(const char *page, const char *text);

#endif
