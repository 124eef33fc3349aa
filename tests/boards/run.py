"""Runs modules of tests and says in its closing line how they ended:

    run.py FOLDER MODULE...

    12 passed, 0 failed, 1 skipped
"""

import sys
import unittest


class Result(unittest.TextTestResult):
    """Also counts what passed, and failures once a test; a machine that
    does not come up, or is too slow, is a failure of its own."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.passed = 0
        self.bad = set()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.bad.add(test)

    def addError(self, test, err):
        super().addError(test, err)
        self.bad.add(test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self.bad.add(test)


def main(folder, *modules):
    sys.path.insert(0, folder)
    tests = unittest.defaultTestLoader.loadTestsFromNames(modules)
    result = unittest.TextTestRunner(sys.stdout, verbosity=2,
                                     resultclass=Result).run(tests)
    print(f"{result.passed} passed, {len(result.bad)} failed, "
          f"{len(result.skipped)} skipped", flush=True)
    return not result.passed or bool(result.bad)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
