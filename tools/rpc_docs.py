#!/usr/bin/env python3
"""Writes docs/rpc.md from platform/app/rpc_schema.json. With --check it only says whether the page is up to date."""
import json
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parent.parent
schema_file = root / "platform/app/rpc_schema.json"
page_file = root / "docs/rpc.md"

HEAD = """# JSON-RPC

<!-- Made by tools/rpc_docs.py from platform/app/rpc_schema.json. Change that file, then run the script. -->

`debrief rpc --store DIR` speaks [JSON-RPC 2.0](https://www.jsonrpc.org/specification), one JSON object a line, on standard input and
output; diagnostics go to standard error. Other doors carry the same objects. `rpc.discover` returns the schema that this page is made
from, an [OpenRPC](https://open-rpc.org) document.

    $ echo '{"jsonrpc":"2.0","id":1,"method":"store.init","params":{"workspace":"Acme","user":"Dana"}}' | debrief rpc --store /tmp/acme

- Requests are answered one at a time, in order; notifications of the program stand between the answers. A batch is answered as one line,
  a request without `id` not at all. A line may have 16 MiB, its nesting 64 levels.
- Parameters go by name, or by position in the order given here. A parameter that is not listed is an error that names it.
- Identifiers are UUID strings, instants ISO 8601 with offset, civil dates as precise as they were said (`2025-03-18`, `2025-W12`,
  `2025-03`, `2025-Q2`, `2025-H1`, `2025-SP`, `2025`). Where *id or name* stands, a unique name will do.
- Methods and fields may be added; none changes its meaning. So a reader must bear fields that it does not know.
- When a call fails, nothing has changed, with two exceptions. `chat.say`: a line that was told in a `message` notification is kept, and
  the reply to it is computed by the next call. `import` that is broken off (`cancelled`): whole records that went in stay, and the same
  import again brings the rest.

## For a page in a browser

`debrief open` serves the web app, and these objects at `ws://127.0.0.1:PORT/rpc`: one text frame is one request, answer or
notification (or a batch); no subprotocol is offered. The page says first, within five seconds:

    {"jsonrpc": "2.0", "id": 1, "method": "page.enter", "params": {"secret": "…"}}

The secret stands in the address that was printed, behind `#secret=`. The answer is `{version}`, that of the program. Anything else, or
another secret, is closed with code 4401: then asking again does not help, the person has to use the address that was printed last.
1001 says that the program ends; 1013 that the page asked for too much at once (32 MiB) or read too slowly (64 MiB): connect again, and read
again what is shown. A request may have 16 MiB. Pages hear the notifications of what other pages and programs do, too. Every `index.html` of
this door has `<meta name="debrief-door" content="rpc">` in its head; that of a server has not.

## Errors

`error.data` holds `reason` (what happened), `hint` (what to do next), `code` (a word for programs) and, where there is one, `field`.

| code | `data.code` | meaning |
|---|---|---|
| -32700 | | the line is not JSON, or not UTF-8 |
| -32600 | | it is JSON, but no request; too long, or nested too deep |
| -32601 | `unavailable` | no such method, or "not available yet" |
| -32602 | `invalid` | a parameter is unknown, missing or wrong; `field` names it |
| -32603 | `internal` | our fault |
| -32001 | `not_found` | not there, or not visible to this user: the two are never told apart |
| -32002 | `denied` | not signed in, or a right is missing |
| -32003 | `ambiguous` | a name that fits several things; the hint lists them |
| -32004 | `busy` | another program holds what is needed |
| -32005 | `corrupt` | bytes that cannot be what they claim to be |
| -32006 | `full` | the disk is full |
| -32007 | `too_new` | the store was written by a newer version |
| -32008 | `too_large` | over a documented limit |
| -32009 | `offline` | no network, or the server does not answer |
| -32010 | `cancelled` | broken off by the user |
| -32011 | `io` | a file or device failed |
"""

FORMATS = {"uuid": "uuid", "instant": "instant", "civil-date": "civil date", "instant-or-day": "instant or day", "id-or-name": "id or name"}


def link(name):
    return f"[{name}](#{name})"


def words(schema, depth=0):
    """A schema as a few words of Markdown."""
    if "$ref" in schema:
        return link(schema["$ref"].rsplit("/", 1)[1])
    if "oneOf" in schema:
        return words(schema["oneOf"][0], depth) + " or null"
    kind = schema.get("type", "any")
    null = isinstance(kind, list)
    if null:
        kind = kind[0]
    if "enum" in schema:
        text = " ".join(f"`{word}`" for word in schema["enum"] if word is not None)
    elif kind == "array":
        text = "list of " + words(schema["items"], depth + 1)
    elif kind == "object" and "properties" in schema:
        text = members(schema)
    elif kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        text = "object of " + words(schema["additionalProperties"], depth + 1)
    else:
        text = FORMATS.get(schema.get("format"), kind)
        if "minimum" in schema and schema.get("maximum", 2**53) < 2**53 - 1:
            text += f" {schema['minimum']} to {schema['maximum']}"
    return text + (" or null" if null else "")


def members(schema):
    required = schema.get("required", [])
    if not schema["properties"]:
        return "`{}`"
    parts = [f"{name}{'' if name in required else '?'}: {words(value, 1)}" for name, value in schema["properties"].items()]
    if schema.get("additionalProperties") is True:
        parts.append("…")
    return "{" + ", ".join(parts) + "}"


def method_section(method):
    lines = [f"### {method['name']}", "", method["summary"]]
    if method["params"]:
        lines += ["", "| parameter | type | |", "|---|---|---|"]
        for param in method["params"]:
            name = param["name"] + ("" if param.get("required") else "?")
            lines.append(f"| `{name}` | {words(param['schema'])} | {param.get('description', '')} |")
    lines += ["", "→ " + words(method["result"]["schema"]), ""]
    return lines


def object_section(name, schema):
    lines = [f"### {name}", ""]
    if "properties" not in schema:
        return lines + [words(schema), ""]
    required = schema.get("required", [])
    lines += ["| field | type | |", "|---|---|---|"]
    for field, value in schema["properties"].items():
        lines.append(f"| `{field}{'' if field in required else '?'}` | {words(value)} | {value.get('description', '')} |")
    if schema.get("additionalProperties") is True:
        lines += ["", "Further fields may stand here."]
    return lines + [""]


def page(schema):
    lines = [HEAD, "## Methods", ""]
    for method in schema["methods"]:
        if method.get("x-available", True):
            lines += method_section(method)
    lines += ["## Not available yet", "", "These answer -32601 with the reason \"not available yet\":", ""]
    for method in schema["methods"]:
        if not method.get("x-available", True):
            lines.append(f"- `{method['name']}`: {method['summary'][0].lower() + method['summary'][1:]}")
    lines += ["- `chat.start` with another kind than `debrief` and `rehearsal`", "", "## Notifications", ""]
    for notification in schema["x-notifications"]:
        lines += [f"### {notification['name']}", "", notification["summary"], "", words(notification["params"]), ""]
    lines += ["## Objects", ""]
    for name, value in schema["components"]["schemas"].items():
        lines += object_section(name, value)
    return "\n".join(lines).rstrip() + "\n"


text = page(json.loads(schema_file.read_text()))
if "--check" in sys.argv:
    sys.exit(0 if page_file.exists() and page_file.read_text() == text else "docs/rpc.md is out of date: run tools/rpc_docs.py")
page_file.write_text(text)
