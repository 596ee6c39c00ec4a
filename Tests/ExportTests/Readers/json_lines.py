"""Checks each line of an export against its schema with jsonschema; prints how many there are of each kind."""
import collections
import json
import sys

import jsonschema

with open(sys.argv[2], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
kinds = {
    kind["properties"]["is"]["const"]: jsonschema.Draft202012Validator(kind) for kind in schema["oneOf"]
}
counts = collections.Counter()
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        value = json.loads(line)
        kinds[value["is"]].validate(value)
        counts[value["is"]] += 1
print(json.dumps(counts))
