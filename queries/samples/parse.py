"""Parses statements under Athena's grammar: a JSON list of texts on standard input, a list of complaints (null: none) on standard output.

sqlglot keeps what it has no grammar for as a Command; that is a complaint too, and so is more than one statement.
"""

import json
import sys

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError


def complaint(text):
    try:
        statements = sqlglot.parse(text, read="athena", error_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        return str(error).splitlines()[0]
    if len(statements) != 1 or statements[0] is None:
        return f"{len(statements)} statements"
    if statements[0].find(exp.Command):
        return "no grammar for " + text[:40]
    return None


json.dump([complaint(text) for text in json.load(sys.stdin)], sys.stdout)
