"""Prints the sheets of a workbook as JSON, read by openpyxl: rows, kinds of cells, direction."""
import datetime
import json
import sys

import openpyxl


def plain(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else value


book = openpyxl.load_workbook(sys.argv[1])
sheets = []
for sheet in book:
    rows = list(sheet.iter_rows())
    sheets.append(
        {
            "name": sheet.title,
            "rightToLeft": bool(sheet.sheet_view.rightToLeft),
            "frozen": sheet.freeze_panes,
            "rows": [[plain(cell.value) for cell in row] for row in rows],
            "kinds": ["".join(cell.data_type for cell in row) for row in rows],
        }
    )
print(json.dumps(sheets))
