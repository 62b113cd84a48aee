package safetext

import "regexp"

// Hidden stands where a secret was.
const Hidden = "‹已隐藏›"

var secrets = regexp.MustCompile(`(?i)\b(sk|pk|rk)-[A-Za-z0-9_-]{8,}|\bBearer\s+[A-Za-z0-9._~+/=-]{8,}|\bAKIA[0-9A-Z]{12,}|\bAIza[0-9A-Za-z_-]{20,}|([?&](?:api_?key|key|token|access_token)=)[^&\s"']+`)

// Redact replaces what looks like a key: sk-…, Bearer …, AKIA…, ?key=….
func Redact(s string) string { return secrets.ReplaceAllString(s, "${2}"+Hidden) }
