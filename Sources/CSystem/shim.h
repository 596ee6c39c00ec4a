// Linux calls that glibc declares for GNU sources only, which Swift's Glibc module leaves out.
#ifndef CSYSTEM_H
#define CSYSTEM_H
int syncfs(int descriptor);
#endif
