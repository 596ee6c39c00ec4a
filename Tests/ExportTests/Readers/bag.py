"""Checks a bag with the Library of Congress's own reader; prints what is wrong with it."""
import json
import logging
import sys

import bagit

logging.disable(logging.CRITICAL)
try:
    bagit.Bag(sys.argv[1]).validate()
    print(json.dumps([]))
except bagit.BagError as error:
    print(json.dumps([str(error)]))
