package check

import (
	"slices"
	"strings"

	"dbchapter/prompt/ddl"
	"dbchapter/prompt/pattern"
)

var (
	// personalName are columns whose plain text is personal data that has to be
	// encrypted (domain.md §3.3): phone, mail, name, papers, bank cards,
	// people's addresses, medical text. Nick names, plates and addresses of
	// places are not.
	personalName    = pattern.New(`^(?:\w+_)?(?:phone|mobile|telephone|cellphone|phone_no|phone_number|mobile_no|email|email_address|e_mail|real_name|true_name|full_name|id_card|id_card_no|id_number|identity_no|bank_card|bank_card_no|bank_account|card_number|passport_no|diagnosis|chief_complaint|medical_history|home_address|receiver_address|shipping_address|receiver_name|contact_name)$`)
	personalComment = pattern.New(`手机号|^邮箱|电子邮箱|真实姓名|^姓名|身份证|银行卡号|收货地址|家庭住址|诊断(?:$|[^编代])|病历(?:$|内容|文本|摘要|描述)|主诉`)
	nameColumn      = pattern.New(`^(?:name|\w+_name|address|\w+_address|phone\w*|\w+_phone|content|\w+_text|\w+_no|\w+_card)$`)
	protected       = pattern.New(`密文|加密|脱敏|哈希|摘要|HMAC|掩码|令牌|token`)
	protectedName   = pattern.New(`_(?:cipher|hash|mask|masked|enc|encrypted|token|last4|digest)$`)
	passwordName    = pattern.New(`^(?:\w+_)?(?:password|passwd|pwd|pass_word)$`)
	cardSecret      = pattern.New(`^(?:\w+_)?(?:cvv|cvv2|cvc|cvc2|card_pin|pin_code|pin_block|track_data)$`)
	hashedPersonal  = pattern.New(`^(?:\w+_)?(?:phone|mobile|email|id_card|id_no|identity_no|bank_card|real_name|plate_no)(?:_no)?_(?:hash|digest)$`)
	keyedHash       = pattern.New(`(?i)HMAC|带密钥|密钥|keyed`)
)

// strict says whether a compliance goal of the brief asks for encryption.
func (in *input) strict() bool {
	return in.design != nil && slices.ContainsFunc(in.design.Brief.System.Compliance, func(c string) bool {
		return slices.Contains([]string{"PIPL", "等保三级", "PCI", "GDPR"}, c)
	})
}

// plainPersonal: an error where the brief has a compliance goal. One finding
// for each table lists the columns.
func plainPersonal(in *input) []hit {
	var out []hit
	for _, t := range in.schema.Tables {
		var names []string
		line := 0
		for _, c := range t.Columns {
			if !plainColumn(c) {
				continue
			}
			names = append(names, t.Name+"."+c.Name)
			if line == 0 {
				line = c.Line
			}
		}
		if len(names) == 0 {
			continue
		}
		h := say(line, names[0], strings.Join(names, "、")).offer("拆成密文（_cipher）、HMAC 摘要（_hash）、脱敏值（_mask）三列")
		if in.strict() {
			h = h.as(Error)
		}
		out = append(out, h)
	}
	return out
}

func plainColumn(c *ddl.Column) bool {
	text := c.Type.Textual() || c.Type.Name == "string" || c.Type.Name == "keyword" || c.Type.Name == "character varying"
	if !text || protected.MatchString(c.Comment) || protectedName.MatchString(c.Name) {
		return false
	}
	return personalName.MatchString(c.Name) || nameColumn.MatchString(c.Name) && personalComment.MatchString(c.Comment)
}

func forbiddenSecrets(in *input) []hit {
	var out []hit
	in.columns(true, func(t *ddl.Table, c *ddl.Column) {
		switch {
		case cardSecret.MatchString(c.Name) || strings.Contains(strings.ToUpper(c.Comment), "CVV"):
			out = append(out, say(c.Line, t.Name+"."+c.Name, "卡安全码 "+t.Name+"."+c.Name).offer("删除该列"))
		case passwordName.MatchString(c.Name) && !protected.MatchString(c.Comment) && !strings.Contains(strings.ToLower(c.Comment), "crypt") && !strings.Contains(strings.ToLower(c.Comment), "hash"):
			out = append(out, say(c.Line, t.Name+"."+c.Name, "明文口令 "+t.Name+"."+c.Name).offer("改为 password_hash VARCHAR(255)，存 bcrypt/Argon2id 结果"))
		}
	})
	return out
}

func bareHashes(in *input) []hit {
	var out []hit
	in.columns(true, func(t *ddl.Table, c *ddl.Column) {
		if hashedPersonal.MatchString(c.Name) && !keyedHash.MatchString(c.Comment) {
			out = append(out, say(c.Line, t.Name+"."+c.Name, t.Name+"."+c.Name).offer("用带密钥的 HMAC-SHA256，并写进注释"))
		}
	})
	return out
}
