"""Prints the cards of a file as JSON, read by vobject."""
import json
import sys

import vobject

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    text = file.read()
cards = []
for card in vobject.readComponents(text):
    cards.append(
        {
            "uid": card.uid.value,
            "name": card.fn.value,
            "family": card.n.value.family,
            "given": card.n.value.given,
            "phones": [line.value.removeprefix("tel:") for line in card.contents.get("tel", [])],
            "notes": [line.value for line in card.contents.get("note", [])],
        }
    )
print(json.dumps(cards))
