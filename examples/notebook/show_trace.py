"""Shows an LLM trace in an output cell: of JupyterLab, Notebook, VS Code, Colab, and of pages that nbconvert makes.

Needs Python 3.9 and nothing else. The trace is in a frame of its own, whose scripts cannot reach the notebook.
"""

import html
import json
import re
from pathlib import Path

PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>Trace</title>
<style>html,body{{height:100%;margin:0}}html{{color-scheme:light dark}}llm-trace-view{{height:100%}}</style>
<llm-trace-view{attributes}><script type="application/json">{data}</script></llm-trace-view>
{program}
</html>"""

FRAME = """<iframe title="Trace" style="width:100%;height:{height}px;border:0" \
sandbox="allow-scripts allow-downloads allow-popups" srcdoc="{page}"></iframe>"""


class ShownTrace:
    """What a notebook shows as HTML."""

    def __init__(self, markup):
        self._markup = markup

    def _repr_html_(self):
        return self._markup


def show_trace(trace, script, *, integrity=None, height=480, language="en", **attributes):
    """Shows a trace.

    trace: the path of a file, its text, or what `json.loads` made of it (spans as an exporter gives them, say).
    script: the one-file build (`dist/cdn/llm-trace-kit.min.js`): the path of a copy, which is written into the notebook,
        or an address, which whoever opens the notebook must be able to reach.
    integrity: the hash of what is behind an address (`sha384-…`), which the build of each version prints.
    attributes: of `<llm-trace-view>`, with `_` for `-`: `view="timeline"`, `trace_id="…"`, `content="masked"`.
    """
    if isinstance(trace, Path) or (isinstance(trace, str) and not trace.lstrip()[:1] in ("{", "[")):
        trace = Path(trace).read_text("utf-8")
    text = trace if isinstance(trace, str) else json.dumps(trace)
    page = PAGE.format(
        language=html.escape(language),
        attributes="".join(f' {name.replace("_", "-")}="{html.escape(str(value))}"' for name, value in attributes.items()),
        # With no "<" in it, nothing can end the script. In JSON, it only stands in texts.
        data=text.replace("<", "\\u003c"),
        program=_program(script, integrity),
    )
    return ShownTrace(FRAME.format(height=int(height), page=html.escape(page)))


def _program(script, integrity):
    if re.match(r"https?://", str(script)):
        check = f' integrity="{html.escape(integrity)}" crossorigin' if integrity else ""
        return f'<script src="{html.escape(str(script))}"{check}></script>'
    text = Path(script).read_text("utf-8")
    # What would end the script, written otherwise.
    text = re.sub(r"<(?=/script)", r"\\x3c", text, flags=re.IGNORECASE).replace("<!--", r"\x3c!--")
    return f"<script>{text}</script>"
