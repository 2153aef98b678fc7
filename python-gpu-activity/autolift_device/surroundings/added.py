"""What the .pth files of a folder of packages add to where imports are looked for."""

import ast
import contextlib
import functools
import glob
import os
from collections.abc import Iterator

_CODE = (".py", ".so", ".pyd")
_MAPS = ("MAPPING", "NAMESPACES")
_CALLS = ("install", "map_module", "add_path", "insert", "append", "addsitedir")


def added_places(folder: str) -> Iterator[str]:
    """Folders and files: lines that are paths, and what the finders of editable installs lead to."""
    folders: list[str] = []
    modules: list[str] = []
    for path in glob.glob(os.path.join(glob.escape(folder), "*.pth")):
        for line in _text(path).splitlines():
            if line.startswith(("import ", "import\t")):
                folders += _places_in(line)
                modules += _imported(line)
            elif (place := line.strip()) and not place.startswith("#"):
                folders.append(os.path.join(folder, place))
    found = [os.path.realpath(place) for place in folders if os.path.exists(place)]
    yield from found
    for place in [folder, *found]:
        for module in modules:
            yield from _led_to(f"{place}/{module}.py")
            yield from _led_to(f"{place}/{module}/__init__.py")


def _led_to(path: str) -> Iterator[str]:
    with contextlib.suppress(OSError):
        status = os.stat(path)
        yield os.path.realpath(path)
        for place in _mapped(path, (status.st_size, status.st_mtime_ns)):
            # setuptools names a module without its ending
            files = [one for one in glob.glob(f"{glob.escape(place)}.*") if one.endswith(_CODE)]
            if os.path.basename(place) == "__init__.py":
                files.append(os.path.dirname(place))
            yield from (os.path.realpath(one) for one in (place, *files) if os.path.exists(one))


@functools.lru_cache(maxsize=512)
def _mapped(path: str, _changed: tuple[int, int]) -> list[str]:
    return _places_in(_text(path))


def _places_in(source: str) -> list[str]:
    """Absolute paths in the tables of a finder, and in calls that hand them to one."""
    tree = _tree(source)
    found: list[str] = []
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.AnnAssign | ast.Assign):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            named = any(isinstance(one, ast.Name) and one.id in _MAPS for one in targets)
            found += _paths(node.value) if named and node.value else []
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found += [path for given in node.args if name in _CALLS for path in _paths(given)]
    return found


def _paths(value: ast.expr) -> list[str]:
    texts = [one.value for one in ast.walk(value) if isinstance(one, ast.Constant)]
    return [
        text.rstrip("/") for text in texts if isinstance(text, str) and text[:1] == "/" and text.strip("/")
    ]


def _imported(line: str) -> list[str]:
    tree = _tree(line)
    names = (
        [one for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names] if tree else []
    )
    return [one.name.replace(".", "/") for one in names]


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
