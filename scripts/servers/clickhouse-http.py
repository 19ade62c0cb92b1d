"""ClickHouse's own engine (chdb) behind the part of ClickHouse's HTTP interface that the kit and the collector use.

A ClickHouse server itself is in no package registry. Queries, parameters, limits and errors are the engine's; what is of
this file is only the HTTP around it: /ping, a query in the address or the body, `param_…`, CORS, status codes of errors.

Usage: python clickhouse-http.py FOLDER PORT
"""

import re
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from chdb import session

engine = session.Session(sys.argv[1])
one_at_a_time = threading.Lock()

# Of ClickHouse's exception codes, those whose HTTP status is not 500 (ClickHouse, src/Server/HTTP/exceptionCodeToHTTPStatus.cpp).
STATUS = {
    **dict.fromkeys((6, 27, 36, 38, 41, 43, 44, 46, 47, 62, 72, 130, 386, 456, 457), 400),
    **dict.fromkeys((60, 81, 82), 404),
    497: 403,
}


# From this revision of ClickHouse's protocol on, a block that is answered has a head, and each column a byte that says how it
# is packed. What is inserted has neither.
MARKED_REVISION = 54454
HEAD = b"\x01\x00\x02\xff\xff\xff\xff\x00"
WIDTHS = {"UInt8": 1, "UInt32": 4, "UInt64": 8}


def marked(block):
    """A block of the Native format, as files have it, as the collector's client reads it: of texts and of numbers only."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = block[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def text():
        nonlocal at
        length = varint()
        at += length
        return block[at - length : at].decode()

    if not block:
        return block
    columns, rows = varint(), varint()
    out = [HEAD, block[:at]]
    for _ in range(columns):
        start = at
        text()
        kind = text()
        out += (block[start:at], b"\0")
        start = at
        if kind == "String":
            for _ in range(rows):
                text()
        else:
            at += WIDTHS[kind] * rows
        out.append(block[start:at])
    return b"".join(out)


def text_literal(text):
    """A text as SQL."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def run(query, params, settings, body, default_format, is_marked):
    with one_at_a_time:
        for name, value in params:
            engine.query(f"SET param_{name} = {text_literal(value)}")
        for name, value in settings:
            engine.query(f"SET {name} = {text_literal(value)}")
        try:
            return answer_to(query, body, default_format, is_marked)
        finally:
            for name, _ in settings:
                engine.query(f"SET {name} = DEFAULT")


def answer_to(query, body, default_format, is_marked):
    inserted = re.match(r"(INSERT INTO\s.*?)\s+FORMAT\s+(\w+)\s*$", query, re.I | re.S)
    if not inserted:
        named = re.search(r"\bFORMAT\s+(\w+)\s*;?\s*$", query, re.I)
        answer = engine.query(query, named.group(1) if named else default_format).bytes()
        return marked(answer) if is_marked and not named else answer
    # The engine takes no data beside a query: it reads them from a file.
    with tempfile.NamedTemporaryFile() as data:
        data.write(body)
        data.flush()
        source = f"file({text_literal(data.name)}, '{inserted.group(2)}')"
        return engine.query(f"{inserted.group(1)} SELECT * FROM {source}", "TabSeparated").bytes()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def received(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def answer(self, status, body, more=()):
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), ("Access-Control-Allow-Origin", "*"), *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_OPTIONS(self):
        self.answer(204, b"", (("Access-Control-Allow-Headers", "*"), ("Access-Control-Allow-Methods", "POST, GET")))

    def do_GET(self):
        if urlsplit(self.path).path in ("/", "/ping") and "query=" not in self.path:
            self.answer(200, b"Ok.\n")
        else:
            self.do_POST()

    def do_POST(self):
        asked = parse_qsl(urlsplit(self.path).query, keep_blank_values=True)
        body = self.received()
        query = next((value for name, value in asked if name == "query"), "")
        if not query:
            query, body = body.decode(), b""
        params = [(name[6:], value) for name, value in asked if name.startswith("param_")]
        apart = ("query", "database", "default_format", "add_http_cors_header", "client_protocol_version")
        told = dict(asked)
        is_marked = int(told.get("client_protocol_version", 0)) >= MARKED_REVISION
        settings = [(name, value) for name, value in asked if name not in apart and not name.startswith("param_")]
        try:
            answer = run(query, params, settings, body, told.get("default_format", "TabSeparated"), is_marked)
            self.answer(200, answer, (("Content-Type", "application/json; charset=UTF-8"),))
        except Exception as error:
            code = re.search(r"Code: (\d+)", str(error))
            number = int(code.group(1)) if code else 0
            more = (("X-ClickHouse-Exception-Code", str(number)), ("Content-Type", "text/plain; charset=UTF-8"))
            self.answer(STATUS.get(number, 500), str(error).encode(), more)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
