"""Judges JSON files by a JSON schema, each fault a line: `schema.py SCHEMA FILE...`."""

import json
import sys

import jsonschema


def main(schema, *files):
    with open(schema, encoding="utf-8") as text:
        schema = json.load(text)
    judge = jsonschema.validators.validator_for(schema)(schema)
    faults = 0
    for name in files:
        with open(name, encoding="utf-8") as text:
            for fault in judge.iter_errors(json.load(text)):
                print(f"{name}: {'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}")
                faults += 1
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
