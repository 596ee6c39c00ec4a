// libxlsxwriter: Excel workbooks, row by row.
#include <xlsxwriter.h>
