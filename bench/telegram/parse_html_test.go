package telegram

import "testing"

func TestHTML(t *testing.T) {
	checkParsing(t, parseHTML, []parsing{
		// References: four names, numbers of up to nine bytes; the semicolon may be missing.
		{`a &lt;b&gt; &amp;&quot;&#65;&#x42;&#x1F600;`, `a <b> &"AB😀 |`},
		{`&lt &ltx &LT; &nbsp; &#; &#x; &#X41; &#0; & &`, `< &ltx &LT; &nbsp; &#; &#x; &#X41; &#0; & & |`},
		{`&#0000065; &#00000065; &#x10ffff;`, `A &#00000065; &#x10ffff; |`},
		// Tags and their second names; capitals are the same.
		{`<b>b</b><i>i</i><u>u</u><s>s</s>`, `bius | bold 0 1; italic 1 1; underline 2 1; strikethrough 3 1`},
		{`<strong>b</strong><em>i</em><ins>u</ins><del>s</del><strike>s</strike>`, `biuss | bold 0 1; italic 1 1; underline 2 1; strikethrough 3 1; strikethrough 4 1`},
		{`<B>b</b >`, `b | bold 0 1`},
		{`<b>x</>`, `x | bold 0 1`},
		{`<b>a<i>b</i></b>`, `ab | bold 0 2; italic 1 1`},
		{`<b></b>x`, `x |`},
		{`<tg-spoiler>x</tg-spoiler><span class="tg-spoiler">y</span>`, `xy | spoiler 0 1; spoiler 1 1`},
		{`<span class=tg-spoiler>y</span>`, `y | spoiler 0 1`},
		{`<blockquote expandable>x</blockquote><blockquote>y</blockquote>`, `xy | expandable_blockquote 0 1; blockquote 1 1`},
		{`<blockquote expandable="">x</blockquote>`, `x | expandable_blockquote 0 1`},
		// Code: a language needs both tags, right in each other.
		{`<pre><code class="language-go">x</code></pre>`, `x | pre 0 1 go`},
		{`<code class="language-go"><pre>x</pre></code>`, `x | pre 0 1 go`},
		{`<pre><code>x</code></pre>`, `x | pre 0 1; code 0 1`},
		{`<pre><b><code class="language-go">x</code></b></pre>`, `x | pre 0 1; code 0 1; bold 0 1`},
		{`<pre><code class="language-go">x</code>y</pre>`, `xy | pre 0 2; code 0 1`},
		{`<code class="language-go">x</code>`, `x | code 0 1`},
		// Links, emoji, moments. Attributes' names count as they are written.
		{`<a href="a.b">x</a>`, `x | text_link 0 1 http://a.b/`},
		{`<a href='HTTPS://A.b/C?d&amp;e'>x</a>`, `x | text_link 0 1 https://a.b/C?d&e`},
		{`<a href=a.B>x</a>`, `x | text_link 0 1 http://a.b/`},
		{`<a href = "a.b" title>x</a>`, `x | text_link 0 1 http://a.b/`},
		{`<a>a.b</a>`, `a.b | text_link 0 3 http://a.b/`},
		{`<a HREF="a.b">x</a>`, `x |`},
		{`<a href="tg://user?id=7">x</a>`, `x | text_mention 0 1 7`},
		{`<a href="nodot">x</a>`, `x |`},
		{`<tg-emoji emoji-id="7">x</tg-emoji>`, `x | custom_emoji 0 1 7`},
		{`<tg-emoji emoji-id="x"></tg-emoji>y`, `y |`},
		{`<tg-time unix="5" format="D">x</tg-time>`, `x | date_time 0 1 5 D`},
		{`<tg-time unix="0">x</tg-time>`, `x |`},
		// What the server says about the rest.
		{`<p>x</p>`, `!Unsupported start tag "p" at byte offset 0`},
		{`я<b/>`, `!Unsupported start tag "b/" at byte offset 2`},
		{`a < b > c`, `!Unsupported start tag "" at byte offset 2`},
		{`x <b`, `!Unclosed start tag at byte offset 2`},
		{`x <b a`, `!Unclosed start tag "b" at byte offset 2`},
		{`x <b `, `!Empty attribute name in the tag "b" at byte offset 2`},
		{`<a href="x"/>`, `!Empty attribute name in the tag "a" at byte offset 0`},
		{`<i =x>`, `!Empty attribute name in the tag "i" at byte offset 0`},
		{`<i a=`, `!Unclosed start tag "i" at byte offset 0`},
		{`<i a=b`, `!Unclosed start tag at byte offset 0`},
		{`<i a="b>`, `!Unclosed start tag at byte offset 0`},
		{`<i a=b/>`, `!Unexpected end of name token at byte offset 5`},
		{`<b>x`, `!Can't find end tag corresponding to start tag "b"`},
		{`<b>x</i>`, `!Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{`<b>x</b`, `!Unclosed end tag at byte offset 4`},
		{`x</b>`, `!Unexpected end tag at byte offset 1`},
		{`<span>x</span>`, `!Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<span class="spoiler">x</span>`, `!Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<tg-emoji emoji-id="0">x</tg-emoji>`, `!Invalid custom emoji identifier specified`},
		{`<tg-time unix="5" format="x">x</tg-time>`, `!Invalid date format used`},
		{`&#57311;`, `!Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units`},
		{`&#57311;<b>`, `!Can't find end tag corresponding to start tag "b"`},
	})
}
