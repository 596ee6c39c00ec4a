// Linux calls that glibc declares for GNU sources only, which Swift's Glibc module leaves out.
#ifndef CSYSTEM_H
#define CSYSTEM_H
#include <stdint.h>
int syncfs(int descriptor);
int sync_file_range(int descriptor, int64_t offset, int64_t bytes, unsigned int flags);
enum { archive_sync_file_range_write = 2, archive_o_tmpfile = 020000000 | 0200000 };
#endif
