package check

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// The parts of SARIF 2.1.0 that are written (OASIS sarif-v2.1.0, §3).
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool      `json:"tool"`
	ColumnKind string         `json:"columnKind"`
	Results    []sarifResult  `json:"results"`
	Properties map[string]any `json:"properties"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Text    sarifText    `json:"shortDescription"`
	Default sarifDefault `json:"defaultConfiguration"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
	Extra     map[string]any  `json:"properties,omitempty"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"`
}

var sarifLevels = map[Severity]string{Error: "error", Warn: "warning", Info: "note"}

// SARIF writes a report as SARIF 2.1.0; file is the path of the chapter as the
// user named it, relative or absolute. The rules listed are all that exist.
func SARIF(file string, r Report) ([]byte, error) {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}, Properties: map[string]any{"score": r.Score}}
	run.Tool.Driver.Name = "dbchapter"
	index := map[string]int{}
	for i, r := range Rules() {
		index[r.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{r.ID, sarifText{r.Wording}, sarifDefault{sarifLevels[r.Severity]}})
	}
	for _, f := range r.Findings {
		extra := map[string]any{"section": f.Section, "object": f.Object}
		if f.Fix != nil {
			extra["fix"] = *f.Fix
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: f.Rule, RuleIndex: index[f.Rule], Level: sarifLevels[f.Severity], Message: sarifText{f.Message}, Extra: extra,
			Locations: []sarifLocation{{sarifPhysical{sarifArtifact{uri(file)}, sarifRegion{max(f.Line, 1)}}}},
		})
	}
	log := sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
	data, err := json.MarshalIndent(log, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write %q as SARIF: %w", file, err)
	}
	return append(data, '\n'), nil
}

// uri is a path as a relative or file URI reference (RFC 3986).
func uri(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	u := url.URL{Path: file}
	if strings.HasPrefix(file, "/") {
		u.Scheme = "file"
	}
	return strings.TrimPrefix(u.String(), "./")
}
