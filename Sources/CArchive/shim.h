// libarchive: streaming readers for tar and for the compression methods of zip entries.
#include <archive.h>
#include <archive_entry.h>
