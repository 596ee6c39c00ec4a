// zlib: CRC-32 of zip entries.
#include <zlib.h>
