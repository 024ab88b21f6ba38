#!/usr/bin/env python3
"""Adds up a Catch2 JUnit report: prints 'PASSED FAILED' in test cases, or with --failures what went wrong."""
import sys
import xml.etree.ElementTree as tree


def cases(path):
    """Test cases by name; a case with sections stands in the report once a section."""
    found = {}
    for case in tree.parse(path).getroot().iter("testcase"):
        name = case.get("classname", "") + "." + case.get("name", "").split("/")[0]
        wrong = [child for child in case if child.tag in ("failure", "error")]
        found.setdefault(name, []).extend((case.get("name"), child) for child in wrong)
    return found


def main(arguments):
    found = cases(arguments[-1])
    if "--failures" in arguments:
        for wrong in found.values():
            for name, child in wrong:
                print(f"FAILED {name}\n{(child.text or '').strip()}\n")
        return 0
    failed = sum(1 for wrong in found.values() if wrong)
    print(len(found) - failed, failed)
    return 0


sys.exit(main(sys.argv[1:]))
