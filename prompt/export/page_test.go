package export_test

import (
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dbchapter/prompt/export"
)

// harmless are the elements a page is made of: none of them runs or loads
// anything.
var harmless = strings.Fields(`html head meta title style body h1 h2 h3 h4 h5 h6 nav ol ul li p pre code em strong a br hr
	blockquote table thead tbody tr th td figure figcaption footer svg rect path circle text`)

// TestPageIsInert reads the pages as a parser does: nothing but harmless
// elements and attributes, every one closed, links to pages only.
func TestPageIsInert(t *testing.T) {
	for _, src := range sources(t) {
		page := string(write(t, "html", src)[0].Data)
		ids := []string{}
		var anchors []string
		for _, e := range pageElements(t, src.Name, page) {
			if !slices.Contains(harmless, e.Name.Local) {
				t.Errorf("%s: element %s", src.Name, e.Name.Local)
			}
			for _, a := range e.Attr {
				switch name := a.Name.Local; {
				case strings.HasPrefix(name, "on"), name == "src", name == "srcset", name == "style":
					t.Errorf("%s: attribute %s of %s", src.Name, name, e.Name.Local)
				case name == "href" && strings.HasPrefix(a.Value, "#"):
					anchors = append(anchors, a.Value[1:])
				case name == "href" && !strings.HasPrefix(a.Value, "http"):
					t.Errorf("%s: link to %q", src.Name, a.Value)
				case name == "id":
					ids = append(ids, a.Value)
				}
			}
		}
		for _, a := range anchors {
			if !slices.Contains(ids, a) {
				t.Errorf("%s: the contents point at %s", src.Name, a)
			}
		}
		if len(anchors) < 3 || strings.ContainsAny(page, "\u202e\u0007") {
			t.Errorf("%s: %d entries in the contents, or invisible characters", src.Name, len(anchors))
		}
	}
}

// pageElements are the elements of a page whose tags all match.
func pageElements(t *testing.T, name, page string) []xml.StartElement {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var out []xml.StartElement
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if e, ok := tok.(xml.StartElement); ok {
			out = append(out, e)
		}
	}
}

func TestPageKeepsTheWords(t *testing.T) {
	page := string(write(t, "html", hostile())[0].Data)
	for _, want := range []string{
		"&lt;script&gt;alert(1)&lt;/script&gt; p l <code>List&lt;String&gt;</code> 1*2", "<ol>\n<li>一</li>\n<li>二</li>\n</ol>\n</li>\n<li>后</li>\n</ul>",
		"<blockquote>引</blockquote>", "<hr>", "&lt;iframe src=&#34;http://evil.example&#34;&gt;&lt;/iframe&gt;", "前言 &lt;img src=x onerror=1&gt;",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// TestPicture holds that every business table is drawn once, within the
// picture and not over another.
func TestPicture(t *testing.T) {
	for _, src := range sources(t) {
		page := string(write(t, "html", src)[0].Data)
		size := viewBox.FindStringSubmatch(page)
		var boxes [][2]int
		for _, m := range rectangle.FindAllStringSubmatch(page, -1) {
			x, y := atoi(t, m[1]), atoi(t, m[2])
			if x < 0 || y < 0 || x+190 > atoi(t, size[1]) || y+42 > atoi(t, size[2]) {
				t.Errorf("%s: a box at %d,%d is outside of %v", src.Name, x, y, size)
			}
			for _, o := range boxes {
				if abs(o[0]-x) < 190 && abs(o[1]-y) < 42 {
					t.Errorf("%s: boxes at %v and %d,%d overlap", src.Name, o, x, y)
				}
			}
			boxes = append(boxes, [2]int{x, y})
		}
		want := len(src.Schema.Tables)
		if _, ok := src.Schema.Table("outbox_events"); ok {
			want--
		}
		if len(boxes) != want {
			t.Errorf("%s: %d boxes for %d tables", src.Name, len(boxes), want)
		}
	}
}

var (
	viewBox   = regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`)
	rectangle = regexp.MustCompile(`<rect x="(\d+)" y="(\d+)"`)
)

func TestPageWithoutTables(t *testing.T) {
	page := string(write(t, "html", export.Read("x", "### 备份恢复\n- **备份策略**：全量\n", nil))[0].Data)
	if strings.Contains(page, "<svg") || !strings.Contains(page, "<strong>备份策略</strong>：全量") {
		t.Error(page)
	}
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func abs(n int) int { return max(n, -n) }
