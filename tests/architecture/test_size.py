import ast

from tests.architecture.source import name_of, python_files, tree

FILE, FUNCTION = 400, 40


def test_files_and_functions_stay_readable():
    long = []
    for path in python_files():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > FILE:
            long.append(f"{name_of(path)}: {lines} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION:
                    long.append(f"{name_of(path)}: {node.name} has {length} lines")
    assert long == []
