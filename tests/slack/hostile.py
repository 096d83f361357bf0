"""What an article, an answer or a person may hold to have Slack do something: each is to be shown, and no more."""

from tests.api.web.hostile import CASES as WEB

_MENTIONS = """\
<!channel>
<!here>
<!everyone>
<!channel|channel>
<!here|here>
<!subteam^S0123ABCD>
<!subteam^S0123ABCD|@editors>
<@U0123ABCD>
<@U0123ABCD|boss>
<@W0123ABCD>
<#C0123ABCD>
<#C0123ABCD|general>
<!date^1392734382^{date}^https://evil.example|now>
@channel
@here
@everyone
@U0123ABCD
@boss
#general
&lt;!channel&gt;
&amp;lt;!channel&amp;gt;
&#60;!channel&#62;
&#x3c;!here&#x3e;
<!channel
!channel>
<<!channel>>
<<<!channel>
< !channel>
<\u200b!channel>
<\u2060!channel>
＜!channel＞
<! channel>
<!CHANNEL>
<!channel><!here><@U0123ABCD>
text<!channel>text
"<!channel>"
`<!channel>`
```<!channel>```
> <!channel>
*<!channel>*
_<@U0123ABCD>_
~<!here>~"""

_LINKS = """\
<https://evil.example>
<https://evil.example|https://bank.example>
<https://evil.example|Sign in>
<http://evil.example|click>
<mailto:boss@evil.example|boss>
<tel:+123|call>
<slack://user?team=T1&id=U1|x>
<javascript:alert(1)|x>
<https://evil.example|>
<|x>
<https://evil.example|a|b>
[bank](https://evil.example)
[bank](<https://evil.example>)
[bank][1]
![x](https://evil.example/x.png)
https://evil.example
http://evil.example/a?b=c&d=e#f
www.evil.example
evil.example
evil.example/path
HTTPS://EVIL.EXAMPLE
https://evil.example\\@bank.example
https://bank.example@evil.example
https://bank.example\u2024evil.example
https://xn--bnk-5cd.example
ftp://evil.example
//evil.example
boss@evil.example
mailto:boss@evil.example
https://evil.example/<!channel>
https://evil.example/|x
https://evil.example/>x
https://evil.example/ x
https://evil.example/\u202egpj.exe
https://evil.example/\n<!here>"""

_MARKUP = """\
*bold* _italic_ ~struck~ `code`
**bold** __bold__ ~~struck~~
```
```code
> quote
>>> all of it
- item
1. item
# heading
:rotating_light: :tada:
:skull_and_crossbones:
:custom-emoji:
*unclosed
_unclosed
`unclosed
* * *
---
| a | b |
{"type": "section"}
[{"type":"section","text":{"type":"mrkdwn","text":"<!channel>"}}]
{{date}}
&
&&
&amp;
&amp;amp;
&lt
&lt;
&;
&#38;
<
>
<>
</>
<a
a>
a < b > c & d
\\<!channel\\>
\\
\\\\
$1 \\1 %s {0} {x}"""

_SIGNS = [
    "\x00",
    "nul\x00inside",
    "\x1b[31mred",
    "\x07bell",
    "\u202eevil\u202c",
    "\u2066isolate\u2069",
    "\u200b",
    "\u2060",
    "\ufeff",
    "zero\u200dwidth",
    "a\u2028b\u2029c",
    "a\u0085b",
    "\r\n\r\n",
    "\t\t\t",
    "line\n<!channel>\nline",
    "🙂" * 40,
    "👩‍👩‍👧‍👦 family",
    "e\u0301\u0301\u0301\u0301",
    "日本語の記事",
    "مرحبا <!here>",
    "\U000e0041\U000e0042 tags",
    "\uffff",
    "x" * 3001,
    "<" * 3000,
    "&" * 3000,
    "word " * 900,
    "<!channel>" * 300,
    "&lt;" * 1000,
    "https://evil.example/" + "a" * 3000,
    "🙂" * 1600,
    "[1] [2] [99]",
    "[1][1][1]",
    "[1](https://evil.example)",
    "[0] [-1] [999999999999]",
]

TEXTS = [*_MENTIONS.split("\n"), *_LINKS.split("\n"), *_MARKUP.split("\n"), *_SIGNS, *WEB]

URLS = [
    "https://evil.example|bank",
    "https://evil.example>x",
    "https://evil.example/<!channel>",
    "https://bank.example@evil.example/",
    "https://user:pass@evil.example/",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "slack://channel?id=C1",
    "mailto:a@b.example",
    "//evil.example",
    "evil.example",
    "https://",
    "https:///x",
    "http:evil.example",
    "https://evil.example/ x",
    "https://evil.example/\nx",
    "https://evil.example/\u202ex",
    "https://bücher.example/",
    "https://evil.example/" + "a" * 3000,
    "https://evil.example/`x`",
    'https://evil.example/"x"',
    "https://evil.example\\@bank.example",
    "",
    " ",
]
