// libxml2: HTML as it is found in the world.
#include <libxml/xmlversion.h>
// Its headers would bring in those of the system's ICU, which clash with the ICU inside Foundation;
// only a struct that nobody here looks into depends on them.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
