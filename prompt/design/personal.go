package design

import (
	"slices"
	"strings"

	"dbchapter/prompt/capacity"
)

// secret is how one kind of personal data is kept (domain.md §3.3).
type secret struct {
	plain string // type where no regulation asks for encryption, "" when it always does
	hash  bool   // a digest even when nobody searches by it
	mask  string // type of the masked form, "" for none
	like  string // example in the comment of the masked form
}

// secrets are the rules whose columns are encrypted; all other personal data
// (plates, device numbers, addresses of places) has to be matched as it is.
var secrets = map[string]secret{
	"R025": {plain: "VARCHAR(20)", hash: true, mask: "VARCHAR(20)", like: "138****1234"},
	"R026": {plain: "VARCHAR(100)", hash: true, mask: "VARCHAR(100)", like: "z***@example.com"},
	"R027": {plain: "VARCHAR(50)", mask: "VARCHAR(50)", like: "张*"},
	"R028": {plain: "VARCHAR(255)", mask: "VARCHAR(32)", like: "北京市海淀区****"},
	"R015": {hash: true, mask: "VARCHAR(32)", like: "6222****1234"},
	"R016": {hash: true, mask: "VARCHAR(32)", like: "110101********1234"},
	"R017": {hash: true, mask: "VARCHAR(32)", like: "E12****78"},
	"R018": {hash: true, mask: "VARCHAR(32)", like: "1101****34"},
	"R034": {},
}

// guarded are rules whose column already is a digest or a reference.
var guarded = []string{"R030", "R032", "R033", "R096", "R098"}

// level is how sensitive the attribute is: the user's word, else the rule's;
// none and P1 count as written.
func (a *attribute) level() string {
	switch a.PII {
	case "P1", "P2", "P3":
		return a.PII
	case "none":
		return ""
	}
	return a.guess.PII
}

// strict says whether a regulation asks for encrypted P2 (domain.md §3.3).
func (b *builder) strict() bool {
	return slices.ContainsFunc(b.brief.System.Compliance, func(c string) bool {
		return c == "PIPL" || c == "等保三级" || c == "PCI" || c == "GDPR"
	})
}

// secrecy says how the attribute is kept when it is encrypted.
func (b *builder) secrecy(a *attribute) (secret, bool) {
	s, known := secrets[a.guess.Rule]
	switch level := a.level(); {
	case level == "" || level == "P1" || slices.Contains(ourColumns, a.names[0]) || slices.Contains(guarded, a.guess.Rule):
		return secret{}, false
	case known && level == "P3":
		return s, true
	case known:
		return s, s.plain == "" || b.strict()
	case a.PII == "P3":
		return secret{mask: "VARCHAR(32)"}, a.encryptable()
	}
	return secret{}, false
}

// encryptable says whether a value may become a cipher: references, states and
// numbers have to stay comparable.
func (a *attribute) encryptable() bool {
	name, _ := capacity.ParseType(a.typ)
	return a.ref == nil && len(a.Enum) == 0 && len(a.names) == 1 &&
		(name == "VARCHAR" || name == "CHAR" || name == "DATE" || isLarge(name) || name == "VARBINARY")
}

// expand makes the columns of an attribute: one, two for coordinates, up to
// three for personal data.
func (b *builder) expand(d *draft, a *attribute) []Column {
	base := Column{Attr: a.Attr, PII: a.level(), Rule: a.guess.Rule}
	if a.ref != nil {
		base.Ref = a.ref.Name + "." + a.target
	}
	if s, encrypt := b.secrecy(a); encrypt {
		return b.expandSecret(d, a, s, base)
	}
	if s, known := secrets[a.guess.Rule]; known && s.plain != "" && strings.HasPrefix(a.typ, "VARBINARY") {
		a.typ, a.bytes = s.plain, capacity.ColumnBytes(s.plain)
	}
	var out []Column
	for _, name := range a.names {
		c := base
		c.Name, c.Type, c.Bytes = name, a.typ, a.bytes
		c.Null, c.Extra = a.nullability()
		if a.fen && strings.HasPrefix(c.Null, "NOT NULL DEFAULT 0") {
			c.Null = "NOT NULL DEFAULT 0"
		}
		out = append(out, c)
	}
	if a.unique && tooLongForUnique(a.typ) {
		out = append(out, digest(base, a, a.names[0]+"_hash", "NOT NULL"))
		d.store(a, a.names[0]+"_hash")
	}
	return out
}

// store remembers which column an attribute is searched by.
func (d *draft) store(a *attribute, column string) {
	for name, to := range d.stored {
		if to == a.names[0] {
			d.stored[name] = column
		}
	}
	d.stored[column] = column
}

func digest(base Column, a *attribute, name, null string) Column {
	base.Name, base.Type, base.Null, base.Bytes, base.Part = name, "CHAR(64)", null, 64, "hash"
	return base
}

// tooLongForUnique says whether a unique key needs a digest (domain.md §3.5.8).
func tooLongForUnique(typ string) bool {
	name, args := capacity.ParseType(typ)
	return name == "VARCHAR" && len(args) > 0 && args[0] > maxKeyChars || isLarge(name)
}

func (b *builder) expandSecret(d *draft, a *attribute, s secret, base Column) []Column {
	stem := strings.TrimSuffix(a.names[0], "_cipher")
	null := "NOT NULL"
	if a.Nullable || a.guess.Null == "NULL" && !a.Default.Set {
		null = "NULL"
	}
	cipher := base
	cipher.Name, cipher.Type, cipher.Null, cipher.Bytes, cipher.Part = stem+"_cipher", cipherType(a), null, a.bytes, "cipher"
	out := []Column{cipher}
	if a.lookup || a.unique || s.hash {
		out = append(out, digest(base, a, stem+"_hash", null))
		d.store(a, stem+"_hash")
	} else {
		d.store(a, stem+"_cipher")
	}
	if s.mask != "" && cipher.Type != "BLOB" {
		mask := base
		mask.Name, mask.Type, mask.Null, mask.Part = stem+"_mask", s.mask, null, "mask"
		mask.Bytes = capacity.ColumnBytes(s.mask)
		out = append(out, mask)
	}
	return out
}

// cipherType holds the cipher, its nonce and tag: 28 bytes more than four for
// each character.
func cipherType(a *attribute) string {
	name, args := capacity.ParseType(a.typ)
	if name == "VARBINARY" || name == "BLOB" {
		return a.typ
	}
	n := 20
	if len(args) > 0 {
		n = args[0]
	}
	switch {
	case isLarge(name) || n > 500:
		return "BLOB"
	case n <= 25:
		return "VARBINARY(128)"
	case n <= 120:
		return "VARBINARY(512)"
	}
	if n <= 249 {
		return "VARBINARY(1024)"
	}
	return "VARBINARY(2048)"
}
