// libxml2: the push parser for HTML as it is found in the world.
#include <libxml/HTMLparser.h>
