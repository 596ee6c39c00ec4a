"""Prints the rows of a CSV file as JSON, read by Python's own reader."""
import csv
import json
import sys

csv.field_size_limit(1 << 30)
encoding = "utf-8-sig" if "--bom" in sys.argv else "utf-8"
with open(sys.argv[1], encoding=encoding, newline="") as file:
    print(json.dumps(list(csv.reader(file, strict=True))))
