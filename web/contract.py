"""Writes what the web app knows of Python's shapes: `src/contract/maps.ts` and `src/contract/api.ts`.

python web/contract.py          write both
python web/contract.py --check  exit 1 when a file is not what would be written
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from desireline.maps.records import SECTIONS, MapHead, Promise
from desireline.server.app import create_app
from desireline.server.desk import open_desk

HERE = Path(__file__).parent / "src" / "contract"
NOTE = "// Written by `python web/contract.py` from the Python models. Do not edit.\n"


def main() -> int:
    """0 when both files are (now) right."""
    wanted = {HERE / "maps.ts": maps_text(), HERE / "api.ts": api_text()}
    stale = [file for file, text in wanted.items() if not file.exists() or file.read_text("utf-8") != text]
    if "--check" in sys.argv:
        for file in stale:
            print(f"{file.name} is stale: run `python web/contract.py`")
        return 1 if stale else 0
    for file in stale:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(wanted[file], "utf-8")
    return 0


def maps_text() -> str:
    """The records of a map."""
    models: list[type[BaseModel]] = [*SECTIONS.values(), MapHead, Promise]
    _, schema = _schemas(models)
    parts = [_interface(name, one) for name, one in sorted(schema.items())]
    sections = "\n".join(f"  {section}: {model.__name__};" for section, model in SECTIONS.items())
    names = ", ".join(f'"{section}"' for section in SECTIONS)
    parts.append(f"export interface Sections {{\n{sections}\n}}\n")
    parts.append(f"export const SECTIONS = [{names}] as const satisfies readonly (keyof Sections)[];\n")
    return NOTE + "\n" + "\n".join(parts)


def _schemas(models: list[type[BaseModel]]) -> tuple[Any, dict[str, Any]]:
    keys = [(model, "validation", TypeAdapter(model)) for model in models]
    found, whole = TypeAdapter.json_schemas(keys, by_alias=True)  # type: ignore[arg-type]
    return found, whole["$defs"]


def api_text() -> str:
    """The server's answers, and its operations by method and path."""
    with tempfile.TemporaryDirectory() as folder:
        spec = create_app(open_desk(Path(folder))).openapi()
    schemas = spec["components"]["schemas"]
    parts = [_interface(name, one) for name, one in sorted(schemas.items()) if not name.startswith("HTTPValid")]
    lines = []
    for path, methods in sorted(spec["paths"].items()):
        for method, one in sorted(methods.items()):
            lines.append(f'  "{method.upper()} {path}": {{ {_operation(one)} }};')
    parts.append("export interface Operations {\n" + "\n".join(lines) + "\n}\n")
    return NOTE + "\n" + "\n".join(parts)


def _operation(one: dict[str, Any]) -> str:
    body = one.get("requestBody", {}).get("content", {})
    first = next(iter(body.items()), None)
    sent = "undefined" if first is None else _type(first[1]["schema"]) if first[0] == "application/json" else "BodyInit"
    good = next((answer for code, answer in one["responses"].items() if code.startswith("2")), {})
    content = next(iter(good.get("content", {}).items()), None)
    got = "undefined" if content is None else _type(content[1].get("schema", {}))
    return f"body: {sent}; answer: {got}"


def _interface(name: str, schema: dict[str, Any]) -> str:
    about = schema.get("description")
    head = f"/** {about.splitlines()[0]} */\n" if about else ""
    if schema.get("type") != "object" or "properties" not in schema:
        return f"{head}export type {name} = {_type(schema)};\n"
    required = set(schema.get("required", []))
    lines = []
    for field, one in schema["properties"].items():
        key = field if field.isidentifier() else json.dumps(field)
        said = f"  /** {one['description']} */\n" if one.get("description") else ""
        lines.append(f"{said}  {key}{'' if field in required else '?'}: {_type(one)};")
    return f"{head}export interface {name} {{\n" + "\n".join(lines) + "\n}\n"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    kind = schema.get("type")
    if kind == "array":
        inner = _type(schema.get("items", {}))
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if kind == "object":
        more = schema.get("additionalProperties")
        return f"Record<string, {_type(more) if isinstance(more, dict) else 'unknown'}>"
    plain = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
    return plain.get(str(kind), "unknown")


if __name__ == "__main__":
    sys.exit(main())
