"""Protected: which Python a candidate may be written in, so that the sort is its own and reaches for nothing else."""

import ast
import builtins

BUILTINS = """abs all any bool dict divmod enumerate filter float int isinstance iter len list map max min next range
reversed set slice sum tuple zip True False None IndexError ValueError StopIteration __build_class__""".split()
ATTRIBUTES = """append extend pop insert reverse copy clear index count bit_length add remove discard update get
setdefault items keys values""".split()


def allowed_builtins() -> dict[str, object]:
    return {name: getattr(builtins, name) for name in BUILTINS if hasattr(builtins, name)}


def refused(source: str) -> list[str]:
    """What the source does that it must not, in words; empty if it is fine."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [f"not Python: {error}"]
    return [f"line {node.lineno}: {reason}" for node in ast.walk(tree) if (reason := objection(node))]


def objection(node: ast.AST) -> str | None:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return "an import"
    if isinstance(node, ast.Attribute) and node.attr not in ATTRIBUTES:
        return f"the attribute .{node.attr}"
    if isinstance(node, ast.MatchClass) and node.kwd_attrs:
        return "a pattern that reads attributes"
    if isinstance(node, ast.Name) and node.id.startswith("__"):
        return f"the name {node.id}"
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and hasattr(builtins, node.id):
        return None if node.id in BUILTINS else f"the builtin {node.id}"
    return None
