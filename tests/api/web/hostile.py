"""What an article or an answer may hold to have a browser do something: each is to be shown, and no more."""

ELSEWHERE = "http://127.0.0.1:9/caught"
"""The address of a server that must never be asked; `{n}` stands for it below."""

_SCRIPTS = """\
<script>alert(1)</script>
<SCRIPT SRC={n}></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
</script><script>alert(1)</script>
<script type="module">import "{n}"</script>
<script>document.title = "caught"</script>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
"><script>alert(1)</script>
'-alert(1)-'
<!--><script>alert(1)</script-->
<![CDATA[<script>alert(1)</script>]]>
<template><script>alert(1)</script></template>"""

_HANDLERS = """\
<img src=x onerror=alert(1)>
<img src={n}>
<img srcset="{n} 2x">
<picture><source srcset="{n}"><img></picture>
<body onload=alert(1)>
<input autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)>
<video src={n} onerror=alert(1) autoplay></video>
<audio src={n} autoplay></audio>
<iframe src="{n}"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="{n}"></object>
<embed src="{n}">
<form action="{n}"><button autofocus>x</button></form>
<base href="{n}">
<meta http-equiv="refresh" content="0;url={n}">
<link rel="prefetch" href="{n}">
<link rel="stylesheet" href="{n}">
<a href="{n}" ping="{n}">x</a>
<marquee onstart=alert(1)>x</marquee>
<math><mtext><img src=x onerror=alert(1)></mtext></math>
" onmouseover="alert(1)
' autofocus onfocus='alert(1)
` onerror=`alert(1)"""

_DRAWINGS = """\
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><image href="{n}"/></svg>
<svg><use href="{n}#x"/></svg>
<svg><foreignObject><iframe src="{n}"></iframe></foreignObject></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><a href="javascript:alert(1)"><text>x</text></a></svg>"""

_STYLES = """\
<style>@import "{n}";</style>
<style>body{background:url({n})}</style>
<p style="background:url({n})">x</p>
</style><style>*{display:none}</style>
x{}</style><img src=x onerror=alert(1)>
@font-face{font-family:x;src:url({n})}"""

_LINKS = """\
javascript:alert(1)
JaVaScRiPt:alert(1)
java&#115;cript:alert(1)
data:text/html,<script>alert(1)</script>
data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
vbscript:msgbox(1)
file:///etc/passwd
//127.0.0.1:9/caught
<a href="javascript:alert(1)">x</a>
<a href="data:text/html,x">x</a>"""

_MARKDOWN = """\
![x]({n})
[x](javascript:alert(1))
[x]({n} "title")
[x][1] and ![y][1]
[1]: {n}
<{n}>
{n}
www.127.0.0.1.invalid/caught
[![x]({n})]({n})
[2](javascript:alert(1)) [3] [99999]"""

_TEMPLATES = """\
${alert(1)}
{{constructor.constructor('alert(1)')()}}
{% raw %}<script>alert(1)</script>{% endraw %}
<%= alert(1) %>
#{alert(1)}
&lt;script&gt;alert(1)&lt;/script&gt;
\\u003cscript\\u003ealert(1)\\u003c/script\\u003e
__proto__
constructor
]]>{"event":"answer"}
\u202egnp.exe\u202c <b>x</b>
a\u2028<script>alert(1)</script>\u2029b"""

CASES = [
    line.replace("{n}", ELSEWHERE)
    for group in (_SCRIPTS, _HANDLERS, _DRAWINGS, _STYLES, _LINKS, _MARKDOWN, _TEMPLATES)
    for line in group.split("\n")
]
