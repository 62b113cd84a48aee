package export

import (
	"html"
	"strings"
	"unicode/utf8"

	"dbchapter/prompt/pattern"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
)

// markdownBlocks reads Markdown as blocks; up is taken off the level of every
// heading. Pictures become their words and raw HTML the text it is, so that a
// document made of the blocks loads nothing and runs nothing.
func markdownBlocks(src string, up int) []block {
	r := &markdownReader{src: []byte(src), up: up}
	doc := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(gmtext.NewReader(r.src))
	r.children(doc, 0)
	return r.out
}

type markdownReader struct {
	src []byte
	up  int
	out []block
}

func (r *markdownReader) add(b block) { r.out = append(r.out, b) }

func (r *markdownReader) children(n ast.Node, depth int) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.node(c, depth)
	}
}

func (r *markdownReader) node(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Heading:
		r.add(block{kind: heading, level: min(max(n.Level-r.up, 1), 6), runs: r.runs(n, run{})})
	case *ast.List:
		r.list(n, depth)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		r.add(block{kind: code, text: printable(string(n.Lines().Value(r.src)))})
	case *ast.HTMLBlock:
		raw := string(n.Lines().Value(r.src))
		if n.HasClosure() {
			raw += string(n.ClosureLine.Value(r.src))
		}
		if shown := rawHTML(raw); shown != "" {
			r.add(said(shown))
		}
	case *ast.Blockquote:
		from := len(r.out)
		r.children(n, depth)
		for i := range r.out[from:] {
			if b := &r.out[from+i]; b.kind == paragraph {
				b.kind = quote
			}
		}
	case *ast.ThematicBreak:
		r.add(block{kind: rule})
	case *extast.Table:
		r.table(n)
	default:
		r.add(block{kind: paragraph, runs: r.runs(n, run{})})
	}
}

func (r *markdownReader) list(n *ast.List, depth int) {
	number := n.Start
	for it := n.FirstChild(); it != nil; it = it.NextSibling() {
		b := block{kind: item, level: depth}
		if n.IsOrdered() {
			b.number = number
			number++
		}
		first := it.FirstChild()
		if first != nil && (first.Kind() == ast.KindTextBlock || first.Kind() == ast.KindParagraph) {
			b.runs = r.runs(first, run{})
			first = first.NextSibling()
		}
		r.add(b)
		for ; first != nil; first = first.NextSibling() {
			r.node(first, depth+1)
		}
	}
}

func (r *markdownReader) table(n *extast.Table) {
	b := block{kind: grid}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []cell
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, r.runs(c, run{}))
		}
		b.rows = append(b.rows, cells)
	}
	r.add(b)
}

// runs are the inline children of a node in the look of their surroundings.
func (r *markdownReader) runs(n ast.Node, look run) []run {
	var out []run
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, r.inline(c, look)...)
	}
	return out
}

func (r *markdownReader) inline(n ast.Node, look run) []run {
	switch n := n.(type) {
	case *ast.Text:
		look.text = printable(unescaped(string(n.Value(r.src))))
		switch {
		case n.HardLineBreak():
			look.text += "\n"
		case n.SoftLineBreak() && !cjkEnd(look.text):
			look.text += " "
		}
		return []run{look}
	case *ast.String:
		look.text = printable(string(n.Value))
		return []run{look}
	case *ast.CodeSpan:
		look.code = true
		return r.codeSpan(n, look)
	case *ast.Emphasis:
		look.bold = look.bold || n.Level > 1
		look.italic = look.italic || n.Level == 1
	case *ast.Link:
		look.link = safeLink(string(n.Destination))
	case *ast.AutoLink:
		look.text = printable(string(n.Label(r.src)))
		look.link = safeLink(string(n.URL(r.src)))
		return []run{look}
	case *ast.RawHTML:
		look.text = rawHTML(string(n.Segments.Value(r.src)))
		return []run{look}
	}
	return r.runs(n, look)
}

func (r *markdownReader) codeSpan(n ast.Node, look run) []run {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			look.text += printable(string(t.Value(r.src)))
		}
	}
	return []run{look}
}

// rawHTML is HTML as the text it is; comments are for no reader.
func rawHTML(s string) string {
	s = strings.TrimSpace(printable(s))
	if strings.HasPrefix(s, "<!--") && strings.HasSuffix(s, "-->") {
		return ""
	}
	return s
}

var entity = pattern.New(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]+);`)

// unescaped is text without its backslashes and entities.
func unescaped(s string) string {
	var b strings.Builder
	from := 0
	flush := func(to int) { b.WriteString(entity.ReplaceAllStringFunc(s[from:to], html.UnescapeString)) }
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '\\' && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			flush(i)
			b.WriteByte(s[i+1])
			i++
			from = i + 1
		}
	}
	flush(len(s))
	return b.String()
}

// cjkEnd says whether a line ends in Chinese, after which a line break is no
// blank.
func cjkEnd(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return wide(last)
}

// safeLink keeps addresses that show nothing but a page when clicked.
func safeLink(dest string) string {
	lower := strings.ToLower(dest)
	for _, scheme := range []string{"http://", "https://", "mailto:", "#"} {
		if strings.HasPrefix(lower, scheme) {
			return printable(dest)
		}
	}
	return ""
}
